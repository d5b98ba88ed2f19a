"""Readers rely on: what is in service is whole at any instant; a version that somebody began stays as it was."""

import json
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from elearning.content.store import Documents, Earlier, Recipe, Store
from elearning.content.untranslated import as_untranslated
from elearning.translations.files import write_whole

FIRST, SECOND = {"title": "A course"}, {"title": "A better course"}


def texts(word: str, *languages: str) -> dict[str, Documents]:
    """Return texts of two documents in some languages, all with a word in them."""
    return {
        language: {name: {"title": [f"{word} {name} {language}", True]} for name in ("outline", "lesson")}
        for language in languages or ("en", "ar")
    }


def publish(store: Store, structure: Mapping[str, str], written: dict[str, Documents], own_id: str = "short") -> str:
    with store.publication() as publication:
        return publication.put("courses", own_id, structure, written)


def read(store: Store, version: str, language: str = "ar", own_id: str = "short") -> list[str]:
    """Return what a page shows of a version: each time with a fresh store, as a process does that starts now."""
    fresh = Store(store.root)
    found = fresh.texts("courses", own_id, version, language)
    return [fresh.document(found, name)["title"][0] for name in ("outline", "lesson")]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@contextmanager
def ended_before_write(number: int) -> Iterator[list[Path]]:
    """End the process, as it were, before it writes its file of this number; give the files that it wrote."""
    written: list[Path] = []

    def write(target: Path, content: bytes) -> None:
        if len(written) == number:
            raise KeyboardInterrupt
        write_whole(target, content)
        written.append(target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("elearning.content.store.write_whole", write)
        yield written


def test_a_publication_that_ends_at_any_instant_leaves_everything_as_it_was(tmp_path: Path, store: Store) -> None:
    old = publish(store, FIRST, texts("first"))
    publish(store, SECOND, texts("second"))
    now = store.current("courses")["short"]

    def publish_all(target: Store) -> None:
        with target.publication() as publication:
            publication.put("courses", "other", SECOND, texts("other"))
            publication.put("courses", "short", FIRST, texts("corrected"))
            publication.made_from("these files")

    for number in range(100):
        copy = Store(shutil.copytree(store.root, tmp_path / f"copy-{number}"))
        with ended_before_write(number) as written:
            try:
                publish_all(copy)
            except KeyboardInterrupt:
                assert copy.current("courses") == {"short": now}
                assert copy.inputs() == ""
                assert read(copy, now) == ["second outline ar", "second lesson ar"]
                assert read(copy, old) == ["first outline ar", "first lesson ar"]
                continue
        break
    assert written[-1].name == "current.json"
    assert len(written) == number > 10
    assert read(copy, old) == ["corrected outline ar", "corrected lesson ar"]
    assert read(copy, now) == ["second outline ar", "second lesson ar"]


def test_a_version_that_leaves_service_keeps_its_last_texts(store: Store) -> None:
    old = publish(store, FIRST, texts("first"))
    publish(store, FIRST, texts("corrected"))
    publish(store, SECOND, texts("second"))
    assert read(store, old) == ["corrected outline ar", "corrected lesson ar"]
    with store.publication() as publication:
        publication.keep_only("courses", frozenset())
    assert store.current("courses") == {}
    assert read(store, old) == ["corrected outline ar", "corrected lesson ar"]


def test_a_version_that_comes_back_has_its_new_texts_and_keeps_them(store: Store) -> None:
    old = publish(store, FIRST, texts("first"))
    publish(store, SECOND, texts("second"))
    assert publish(store, FIRST, texts("again")) == old
    assert read(store, old) == ["again outline ar", "again lesson ar"]
    publish(store, SECOND, texts("second"))
    assert read(store, old) == ["again outline ar", "again lesson ar"]


def test_a_running_process_shows_a_page_out_of_one_publication(store: Store) -> None:
    version = publish(store, FIRST, texts("first"))
    reader = Store(store.root)
    begun = reader.texts("courses", "short", version, "ar")
    publish(store, FIRST, texts("corrected"))
    assert reader.document(begun, "outline")["title"][0] == "first outline ar"
    assert reader.document(begun, "lesson")["title"][0] == "first lesson ar"
    after = reader.texts("courses", "short", version, "ar")
    assert after != begun
    assert reader.document(after, "lesson")["title"][0] == "corrected lesson ar"


def as_it_was_written_before(root: Path) -> None:
    """Make a store what the first release wrote: digests of texts beside the version, none in current.json."""
    path = root / "current.json"
    current = json.loads(path.read_text(encoding="utf-8"))
    for kind, ids in current.pop("texts").items():
        for own_id, digests in ids.items():
            beside = root / kind / own_id / current[kind][own_id] / "texts.json"
            beside.write_text(json.dumps(digests), encoding="utf-8")
    path.write_text(json.dumps(current), encoding="utf-8")


def test_a_store_of_the_first_release_is_read_and_published_into(store: Store) -> None:
    old = publish(store, FIRST, texts("first"))
    publish(store, FIRST, texts("corrected"))
    publish(store, FIRST, texts("kept"), own_id="broken")
    as_it_was_written_before(store.root)
    assert read(store, old) == ["corrected outline ar", "corrected lesson ar"]
    now = publish(store, SECOND, texts("second"))
    assert read(store, old) == ["corrected outline ar", "corrected lesson ar"]
    assert read(store, now) == ["second outline ar", "second lesson ar"]
    assert read(store, old, own_id="broken") == ["kept outline ar", "kept lesson ar"]
    with store.publication() as publication:
        publication.keep_only("courses", frozenset({"short"}))
    assert read(store, old, own_id="broken") == ["kept outline ar", "kept lesson ar"]


def test_two_publications_at_once_come_one_after_the_other(store: Store) -> None:
    waiting = threading.Event()

    def publish_another() -> None:
        waiting.set()
        publish(Store(store.root), FIRST, texts("other"), own_id="other")

    other = threading.Thread(target=publish_another)
    with store.publication() as publication:
        other.start()
        waiting.wait()
        publication.put("courses", "short", FIRST, texts("first"))
    other.join()
    assert set(store.current("courses")) == {"short", "other"}


def test_a_language_that_a_version_lacks_is_english_and_marked_so(store: Store) -> None:
    old = publish(store, FIRST, texts("first", "en"))
    now = publish(store, SECOND, texts("second", "en", "ar"))
    found = store.texts("courses", "short", old, "ar")
    assert store.document(found, "outline") == {"title": ["first outline en", False]}
    assert read(store, old, "en") == ["first outline en", "first lesson en"]
    assert store.document(store.texts("courses", "short", old, "en"), "outline") == {
        "title": ["first outline en", True]
    }
    assert read(store, now, "ar") == ["second outline ar", "second lesson ar"]


@pytest.mark.parametrize("version", ["none", "../short", ""])
def test_a_version_that_is_not_there_is_never_another_one(store: Store, version: str) -> None:
    publish(store, FIRST, texts("first"))
    with pytest.raises(KeyError):
        store.texts("courses", "short", version, "en")
    with pytest.raises(KeyError):
        store.structure("courses", "short", version, dict)


def test_every_kind_of_document_can_be_marked_as_untranslated() -> None:
    lesson: dict[str, Any] = {
        "title": ["One", True],
        "html": "<p>Text</p>",
        "translated": True,
        "terms": [["phase", ["Phase", True], ["A part", True]]],
    }
    assert as_untranslated(lesson) == {
        "title": ["One", False],
        "html": '<div lang="en" dir="ltr"><p>Text</p></div>',
        "translated": False,
        "terms": [["phase", ["Phase", False], ["A part", False]]],
    }
    quiz = {"texts": {"html": ["A question of this id", True], "reviewed": ["Another", True]}}
    assert as_untranslated(quiz) == {
        "texts": {"html": ["A question of this id", False], "reviewed": ["Another", False]}
    }
    counts = {"messages": 3, "translated": 3, "reviewed": 3}
    assert as_untranslated(counts) == {"messages": 3, "translated": 0, "reviewed": 0}


def test_memory_stays_within_its_bound_however_much_is_published(store: Store) -> None:
    reader = Store(store.root, most_bytes=2_000)
    for number in range(50):
        version = publish(store, {"title": str(number)}, texts(f"text {number}"))
        for language in ("en", "ar"):
            found = reader.texts("courses", "short", version, language)
            assert reader.document(found, "lesson")["title"][0] == f"text {number} lesson {language}"
        reader.structure("courses", "short", version, dict)
        assert reader.memory.held_bytes <= 2_000
    assert reader.memory.held_bytes > 1_000


def test_what_is_read_often_stays_in_memory(store: Store) -> None:
    version = publish(store, FIRST, texts("first"))
    found = store.texts("courses", "short", version, "en")
    assert store.document(found, "lesson") is store.document(found, "lesson")
    assert Store(store.root, most_bytes=1).document(found, "lesson") == store.document(found, "lesson")


def test_what_was_made_of_the_same_is_not_made_again(store: Store) -> None:
    made: list[str] = []

    def recipe(of: str, word: str) -> Recipe:
        def make(_earlier: Earlier) -> Documents:
            made.append(word)
            return texts(word)["ar"]

        return Recipe(of, make)

    def publish_as(made_by: str, structure: Mapping[str, str], of: str, word: str) -> list[str]:
        made.clear()
        with store.publication(made_by) as publication:
            version = publication.put("courses", "short", structure, {"ar": recipe(of, word), "en": texts("x")["en"]})
        return [*made, *read(store, version)]

    first = read_titles("first")
    assert publish_as("p1", FIRST, "a", "first") == ["first", *first]
    assert publish_as("p1", FIRST, "a", "again") == first
    assert publish_as("p1", FIRST, "b", "corrected") == ["corrected", *read_titles("corrected")]
    assert publish_as("p2", FIRST, "b", "rendered") == ["rendered", *read_titles("rendered")]
    assert publish_as("p2", SECOND, "b", "second") == ["second", *read_titles("second")]
    assert publish_as("", SECOND, "b", "forced") == ["forced", *read_titles("forced")]
    assert publish_as("p2", SECOND, "b", "after") == ["after", *read_titles("after")]
    version = store.current("courses")["short"]
    shutil.rmtree(store.root / store.texts("courses", "short", version, "ar").folder)
    assert publish_as("p2", SECOND, "b", "mended") == ["mended", *read_titles("mended")]


def read_titles(word: str) -> list[str]:
    """Return what `read` finds of texts with a word in Arabic."""
    return [f"{word} {name} ar" for name in ("outline", "lesson")]
