"""The interface's texts are found in Python and templates, in order, and what is not a literal is told."""

from pathlib import Path

import pytest

from elearning.translations.interface import extract_interface
from elearning.translations.problems import BrokenSourcesError

PYTHON = """from flask_babel import gettext as _, lazy_gettext as _l, ngettext as counted
TITLE = _l("A title")


def view(count):
    return _("Hello %(name)s, "
             "welcome", name="x") + counted("%(num)d day", "%(num)d days", count)
"""
TEMPLATE = """{% block title %}{{ _("Home") }}{% endblock %}
{% if wait %}
<p title="{{ _('Say "yes"') }}">{{ ngettext("%(num)d second", "%(num)d seconds", wait) }}</p>
{% endif %}
"""


def write(project: Path, **files: str) -> Path:
    for name, text in files.items():
        path = project / "elearning" / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return project


def test_texts_are_found_by_path_and_line(tmp_path: Path) -> None:
    write(
        tmp_path, **{"web__views.py": PYTHON, "web__templates__web__home.html": TEMPLATE, "web__static__x.html": "{{"}
    )
    assert [(found.path, found.line, found.text, found.plural) for found in extract_interface(tmp_path)] == [
        ("elearning/web/templates/web/home.html", 1, "Home", None),
        ("elearning/web/templates/web/home.html", 3, 'Say "yes"', None),
        ("elearning/web/templates/web/home.html", 3, "%(num)d second", "%(num)d seconds"),
        ("elearning/web/views.py", 2, "A title", None),
        ("elearning/web/views.py", 6, "Hello %(name)s, welcome", None),
        ("elearning/web/views.py", 7, "%(num)d day", "%(num)d days"),
    ]


def test_everything_that_cannot_be_read_is_told_at_once(tmp_path: Path) -> None:
    write(
        tmp_path,
        **{
            "a.py": 'name = "x"\n_(name)\n_(f"{name}")\nngettext("day", name, 2)\n_("")\n',
            "b.py": "def (",
            "templates__c.html": "{{ _(name) }}\n{{ _() }}",
            "templates__d.html": "\n{% if %}",
        },
    )
    expected = "expected the text itself, with %(name)s for what varies."
    with pytest.raises(BrokenSourcesError) as caught:
        extract_interface(tmp_path)
    assert str(caught.value).splitlines() == [
        f"elearning/a.py:2: _() is called without a literal text; {expected}",
        f"elearning/a.py:3: _() is called without a literal text; {expected}",
        f"elearning/a.py:4: ngettext() is called without two literal texts, singular and plural; {expected}",
        f"elearning/a.py:5: _() is called without a literal text; {expected}",
        "elearning/b.py:1: This file cannot be read: invalid syntax (<unknown>, line 1).",
        f"elearning/templates/c.html:1: _() is called without a literal text; {expected}",
        f"elearning/templates/c.html:2: _() is called without a literal text; {expected}",
        "elearning/templates/d.html:2: This template cannot be read: "
        "Expected an expression, got 'end of statement block'.",
    ]
