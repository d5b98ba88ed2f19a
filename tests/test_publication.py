"""Authors, translators and operators rely on: a publication is whole or nothing, and nothing takes a site down."""

import gettext
import json
import logging
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from elearning.content.publish import inputs_digest
from elearning.content.published import Catalogue
from elearning.content.render import Renderer
from elearning.content.store import Store
from elearning.core.settings import PROJECT, Settings
from elearning.publication import INPUTS, publish, source_messages
from elearning.simulation import compile as compile_module
from elearning.translations.add import add_language
from elearning.translations.catalogue import DOMAINS, catalogue_path
from elearning.translations.languages import TRANSLATED_LANGUAGES, find_language
from elearning.translations.update import update
from tests.content.projects import COURSE, LESSON, text_of, write_catalogues, write_project

FRENCH = find_language("fr")
PO = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8"

msgctxt "short/course"
msgid "A short course"
msgstr "{title}"
"""
CASE = Path(__file__).parent / "simulation/cases/simulations/small-river/scenario.yaml"


@pytest.fixture
def site(quick_settings: Settings, tmp_path: Path) -> Settings:
    """A deployment with a course and a case."""
    project = write_project(tmp_path / "project")
    write_catalogues(project)
    case = project / "simulations/small-river/scenario.yaml"
    case.parent.mkdir(parents=True)
    case.write_text(CASE.read_text(encoding="utf-8"), encoding="utf-8")
    return replace(quick_settings, project_dir=project, data_dir=tmp_path / "data")


def translate(site: Settings, domain: str, content: str) -> None:
    path = site.project_dir / f"translations/fr/LC_MESSAGES/{domain}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def title(site: Settings) -> str:
    """Return the title of the course in French, as a process shows it that starts now."""
    assert FRENCH is not None
    found = Catalogue(Store(site.store_dir)).course("short", FRENCH)
    assert found is not None
    return found.title.text


def test_one_catalogue_that_cannot_be_read_leaves_every_text_as_it_was(site: Settings) -> None:
    translate(site, "courses", PO.format(title="Ancien"))
    assert publish(site).whole
    translate(site, "courses", PO.format(title="Nouveau"))
    translate(site, "simulations", "msgid broken\n")
    done = publish(site)
    assert (done.moved, done.whole) == ((), False)
    assert [problem.path for problem in done.problems] == ["translations/fr/LC_MESSAGES/simulations.po"]
    assert title(site) == "Ancien"
    translate(site, "simulations", PO.partition("\n\n")[0])
    assert publish(site).whole
    assert title(site) == "Nouveau"


def test_all_catalogues_that_cannot_be_read_are_named_at_once(site: Settings) -> None:
    translate(site, "courses", "msgid broken\n")
    translate(site, "simulations", "msgid broken\n")
    assert [problem.path for problem in publish(site).problems] == [
        "translations/fr/LC_MESSAGES/courses.po",
        "translations/fr/LC_MESSAGES/simulations.po",
    ]


@pytest.mark.parametrize("domain", ["courses", "messages"])
def test_a_catalogue_that_was_cut_between_two_messages_is_not_taken_for_a_whole_one(
    site: Settings, domain: str
) -> None:
    translate(site, "courses", PO.format(title="Un cours"))
    translate(site, "messages", PO.partition("\n\n")[0] + '\n\nmsgid "Home"\nmsgstr "Accueil"\n')
    path = site.project_dir / f"translations/fr/LC_MESSAGES/{domain}.po"
    whole, template = path.read_text("utf-8"), f"translations/{domain}.pot"
    assert publish(site).whole
    (site.project_dir / template).write_text(whole, encoding="utf-8")
    path.write_text(whole.partition("\n\n")[0], encoding="utf-8")
    for force in (False, True):
        (problem,) = [problem for problem in publish(site, force=force).problems if "/fr/" in problem.path]
        assert str(problem).startswith(
            f"translations/fr/LC_MESSAGES/{domain}.po:1: 1 messages of {template} are missing"
        )
        assert title(site) == "Un cours"
        assert gettext.translation("messages", site.interface_dir, ["fr"]).gettext("Home") == "Accueil"


@pytest.mark.parametrize("damage", ["[]", "null", "{", "1"])
def test_a_store_whose_head_is_damaged_is_mended_by_publishing(site: Settings, damage: str) -> None:
    assert publish(site).whole
    (site.store_dir / "current.json").write_text(damage, encoding="utf-8")
    assert FRENCH is not None
    assert Catalogue(Store(site.store_dir)).courses(FRENCH) == []
    assert publish(site).whole
    assert title(site) == "A short course"


def test_cases_without_their_folder_stay_and_are_named(site: Settings) -> None:
    assert publish(site).whole
    (site.project_dir / "simulations").rename(site.project_dir / "elsewhere")
    (problem,) = publish(site).problems
    assert str(problem) == "simulations:1: found no folder, expected one; the cases stay as they were"
    assert list(Store(site.store_dir).current("cases")) == ["small-river"]


@pytest.mark.parametrize(
    "left", [None, "", 'msgid "A short course"\nmsgstr "Un cours"\n'], ids=["gone", "empty", "cut"]
)
@pytest.mark.parametrize("domain", ["courses", "simulations", "messages"])
def test_a_catalogue_that_is_lost_leaves_every_text_of_its_kind_as_it_was(
    site: Settings, domain: str, left: str | None
) -> None:
    translate(site, "courses", PO.format(title="Un cours"))
    translate(site, "messages", PO.partition("\n\n")[0] + '\n\nmsgid "Home"\nmsgstr "Accueil"\n')
    assert publish(site).whole
    if left is None:
        (site.project_dir / f"translations/fr/LC_MESSAGES/{domain}.po").unlink()
    else:
        translate(site, domain, left)
    for force in (True, False):
        done = publish(site, force=force)
        assert (done.moved, done.whole) == ((), False)
        assert [(problem.path, problem.line) for problem in done.problems] == [
            (f"translations/fr/LC_MESSAGES/{domain}.po", 1)
        ]
        assert title(site) == "Un cours"
        assert gettext.translation("messages", site.interface_dir, ["fr"]).gettext("Home") == "Accueil"


def test_all_translations_that_are_lost_are_named_and_stay_in_service(site: Settings) -> None:
    translate(site, "courses", PO.format(title="Un cours"))
    assert publish(site).whole
    shutil.rmtree(site.project_dir / "translations")
    done = publish(site)
    assert not done.whole
    assert sorted(problem.path for problem in done.problems) == sorted(
        catalogue_path(language, domain) for language in TRANSLATED_LANGUAGES for domain in DOMAINS
    )
    assert title(site) == "Un cours"


def test_a_language_that_was_just_added_is_published_in_english(site: Settings) -> None:
    update(site.project_dir, source_messages(site.project_dir))
    shutil.rmtree(site.project_dir / "translations/fr")
    assert len(add_language(site.project_dir, "fr")) == 3
    done = publish(site)
    assert (done.whole, done.problems) == (True, ())
    assert title(site) == "A short course"


LESSON_PO = (
    PO
    + """
msgctxt "short/first"
msgid "Each [phase](glossary:phase) has its work. See [the check](lesson:check)."
msgstr "{lesson}"
"""
)
GOOD = "Chaque [phase](glossary:phase) a son travail. Voir [le test](lesson:check)."


def lesson(site: Settings) -> str:
    """Return the lesson in French, as a process shows it that starts now."""
    assert FRENCH is not None
    catalogue = Catalogue(Store(site.store_dir))
    course = catalogue.course("short", FRENCH)
    assert course is not None
    return text_of(catalogue.lesson(course, "first"))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (GOOD.replace("glossary:phase", "glossary:none"),
         "Found link targets that English has not, or not as often: glossary:none."),
        (GOOD.replace("[le test](lesson:check)", "le test"),
         "Expected link targets as in English; missing: lesson:check."),
        (GOOD + " {more}", "Found placeholders that English has not, or not as often: {more}."),
    ],
)  # fmt: skip
def test_a_wrong_translation_is_told_and_the_last_good_one_stays(site: Settings, wrong: str, message: str) -> None:
    where = "translations/fr/LC_MESSAGES/courses.po:9: "
    translate(site, "courses", LESSON_PO.format(title="Un cours", lesson=wrong))
    assert [str(found) for found in publish(site).problems] == [where + message]
    assert "Each <a" in lesson(site)  # there is no good one yet: English
    assert title(site) == "Un cours"

    translate(site, "courses", LESSON_PO.format(title="Un cours", lesson=GOOD))
    assert publish(site).whole
    assert "Chaque <a" in lesson(site)

    translate(site, "courses", LESSON_PO.format(title="Un autre", lesson=wrong))
    for force in (False, True, False):
        assert [str(found) for found in publish(site, force=force).problems] == [where + message]
        assert "Chaque <a" in lesson(site)
        assert title(site) == "Un cours"

    translate(site, "courses", LESSON_PO.format(title="Un autre", lesson=GOOD))
    assert publish(site).whole
    assert title(site) == "Un autre"


def test_only_the_lesson_that_changed_is_rendered_again(site: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: list[str] = []
    real = Renderer.unit

    def note(renderer: Renderer, course: Any, unit: Any) -> Any:
        rendered.append(unit.id)
        return real(renderer, course, unit)

    monkeypatch.setattr(Renderer, "unit", note)
    assert publish(site).whole
    assert set(rendered) == {"first", "check", "placement"}
    rendered.clear()
    write_project(site.project_dir, course=COURSE.replace("A short course", "A better course"))
    assert publish(site).moved == ("courses/short",)
    assert rendered == []
    write_project(site.project_dir, **{"01_first": LESSON.replace("its work", "its own work")})
    assert publish(site).whole
    assert set(rendered) == {"first"}
    assert "has its own work" in lesson(site)
    rendered.clear()
    translate(site, "courses", LESSON_PO.format(title="Un cours", lesson=GOOD))
    write_project(site.project_dir)
    assert publish(site).whole
    assert set(rendered) == {"first"}
    assert "Chaque <a" in lesson(site)
    rendered.clear()
    assert publish(site, force=True).whole
    assert set(rendered) == {"first", "check", "placement"}


SHARED = {  # what stands on pages of its own: domain, context, English, a good translation, a wrong one
    "glossary": ("courses", "glossary", "A part of a crisis, *before*, during or after.", "Une *partie*", "Une partie"),
    "paths": (
        "courses",
        "paths",
        "Why [not](https://iom.int).",
        "[Oui](https://iom.int)",
        "[Oui](https://evil.example)",
    ),
    "wheel": ("simulations", "wheel", "Health support", "Appui", "Appui {more}"),
}
PATHS = "paths: [{id: new, title: New, summary: For all., audience: [staff], steps: [{course: short, why: '%s'}]}]"


def shared_text(site: Settings, what: str) -> str:
    """Return a text of the glossary, the paths or the wheel in French, as a process shows it that starts now."""
    assert FRENCH is not None
    catalogue = Catalogue(Store(site.store_dir))
    if what == "glossary":
        return catalogue.glossary(FRENCH)[0].definition.text
    if what == "paths":
        return catalogue.paths(FRENCH)[0].steps[0].why.text
    return catalogue.wheel_names(FRENCH)["sector.health"].text


@pytest.mark.parametrize("what", SHARED)
def test_a_wrong_translation_of_what_all_share_is_not_shown_either(site: Settings, what: str) -> None:
    domain, context, english, good, wrong = SHARED[what]
    (site.project_dir / "courses/paths.yaml").write_text(PATHS % SHARED["paths"][2], encoding="utf-8")
    entry = PO.partition("\n\n")[0] + f'\n\nmsgctxt "{context}"\nmsgid "{english}"\nmsgstr "%s"\n'
    translate(site, domain, entry % wrong)
    assert len(publish(site).problems) == 1
    in_english = shared_text(site, what)

    translate(site, domain, entry % good)
    assert publish(site).whole
    in_french = shared_text(site, what)
    assert in_french != in_english

    translate(site, domain, entry % wrong)
    for force in (False, True):
        (problem,) = publish(site, force=force).problems
        assert (problem.path, problem.line) == (f"translations/fr/LC_MESSAGES/{domain}.po", 5)
        assert shared_text(site, what) == in_french


def test_what_nobody_foresaw_in_one_course_or_case_leaves_it_as_it_was_and_stops_nothing_else(
    site: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert publish(site).whole
    before = Store(site.store_dir).current("courses") | Store(site.store_dir).current("cases")
    other = site.project_dir / "courses/other"
    other.mkdir()
    (other / "course.yaml").write_text(COURSE, encoding="utf-8")
    (other / "01-one.md").write_text("---\ntitle: One\nsummary: One.\n---\nText.\n", encoding="utf-8")
    write_project(site.project_dir, course=COURSE.replace("A short course", "A better course"))
    real = Renderer.unit

    def fail_for_one(renderer: Renderer, course: Any, unit: Any) -> Any:
        if course.id == "short":
            raise RuntimeError("nobody foresaw this")
        return real(renderer, course, unit)

    def fail(*_arguments: Any) -> Any:
        raise RuntimeError("nor this")

    monkeypatch.setattr(Renderer, "unit", fail_for_one)
    monkeypatch.setattr(compile_module, "wheel_texts", fail)
    monkeypatch.setattr(logging.getLogger("elearning"), "propagate", True)
    done = publish(site, force=True)
    assert (done.moved, done.whole) == (("courses/other",), False)
    assert sorted(map(str, done.problems)) == [
        "courses/short/course.yaml:1: the course cannot be published, and stays as it was:"
        " RuntimeError('nobody foresaw this')",
        "simulations/small-river/scenario.yaml:1: the case cannot be published, and stays as it was:"
        " RuntimeError('nor this')",
    ]
    assert before.items() <= (Store(site.store_dir).current("courses") | Store(site.store_dir).current("cases")).items()
    assert title(site) == "A short course"
    assert {record.getMessage().partition(":")[0] for record in caplog.records if record.exc_info} == {
        "courses/short/course.yaml",
        "simulations/small-river/scenario.yaml",
    }


@pytest.mark.usefixtures("site_content")
@pytest.mark.parametrize(
    "address",
    ["", "courses/", "courses/mcof-in-one-hour/", "courses/mcof-in-one-hour/three-phases", "glossary", "simulations/",
     "simulations/rising-water"],
)  # fmt: skip
def test_what_was_published_before_a_language_was_there_stands_in_english(
    client: FlaskClient, settings: Settings, address: str
) -> None:
    path = settings.store_dir / "current.json"
    current = json.loads(path.read_text(encoding="utf-8"))
    for digests in (found for kind in current["texts"].values() for found in kind.values()):
        del digests["ar"]
    path.write_text(json.dumps(current), encoding="utf-8")
    page = client.get(f"/ar/{address}")
    assert page.status_code == 200
    assert '<html lang="ar" dir="rtl">' in page.text
    assert 'lang="en" dir="ltr"' in page.text


def test_everything_that_decides_what_is_stored_is_watched() -> None:
    """After an upgrade of any of it, everything is published anew."""
    program = (
        "import json, sys, elearning.content.publish, elearning.exercises.published, elearning.translations.catalogue;"
        "print(json.dumps([m.__file__ for n, m in sys.modules.items() if n.startswith('elearning.')]))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=True)
    loaded = [Path(file).relative_to(PROJECT).as_posix() for file in json.loads(done.stdout)]
    watched = [file for file in loaded if any(file == name or file.startswith(f"{name}/") for name in INPUTS)]
    assert "elearning/translations/catalogue.py" in watched
    assert set(loaded) - set(watched) == {"elearning/exercises/__init__.py"}


def test_a_change_of_a_watched_file_or_folder_is_seen(tmp_path: Path) -> None:
    folder, file, missing = tmp_path / "folder", tmp_path / "file.py", tmp_path / "missing"
    folder.mkdir()
    file.write_text("1", encoding="utf-8")
    found = {inputs_digest([folder, file, missing])}
    file.write_text("12", encoding="utf-8")
    found.add(inputs_digest([folder, file, missing]))
    (folder / "new").write_text("1", encoding="utf-8")
    found.add(inputs_digest([folder, file, missing]))
    assert len(found) == 3
