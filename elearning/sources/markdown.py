"""Markdown to sanitised HTML. One parse finds the messages of a text, and puts their translations in.

The text of each block (paragraph, heading, list item, cell, caption) is a message: its Markdown source, on one line. A
tree processor that runs before Markdown looks at emphasis and links takes each block's source, and may put another in
its place. So extraction and display can never disagree about what a message is.
"""

import re
import secrets
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

import markdown
import nh3
from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.treeprocessors import Treeprocessor

from elearning.sources.lines import Lines

MAX_NESTING = 12
BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th"})
TAGS = {
    "p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "code", "a", "table", "thead", "tbody", "tr", "th", "td",
    "blockquote", "figure", "figcaption", "div", "br", "hr", "bdi",
}  # fmt: skip
ATTRIBUTES = {
    "*": {"lang", "dir", "id", "class"},
    "a": {"href"},
    "th": {"scope"},
    "ol": {"start"},
    "div": {"tabindex"},
}
_FIGURE = re.compile(r'!\[(?P<alt>[^\]]*)\]\((?P<path>[^\s)]+)(?:\s+"(?P<caption>[^"]*)")?\)\Z')
_EMBED = re.compile(r"\[[^\]]*\]\((?P<kind>decision):(?P<name>[^\s)]*)\)\Z")
# Letters, digits, and signs that mean nothing in Markdown or HTML wherever they stand after a letter.
_PLAIN = re.compile(r"[^\W\d_](?:[\w ,.;:?%/'’“”„«»‹›()（），。；：？、“”–—…·،؛؟٪-](?<!_))*(?<! )")
_CODE = re.compile(r"`[^`]*`")
_LINE = "data-line"  # where a block stands, while its inline markup is read
_TAG = re.compile(r"<[A-Za-z/!?]")


@dataclass(frozen=True)
class Block:
    """A message of a Markdown text: its source on one line, where it stands, and what it is."""

    text: str
    line: int
    kind: str


@dataclass(frozen=True)
class Link:
    """A link that was found, and the line of its block."""

    target: str
    label: str
    line: int


@dataclass
class Reading:
    """What one parse found."""

    html: str = ""
    translated: bool = True
    blocks: list[Block] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    figures: list[tuple[str, str, int]] = field(default_factory=list)  # path, alternative text in English, line
    decisions: list[tuple[str, int]] = field(default_factory=list)  # name, line
    headings: list[tuple[int, str, int]] = field(default_factory=list)  # level, text, line
    raw_html: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Resolved:
    """Where a link leads. `label` stands in the place of a text that the author left empty: the number of a source."""

    address: str
    css_class: str = ""
    label: str = ""


TranslateBlock = Callable[[str], str | None]
ResolveLink = Callable[[str], Resolved | None]
"""target -> where it leads, or None where it leads nowhere"""
DrawFigure = Callable[[str, str, bool], str]
"""(path, alternative text, translated) -> safe markup to stand in its place"""
EmbedDecision = Callable[[str], str]
"""name of a decision -> safe markup to stand in its place"""


def on_one_line(text: str) -> str:
    """Return a block's source as a message: lines joined, so that wrapping a paragraph anew changes nothing."""
    return " ".join(text.split())


def slug(text: str) -> str:
    """Return the id of a heading, from its English text, the same in every language."""
    plain = unicodedata.normalize("NFKD", re.sub(r"\([^)]*\)|[*_`\[\]]", "", text)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "section"


def external_link(target: str) -> Resolved | None:
    """Resolve links to other sites; anything but https, http and mailto leads nowhere."""
    return Resolved(target) if re.match(r"(https?://|mailto:)[^\s]+\Z", target, re.IGNORECASE) else None


class _Blocks(Treeprocessor):
    """Takes the source of each block before inline markup is read; puts translations and figures in place."""

    def __init__(self, md: markdown.Markdown, task: "_Task") -> None:
        super().__init__(md)
        self._task = task

    def run(self, root: Element) -> None:
        for element in list(_in_order(root, 0)):
            source = (element.text or "").strip()
            if element.tag in BLOCKS and source and not element.get("done"):
                self._task.take(element, source)
            elif element.tag == "pre":
                self._task.lines.pass_code("".join(element.itertext()))


def _in_order(element: Element, depth: int) -> Iterator[Element]:
    if depth > MAX_NESTING * 2:
        return
    yield element
    for child in element:
        yield from _in_order(child, depth + 1)


class _Links(Treeprocessor):
    """Gives links their addresses, table heads their scope, and tables a frame that scrolls."""

    def __init__(self, md: markdown.Markdown, task: "_Task") -> None:
        super().__init__(md)
        self._task = task

    def run(self, root: Element) -> None:
        self._walk(root, 1)

    def _walk(self, parent: Element, line: int) -> None:
        line = int(parent.attrib.pop(_LINE, line))
        for index, child in enumerate(list(parent)):
            self._walk(child, line)
            if child.tag == "a":
                self._task.link(child, line)
            elif child.tag == "th":
                child.set("scope", "col")
            elif child.tag == "table":
                frame = Element("div", {"class": "table", "tabindex": "0"})
                frame.append(child)
                frame.tail, child.tail = child.tail, None
                parent[index] = frame


class _Task:
    """One rendering: what is asked of it, and what it finds."""

    def __init__(
        self,
        source: str,
        first_line: int,
        translate: TranslateBlock | None,
        resolve: ResolveLink,
        draw: DrawFigure | None,
        embed: EmbedDecision | None,
    ) -> None:
        self.reading = Reading()
        self.lines = Lines(source, first_line)
        self.drawn: dict[str, str] = {}  # by the mark that stands in its place, which nobody can have typed
        self._translate = translate
        self._resolve = resolve
        self._draw = draw
        self._embed = embed
        self._ids = {"content"}  # of the page around it, to which the link past its head leads

    def _line(self, element: Element, source: str) -> int:
        if element.tag in {"td", "th"}:
            return self.lines.of_cell(source)
        if element.get("class") == "admonition-title":
            return self.lines.of_title()
        return self.lines.of_block(source, is_heading=element.tag.startswith("h"))

    def take(self, element: Element, source: str) -> None:
        """Take a block: note it as a message, and show its translation or mark it as English."""
        line = self._line(element, source)
        element.set(_LINE, str(line))
        if _TAG.search(_CODE.sub("", source)):
            self.reading.raw_html.append(line)
        figure = _FIGURE.match(on_one_line(source)) if element.tag == "p" else None
        if figure:
            self._figure(element, figure, line)
            return
        embedded = _EMBED.match(on_one_line(source)) if element.tag == "p" else None
        if embedded:
            self.reading.decisions.append((embedded["name"], line))
            element.tag, element.text = "div", ""
            if self._embed:
                self._put_mark(element, self._embed(embedded["name"]))
            return
        text = on_one_line(source)
        if element.tag.startswith("h"):
            self.reading.headings.append((int(element.tag[1]), text, line))
            element.set("id", self._own_id(slug(text)))
        self._put(element, text, line, _kind(element))

    def _put(self, element: Element, text: str, line: int, kind: str) -> None:
        element.text, translated = self._find(Block(text, line, kind))
        if not translated:
            element.set("lang", "en")
            element.set("dir", "ltr")

    def _find(self, block: Block) -> tuple[str, bool]:
        self.reading.blocks.append(block)
        found = self._translate(block.text) if self._translate else block.text
        self.reading.translated &= found is not None
        return (block.text if found is None else found), found is not None

    def _figure(self, element: Element, figure: re.Match[str], line: int) -> None:
        alt = figure["alt"].strip()
        self.reading.figures.append((figure["path"], alt, line))
        shown, translated = self._find(Block(alt, line, "alternative text of a figure")) if alt else ("", True)
        element.tag, element.text = "figure", ""
        if self._draw:
            self._put_mark(element, self._draw(figure["path"], shown, translated))
        if figure["caption"]:
            caption = SubElement(element, "figcaption", {"done": "1"})
            self._put(caption, figure["caption"].strip(), line, "caption")

    def _put_mark(self, element: Element, markup: str) -> None:
        """Keep safe markup aside, where cleaning does not meet it, under a mark that stands in its place."""
        mark = element.text = secrets.token_hex(16)
        self.drawn[mark] = markup

    def _own_id(self, wished: str) -> str:
        number, own = 2, wished
        while own in self._ids:
            own, number = f"{wished}-{number}", number + 1
        self._ids.add(own)
        return own

    def link(self, element: Element, line: int) -> None:
        """Resolve a link; one that leads nowhere keeps its text and loses its address."""
        target = element.attrib.pop("href", "")
        element.attrib.pop("title", None)
        self.reading.links.append(Link(target, "".join(element.itertext()).strip(), line))
        resolved = self._resolve(target)
        if resolved is None:
            return
        element.set("href", resolved.address)
        if resolved.css_class:
            element.set("class", resolved.css_class)
        if resolved.label and not element.text and not len(element):
            element.text = resolved.label


def _kind(element: Element) -> str:
    if element.tag.startswith("h"):
        return "heading"
    if element.get("class") == "admonition-title":
        return "title of a note"
    return {"p": "paragraph", "li": "list item", "td": "table cell", "th": "table heading"}.get(
        element.tag, element.tag
    )


def read_markdown(
    source: str,
    *,
    first_line: int = 1,
    translate: TranslateBlock | None = None,
    resolve: ResolveLink = external_link,
    draw: DrawFigure | None = None,
    embed: EmbedDecision | None = None,
) -> Reading:
    """Parse a Markdown text once: find its messages, links and figures, and render it.

    `translate` gives the translation of a block, or None where there is none: the block then stands in English, marked
    so (WCAG 3.1.2). Without `translate` the text is shown as it is.
    """
    task = _Task(source, first_line, translate, resolve, draw, embed)
    md = markdown.Markdown(
        extensions=[TableExtension(), AdmonitionExtension(), SaneListExtension()], output_format="html"
    )
    md.preprocessors.deregister("html_block")
    md.inlinePatterns.deregister("html")
    md.inlinePatterns.deregister("image_link")
    md.inlinePatterns.deregister("image_reference")
    md.treeprocessors.register(_Blocks(md, task), "blocks", 30)
    md.treeprocessors.register(_Links(md, task), "links", 5)
    task.reading.html = _sanitise(md.convert(source))
    for mark, drawing in task.drawn.items():
        task.reading.html = task.reading.html.replace(mark, drawing, 1)
    return task.reading


def _sanitise(html: str) -> str:
    """Let through only what our own Markdown makes; nothing that runs (OWASP ASVS 5.0, V1.3.1)."""
    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel="noopener"
    )


def read_inline(source: str, translate: TranslateBlock | None = None) -> Reading:
    """Render a short text, such as an option: inline markup only, without a paragraph around it."""
    text = on_one_line(source)
    found = translate(text) if translate else text
    shown = text if found is None else found
    if text and _PLAIN.fullmatch(shown):  # most short texts; to parse them takes a hundred times as long
        return Reading(shown, found is not None, [Block(text, 1, "paragraph")])
    reading = read_markdown(on_one_line(source), translate=translate)
    body = re.fullmatch(r"\s*<p[^>]*>(.*)</p>\s*", reading.html, re.DOTALL)
    reading.html = body[1] if body and "<p" not in body[1] else nh3.clean_text(on_one_line(source))
    return reading
