"""Readers rely on: what is in service is whole; a broken file changes nothing; old versions stay readable."""

import os
import re
import shutil
from pathlib import Path

import pytest

from elearning.content.publish import Published, Translations, inputs_digest, publish_courses
from elearning.content.published import Catalogue
from elearning.content.store import Store
from elearning.translations.languages import SOURCE_LANGUAGE, Language, find_language
from tests.content.projects import COURSE, FIGURE, LESSON, Echo, text_of, write_project

ARABIC = find_language("ar") or SOURCE_LANGUAGE


def publish(project: Path, store: Store) -> Published:
    def load(language: Language) -> Translations:
        return Echo() if language is SOURCE_LANGUAGE else Echo("Heading")

    with store.publication() as publication:
        return publish_courses(project, publication, load)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def test_a_course_is_published_with_its_lesson_figure_terms_and_quiz(tmp_path: Path, store: Store) -> None:
    publish(write_project(tmp_path / "project"), store)
    catalogue = Catalogue(store)
    (course,) = catalogue.courses(SOURCE_LANGUAGE)
    lesson = catalogue.lesson(course, "first")
    assert '<a class="term" href="#term_phase"' in text_of(lesson)
    assert 'href="check"' in text_of(lesson)
    assert '<title id="figure_1-title">Three phases in a row</title>' in text_of(lesson)
    assert lesson.terms[0].definition.text == "A part of a crisis, <em>before</em>, during or after."
    assert catalogue.quiz(course, "check").texts["one.a.feedback"].text == "Yes."
    assert catalogue.glossary(SOURCE_LANGUAGE)[0].id == "phase"


def test_no_heading_takes_the_place_that_a_link_to_a_term_a_source_or_a_figure_means(
    tmp_path: Path, store: Store
) -> None:
    headings = "".join(
        f"## {name}\n\nText.\n\n" for name in ("Term phase", "Source review", "Figure 1 title", "Content")
    )
    publish(write_project(tmp_path / "project", **{"01_first": LESSON.replace("## Heading\n", headings)}), store)
    catalogue = Catalogue(store)
    lesson = catalogue.lesson(catalogue.courses(SOURCE_LANGUAGE)[0], "first")
    ids = re.findall(r'<h2 id="([^"]+)"', text_of(lesson))
    meant = {"content", "figure_1-title", *re.findall(r'href="#([^"]+)"', text_of(lesson))}
    assert len(ids) == 4
    assert meant >= {"term_phase", "source_review"}
    assert meant.isdisjoint(ids)


def test_text_without_translation_stands_in_english_marked_so(tmp_path: Path, store: Store) -> None:
    publish(write_project(tmp_path / "project"), store)
    catalogue = Catalogue(store)
    course = catalogue.courses(ARABIC)[0]
    lesson = catalogue.lesson(course, "first")
    assert re.search(r'<h2 (?=[^>]*lang="en")[^>]*dir="ltr"[^>]*>Heading</h2>', text_of(lesson))
    assert not lesson.translated
    counts = catalogue.coverage(course)
    assert counts["translated"] == counts["messages"] - 1
    english = catalogue.coverage(catalogue.courses(SOURCE_LANGUAGE)[0])
    assert english["translated"] == english["messages"]


def test_figures_are_mirrored_for_right_to_left_and_their_text_is_not(tmp_path: Path, store: Store) -> None:
    publish(write_project(tmp_path / "project"), store)
    catalogue = Catalogue(store)
    html = text_of(catalogue.lesson(catalogue.courses(ARABIC)[0], "first"))
    assert 'transform="translate(100 0) scale(-1 1)"' in html
    assert '<text x="20" y="12" transform="translate(40 0) scale(-1 1)">' in html


def test_an_english_word_in_a_drawing_from_right_to_left_keeps_its_direction(tmp_path: Path, store: Store) -> None:
    with store.publication() as publication:
        publish_courses(write_project(tmp_path / "project"), publication, lambda _language: Echo("Before"))
    catalogue = Catalogue(store)
    html = text_of(catalogue.lesson(catalogue.courses(ARABIC)[0], "first"))
    assert re.search(r'<text (?=[^>]*lang="en")(?=[^>]*direction="ltr")[^>]*>Before</text>', html)


def test_the_lines_of_a_text_are_turned_round_with_their_drawing(tmp_path: Path, store: Store) -> None:
    lines = FIGURE.replace("Before<", '<tspan x="20">Two</tspan><tspan x="30">lines</tspan><')
    publish(write_project(tmp_path / "project", row=lines), store)
    catalogue = Catalogue(store)
    html = text_of(catalogue.lesson(catalogue.courses(ARABIC)[0], "first"))
    # turned back about 20 with its text: what stood 10 after it has to stand 10 before it
    assert '<tspan x="20">Two</tspan><tspan x="10">lines</tspan>' in html


def test_a_sign_that_reads_the_same_in_each_direction_is_turned_back(tmp_path: Path, store: Store) -> None:
    tick = FIGURE.replace("</svg>", '<path data-upright="30" d="M20 10l5 6 15-12"/></svg>')
    publish(write_project(tmp_path / "project", row=tick), store)
    catalogue = Catalogue(store)
    html = [
        text_of(catalogue.lesson(catalogue.courses(language)[0], "first")) for language in (ARABIC, SOURCE_LANGUAGE)
    ]
    assert '<path d="M20 10l5 6 15-12" transform="translate(60 0) scale(-1 1)" />' in html[0]
    assert '<path d="M20 10l5 6 15-12" />' in html[1]


def test_a_broken_course_keeps_its_last_good_version_in_service(tmp_path: Path, store: Store) -> None:
    project = write_project(tmp_path / "project")
    publish(project, store)
    before = store.current("courses")
    write_project(
        project, course=COURSE.replace("title: A short course", "title: New"), **{"01_first": "no front matter"}
    )
    published = publish(project, store)
    assert [problem.path for problem in published.problems] == ["courses/short/01-first.md"]
    assert store.current("courses") == before
    assert Catalogue(store).courses(SOURCE_LANGUAGE)[0].title.text == "A short course"


def test_changed_english_is_a_new_version_and_the_old_one_stays_readable(tmp_path: Path, store: Store) -> None:
    project = write_project(tmp_path / "project")
    publish(project, store)
    catalogue = Catalogue(store)
    old = catalogue.version("short")
    write_project(project, **{"01_first": LESSON.replace("has its work", "has its own work")})
    publish(project, store)
    assert catalogue.version("short") != old
    begun = catalogue.course("short", SOURCE_LANGUAGE, version=old)
    now = catalogue.course("short", SOURCE_LANGUAGE)
    assert begun is not None
    assert now is not None
    assert "has its work" in text_of(catalogue.lesson(begun, "first"))
    assert "has its own work" in text_of(catalogue.lesson(now, "first"))


def test_who_began_before_a_language_was_there_stays_on_their_version_in_english(tmp_path: Path, store: Store) -> None:
    project = write_project(tmp_path / "project")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("elearning.content.publish.LANGUAGES", (SOURCE_LANGUAGE,))
        publish(project, store)
        catalogue = Catalogue(store)
        old = catalogue.version("short") or ""
        assert [course.title.translated for course in catalogue.courses(ARABIC)] == [False]
        assert [term.term.translated for term in catalogue.glossary(ARABIC)] == [False]
    write_project(project, course=COURSE + "sources: [New]\n")
    publish(project, store)
    begun = catalogue.course("short", ARABIC, version=old)
    now = catalogue.course("short", ARABIC)
    assert begun is not None
    assert now is not None
    assert (begun.version, begun.title.translated, begun.sources) == (old, False, ())
    lesson = catalogue.lesson(begun, "first")
    assert text_of(lesson).startswith('<div lang="en" dir="ltr">')
    assert (lesson.translated, lesson.terms[0].term.translated) == (False, False)
    assert not catalogue.quiz(begun, "check").texts["one"].translated
    counts = catalogue.coverage(begun)
    assert counts["messages"] > 0
    assert (counts["translated"], counts["reviewed"]) == (0, 0)
    assert now.title.translated
    assert now.version != old


def test_the_glossary_stands_in_the_order_of_the_language(tmp_path: Path, store: Store) -> None:
    words = {"phase": "Phase", "case": "Case", "eclair": "Éclair"}
    terms = "".join(f"  - {{id: {own_id}, term: {word}, definition: D.}}\n" for own_id, word in words.items())
    publish(write_project(tmp_path / "project", glossary=f"terms:\n{terms}"), store)
    assert [found.term.text for found in Catalogue(store).glossary(SOURCE_LANGUAGE)] == ["Case", "Éclair", "Phase"]


def test_only_a_version_that_is_gone_gives_way_to_the_present_one(tmp_path: Path, store: Store) -> None:
    publish(write_project(tmp_path / "project"), store)
    catalogue = Catalogue(store)
    found = catalogue.course("short", ARABIC, version="0123456789abcdef")
    assert found is not None
    assert found.version == catalogue.version("short")
    assert catalogue.exactly("short", ARABIC, "0123456789abcdef") is None
    assert catalogue.course("none", ARABIC, version=found.version) is None


def test_moving_a_text_to_another_line_is_no_new_version(tmp_path: Path, store: Store) -> None:
    project = write_project(tmp_path / "project")
    publish(project, store)
    before = store.current("courses")
    write_project(project, course="# a comment\n" + COURSE)
    publish(project, store)
    assert store.current("courses") == before


def test_a_course_that_is_gone_leaves_service(tmp_path: Path, store: Store) -> None:
    project = write_project(tmp_path / "project")
    publish(project, store)
    shutil.rmtree(project / "courses/short")
    publish(project, store)
    assert store.current("courses") == {}


def test_another_process_sees_a_publication_at_once_and_an_interrupted_one_never(tmp_path: Path, store: Store) -> None:
    project = write_project(tmp_path / "project")
    publish(project, store)
    reader = Catalogue(Store(store.root))
    assert reader.courses(SOURCE_LANGUAGE)[0].title.text == "A short course"
    write_project(project, course=COURSE.replace("A short course", "A better course"))
    with pytest.raises(KeyboardInterrupt):
        _publish_and_be_interrupted(project, store)
    assert reader.courses(SOURCE_LANGUAGE)[0].title.text == "A short course"
    publish(project, store)
    assert reader.courses(SOURCE_LANGUAGE)[0].title.text == "A better course"


def _publish_and_be_interrupted(project: Path, store: Store) -> None:
    with store.publication() as publication:
        publish_courses(project, publication, lambda _language: Echo())
        raise KeyboardInterrupt


PATHS = "paths: [{id: new, title: New, summary: S., audience: [staff], steps: [{course: short, why: W.}]}]\n"


def in_service(store: Store) -> dict[str, list[str]]:
    """Return the ids of what readers find now."""
    catalogue = Catalogue(store)
    return {
        "courses": [course.id for course in catalogue.courses(SOURCE_LANGUAGE)],
        "glossary": [term.id for term in catalogue.glossary(SOURCE_LANGUAGE)],
        "paths": [path.id for path in catalogue.paths(SOURCE_LANGUAGE)],
    }


ALL = {"courses": ["short"], "glossary": ["phase"], "paths": ["new"]}


def test_a_project_that_is_not_there_withdraws_nothing(tmp_path: Path, store: Store) -> None:
    project = write_project(tmp_path / "project", paths=PATHS)
    publish(project, store)
    shutil.rmtree(project / "courses")
    published = publish(project, store)
    assert [problem.rule for problem in published.problems] == ["no-folder"]
    assert published.moved == ()
    assert in_service(store) == ALL


@pytest.mark.parametrize("lost", ["glossary", "sources", "paths"])
def test_a_shared_file_that_is_lost_stays_in_service_as_it_was(tmp_path: Path, store: Store, lost: str) -> None:
    project = write_project(tmp_path / "project", paths=PATHS)
    publish(project, store)
    (project / f"courses/{lost}.yaml").unlink()
    for _ in range(2):
        published = publish(project, store)
        assert [(problem.path, problem.rule) for problem in published.problems] == [
            (f"courses/{lost}.yaml", "missing-file")
        ]
        assert published.moved == ()
        assert in_service(store) == ALL


def test_an_emptied_folder_of_courses_withdraws_nothing(tmp_path: Path, store: Store) -> None:
    project = write_project(tmp_path / "project", paths=PATHS)
    publish(project, store)
    shutil.rmtree(project / "courses")
    (project / "courses").mkdir()
    assert [str(problem).partition(" ")[0] for problem in publish(project, store).problems] == [
        "courses/glossary.yaml:1:",
        "courses/paths.yaml:1:",
        "courses/sources.yaml:1:",
    ]
    assert in_service(store) == ALL


def test_an_empty_list_withdraws_all_paths(tmp_path: Path, store: Store) -> None:
    project = write_project(tmp_path / "project", paths=PATHS)
    publish(project, store)
    write_project(project, paths="paths: []\n")
    assert publish(project, store).problems == ()
    assert in_service(store) == ALL | {"paths": []}


def test_a_file_name_that_is_not_utf_8_stops_no_publication(tmp_path: Path) -> None:
    before = inputs_digest([tmp_path])
    (tmp_path / os.fsdecode(b"caf\xe9")).touch()
    assert inputs_digest([tmp_path]) != before


@pytest.mark.parametrize("name", ["structure.json", "texts.json", "first.json", "current.json"])
@pytest.mark.parametrize("left", [None, b"", b'{"cut'], ids=["gone", "empty", "cut"])
def test_what_a_damaged_disk_has_changed_is_mended_by_publishing(
    tmp_path: Path, store: Store, name: str, left: bytes | None
) -> None:
    project = write_project(tmp_path / "project")
    publish(project, store)
    whole = {path: path.read_bytes() for path in store.root.rglob("*.json")}
    for path in store.root.rglob(name):
        path.unlink()
        if left is not None:
            path.write_bytes(left)
    publish(project, Store(store.root))
    assert {path: path.read_bytes() for path in store.root.rglob("*.json")} == whole
    (course,) = Catalogue(Store(store.root)).courses(SOURCE_LANGUAGE)
    assert "has its work" in text_of(Catalogue(store).lesson(course, "first"))
