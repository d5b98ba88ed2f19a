"""Drawings: SVG that was found safe, with its texts translated, and turned round for right-to-left languages."""

import re
from collections.abc import Callable, Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from elearning.content.models import Figure, FigureText
from elearning.sources.problems import Problems

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = frozenset(
    {
        "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan",
        "title", "desc", "defs", "marker", "use", "pattern", "clipPath",
    }
)  # fmt: skip
ATTRIBUTES = frozenset(
    {
        "id", "class", "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "width", "height",
        "viewBox", "points", "transform", "fill", "stroke", "fill-opacity", "opacity", "stroke-width",
        "stroke-linecap", "stroke-linejoin", "stroke-dasharray", "stroke-opacity", "fill-rule", "font-size",
        "font-weight", "font-family", "font-style", "text-anchor", "dominant-baseline", "dx", "dy",
        "marker-end", "marker-start", "marker-mid", "markerWidth", "markerHeight", "refX", "refY", "orient",
        "href", "patternUnits", "patternTransform", "clip-path", "role", "aria-hidden", "data-direction",
    }
)  # fmt: skip
TEXT_ELEMENTS = {"desc": "description of a figure", "text": "label in a figure"}
_ADDRESS = re.compile(r"url\((?!#[\w-]+\))|[a-z]+:(?!/?/?[0-9.]+$)", re.IGNORECASE)
FindText = Callable[[str], tuple[str, bool]]
"""English text -> (text to show, whether it is a translation)"""
_ID_REFERENCE = re.compile(r"url\(#([\w-]+)\)")


def read_figure(source: str, name: str, problems: Problems) -> Figure | None:
    """Parse a drawing and check it against a closed list of elements and attributes; None where it is not safe."""
    if "<!DOCTYPE" in source or "<!ENTITY" in source:
        problems.add(name, 1, "svg-doctype", "found a DOCTYPE or an entity, expected plain SVG")
        return None
    try:
        root = ElementTree.fromstring(source)  # noqa: S314 - without a DOCTYPE there are no entities to expand
    except ElementTree.ParseError as error:
        problems.add(name, error.position[0], "svg", f"cannot be read as SVG: {error}")
        return None
    mistakes = list(_mistakes(root))
    for rule, message, needle in mistakes:
        problems.add(name, _line_of(source, needle), rule, message)
    return None if mistakes else Figure(name, source, tuple(_texts(root, source)))


def _mistakes(root: Element) -> Iterator[tuple[str, str, str]]:
    if root.tag != f"{SVG}svg" or "viewBox" not in root.attrib:
        yield "svg-root", "found no <svg> with a viewBox, expected one", "<"
    if root.find(f"{SVG}desc") is None:
        yield "svg-desc", "found no <desc>, expected what the figure tells, for those who do not see it", "<svg"
    for element in root.iter():
        tag = str(element.tag).removeprefix(SVG)
        if tag not in ELEMENTS:
            yield "svg-element", f"found <{tag}>, expected only shapes and text", f"<{tag}"
        for attribute, value in element.attrib.items():
            if attribute not in ATTRIBUTES:
                yield "svg-attribute", f"found the attribute {attribute!r}, which is not allowed here", attribute
            elif (attribute == "href" and not value.startswith("#")) or _ADDRESS.search(value):
                yield "svg-address", f"found an address in {attribute!r}, expected only #ids of this figure", value


def _line_of(source: str, needle: str) -> int:
    position = source.find(needle)
    return source.count("\n", 0, position) + 1 if position >= 0 else 1


def _texts(root: Element, source: str) -> Iterator[FigureText]:
    position = 0
    for element in root.iter():
        kind = _text_kind(element)
        text = " ".join((element.text or "").split())
        if kind and text:
            found = source.find((element.text or "").strip()[:20], position)
            position = max(found, position)
            yield FigureText(text, source.count("\n", 0, position) + 1, kind)


def _text_kind(element: Element) -> str | None:
    tag = str(element.tag).removeprefix(SVG)
    return TEXT_ELEMENTS.get("text" if tag == "tspan" else tag)


def draw(figure: Figure, prefix: str, direction: str, find: FindText, name: tuple[str, bool]) -> str:
    """Return the drawing with its texts translated, its ids made its own, and turned round for right-to-left.

    `name` is the alternative text that the lesson gives, and whether it is translated.
    """
    root = ElementTree.fromstring(figure.source)  # noqa: S314 - read_figure found it safe
    mirrored = direction == "rtl" and root.attrib.pop("data-direction", "") == "mirrored"
    root.attrib.pop("data-direction", None)
    for element in root.iter():
        element.tag = str(element.tag).removeprefix(SVG)
        _own_ids(element, prefix)
        if _text_kind(element) and (element.text or "").strip():
            _translate(element, find)
    _name(root, prefix, name)
    if mirrored:
        _mirror(root)
    _drop_space(root)
    return ElementTree.tostring(root, encoding="unicode", short_empty_elements=True)


def _own_ids(element: Element, prefix: str) -> None:
    for name, value in list(element.attrib.items()):
        if name == "id":
            element.set(name, f"{prefix}-{value}")
        elif name == "href":
            element.set(name, f"#{prefix}-{value[1:]}")
        else:
            element.set(name, _ID_REFERENCE.sub(rf"url(#{prefix}-\1)", value))


def _translate(element: Element, find: FindText) -> None:
    text, translated = find(" ".join((element.text or "").split()))
    element.text = text
    if not translated:
        element.set("lang", "en")


def _name(root: Element, prefix: str, name: tuple[str, bool]) -> None:
    """Tie the lesson's alternative text and the description to the drawing, for those who hear it (WCAG 1.1.1)."""
    for old in root.findall("title"):
        root.remove(old)
    text, translated = name
    title = Element("title", {"id": f"{prefix}-title"} | ({} if translated else {"lang": "en"}))
    title.text = text
    root.insert(0, title)
    root.set("role", "img")
    root.set("aria-labelledby", f"{prefix}-title")
    description = root.find("desc")
    if description is not None:
        description.set("id", f"{prefix}-desc")
        root.set("aria-describedby", f"{prefix}-desc")


def _mirror(root: Element) -> None:
    """Turn the drawing round its middle, and each text back, so that it can be read."""
    left, _top, width, _height = (float(number) for number in root.attrib["viewBox"].replace(",", " ").split())
    turned = Element("g", {"transform": f"translate({_short(2 * left + width)} 0) scale(-1 1)"})
    for child in [child for child in root if child.tag not in {"title", "desc"}]:
        root.remove(child)
        turned.append(child)
    for text in turned.iter("text"):
        middle = float(text.get("x", "0"))
        back = f"translate({_short(2 * middle)} 0) scale(-1 1)"
        text.set("transform", f"{text.get('transform', '')} {back}".strip())
    root.append(turned)


def _short(number: float) -> str:
    return f"{number:g}"


def _drop_space(root: Element) -> None:
    for element in root.iter():
        if element.tail and not element.tail.strip():
            element.tail = None
        if element.text and not element.text.strip():
            element.text = None
