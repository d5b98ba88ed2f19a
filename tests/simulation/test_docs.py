"""Authors rely on: the example in the documentation is a case without mistake, and its commands are there."""

import re

from elearning.core.settings import PROJECT
from elearning.simulation.check import check_variant
from elearning.simulation.load import read_case

PAGE = (PROJECT / "docs" / "cases.md").read_text(encoding="utf-8")


def test_the_smallest_case_holds_in_each_variant() -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    draft = read_case(example, "docs/cases.md")
    assert draft.problems == ()
    assert draft.case is not None
    for variant in draft.case.variants:
        report = check_variant(draft.case, variant)
        assert (report.complete, report.findings) == (True, ())
