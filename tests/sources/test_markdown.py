"""Markdown: what it makes of good texts, and that nothing executable survives of hostile ones."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.sources.markdown import on_one_line, read_inline, read_markdown

TEXT = """## Who moves

Many people *move*,
also **workers**.

- one item
- another item

| who | why |
| --- | --- |
| a cook | work |

!!! note "Remember"
    Status does not decide.

![A wheel](figures/wheel.svg "The wheel")
"""

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "[x]: javascript:alert(1)\n\n[x][x]",
    "<javascript:alert(1)>",
    '[x](https://example.org "onmouseover=alert(1)")',
    '[x](https://example.org/"onmouseover="alert(1))',
    "![x](javascript:alert(1))",
    "<a href='javascript:alert(1)'>x</a>",
    "<svg/onload=alert(1)>",
    "# <iframe src=javascript:alert(1)>",
    '!!! note "<script>alert(1)</script>"\n    <style>*{}</style>',
    "| <b onclick=x> | b |\n|---|---|\n| <object> | d |",
    "`<script>`",
    "[" * 500 + "](x)" * 500,
    ">" * 300 + " deep",
    "* " * 200 + "deep",
]


class Inspector(HTMLParser):
    """Collects what could run."""

    def __init__(self) -> None:
        super().__init__()
        self.dangers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {
            "script",
            "style",
            "iframe",
            "object",
            "embed",
            "svg",
            "img",
            "form",
            "input",
            "link",
            "meta",
            "base",
        }:
            self.dangers.append(tag)
        for name, value in attrs:
            address = "".join((value or "").split()).lower()
            if name.startswith("on") or name == "style":
                self.dangers.append(f"{tag} {name}")
            if name in {"href", "src"} and not address.startswith(("http://", "https://", "mailto:", "#")):
                self.dangers.append(f"{tag} {name}={value}")


def dangers(html: str) -> list[str]:
    inspector = Inspector()
    inspector.feed(html)
    return inspector.dangers


def test_each_block_is_a_message_with_its_line() -> None:
    blocks = [(block.text, block.line, block.kind) for block in read_markdown(TEXT, first_line=10).blocks]

    assert blocks == [
        ("Who moves", 10, "heading"),
        ("Many people *move*, also **workers**.", 12, "paragraph"),
        ("one item", 15, "list item"),
        ("another item", 16, "list item"),
        ("who", 18, "table heading"),
        ("why", 18, "table heading"),
        ("a cook", 20, "table cell"),
        ("work", 20, "table cell"),
        ("Remember", 22, "title of a note"),
        ("Status does not decide.", 23, "paragraph"),
        ("A wheel", 25, "alternative text of a figure"),
        ("The wheel", 25, "caption"),
    ]


WORDS = st.sampled_from(["Phases", "Phases of a crisis", "the Phases", "a", "1. a", "Phases #", "crisis"])


@st.composite
def texts_with_lines(draw: st.DrawFn) -> tuple[str, list[tuple[str, int]]]:
    """Return a text of blocks that say the same again and again, and each block with its line."""
    lines: list[str] = []
    blocks: list[tuple[str, int]] = []

    def add(line: str, *said: str) -> None:
        blocks.extend((text, len(lines) + 1) for text in said)
        lines.append(line)

    for kind in draw(st.lists(st.sampled_from(["heading", "paragraph", "list", "quote", "table", "note", "code"]))):
        words = [draw(WORDS).removeprefix("1. ") for _ in range(3)]
        one, two, three = words
        if kind == "heading":
            add(f"## {one} ##" if one.endswith("s") else f"## {one}", one.removesuffix(" #"))
        elif kind == "paragraph":
            add(one, " ".join(words))
            lines.extend([two, three])
        elif kind == "list":
            add(f"* {one}", one)
            add(f"* {two}", f"{two} {three}")
            lines.append(f"  {three}")
        elif kind == "quote":
            add(f"> {one}", f"{one} {two}")
            lines.append(f"> {two}")
        elif kind == "table":
            add(f"| {one} | {two} |", one, two)
            lines.append("|---|---|")
            add(f"| {two} | {three} |", two, three)
            add(f"| {three} | {one} |", three, one)
        elif kind == "note":
            add(f'!!! note "{one}"', one)
            add(f"    {two}", two)
        else:
            lines.extend([f"    ## {one}", "", f"    <{two}>"])
        lines.extend(["", f"{'-' * 3}", ""])  # a rule between two lists, or two blocks of code, keeps them apart
    return "\n".join(lines), blocks


@given(texts_with_lines())
def test_each_block_has_its_own_line_however_alike_they_are(found: tuple[str, list[tuple[str, int]]]) -> None:
    text, blocks = found
    assert [(block.text, block.line) for block in read_markdown(text).blocks] == blocks


def test_a_heading_is_not_taken_for_a_paragraph_that_has_its_words() -> None:
    reading = read_markdown("A crisis has\nPhases, and more\nPhases.\n\n#### Phases\n\nPhases\n======\n")
    assert [(level, text, line) for level, text, line in reading.headings] == [(4, "Phases", 5), (1, "Phases", 7)]


def test_nothing_that_an_author_types_stands_where_a_figure_is_drawn() -> None:
    text = "figure0drawn\n\n![One](a.svg)\n\nfigure1drawn\n\n![Two](b.svg)\n"
    html = read_markdown(text, draw=lambda path, _alt, _translated: f"<svg>{path}</svg>").html
    assert html == (
        "<p>figure0drawn</p>\n<figure><svg>a.svg</svg></figure>\n<p>figure1drawn</p>\n<figure><svg>b.svg</svg></figure>"
    )


def test_translations_stand_in_the_same_places_and_the_rest_is_marked_as_english() -> None:
    reading = read_markdown(TEXT, translate={"Who moves": "Qui part", "one item": "un *point*"}.get)

    assert '<h2 id="who-moves">Qui part</h2>' in reading.html
    assert "<li>un <em>point</em></li>" in reading.html
    assert '<li dir="ltr" lang="en">another item</li>' in reading.html
    assert not reading.translated


def test_wrapping_a_paragraph_anew_changes_no_message() -> None:
    assert read_markdown("a b\nc d").blocks[0].text == read_markdown("a\nb c\nd").blocks[0].text


def test_raw_html_is_found_with_its_line() -> None:
    assert read_markdown("fine\n\nnot <b>fine</b>\n\n`<b>` fine").raw_html == [3]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_survives(text: str) -> None:
    assert dangers(read_markdown(text).html) == []
    assert dangers(read_inline(text).html) == []
    assert dangers(read_markdown("calm", translate=lambda _: text).html) == []


@given(st.text(alphabet="<>[]()!\"'`&#;:*_-|=/\\\n jhref=onclicksrptva", max_size=200))
def test_nothing_hostile_survives_of_random_text(text: str) -> None:
    assert dangers(read_markdown(text).html) == []


def test_inline_texts_have_no_paragraph_around_them() -> None:
    assert read_inline("a **b** [c](https://example.org)").html == (
        'a <strong>b</strong> <a href="https://example.org" rel="noopener">c</a>'
    )


@given(st.text(alphabet="ab Zé1.,:;?!%/'’“”()-–—_*`[]<>&#+|~\\\u00a0\u200c\u200dن، 中。（）", max_size=40))
def test_a_plain_short_text_is_what_a_parse_would_make_of_it(text: str) -> None:
    found = read_inline(text)
    parsed = re.fullmatch(r"\s*<p[^>]*>(.*)</p>\s*", read_markdown(on_one_line(text)).html, re.DOTALL)
    if parsed and "<p" not in parsed[1]:
        assert found.html == parsed[1]
    else:
        assert "<" not in found.html or re.search(r"[-*+#>|_`\[\]<\d]", text)


def test_a_plain_short_text_is_one_message_whether_translated_or_not() -> None:
    for given_back, html, translated in ((None, "A word", False), ("Wort", "Wort", True)):
        found = read_inline(" A\n word ", {"A word": given_back}.get)
        assert (found.html, found.translated, [block.text for block in found.blocks]) == (html, translated, ["A word"])
    assert read_inline(" A\n word ").translated
