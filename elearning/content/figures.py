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
        "data-upright",
    }
)  # fmt: skip
# Where a text stands is computed when a drawing is turned round; shapes may also be measured by the drawing (50%).
PLACES = frozenset({"x", "y", "dx", "dy"})
UPRIGHT = "data-upright"
"""On a sign that reads the same in each direction, such as a tick: the x of its middle."""
MEASURES = PLACES | {"x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "width", "height", UPRIGHT}
TEXT_ELEMENTS = {"desc": "description of a figure", "text": "label in a figure"}
_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,2})?")
_ADDRESS = re.compile(r"url\((?!#[\w-]+\))|[a-z]+:(?!/?/?[0-9.]+$)", re.IGNORECASE)
FindText = Callable[[str], tuple[str, bool]]
"""English text -> (text to show, whether it is a translation)"""
_ID_REFERENCE = re.compile(r"url\(#([\w-]+)\)")

DEEPEST = 30


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
    if _too_deep(root):
        problems.add(name, 1, "svg-depth", f"found more than {DEEPEST} elements inside one another, expected fewer")
        return None
    mistakes = list(_mistakes(root))
    for rule, message, pattern in mistakes:
        problems.add(name, _line_of(source, pattern), rule, message)
    return None if mistakes else Figure(name, source, tuple(_texts(root, source)))


def _too_deep(root: Element) -> bool:
    level = [root]
    for _ in range(DEEPEST):
        level = [child for element in level for child in element]
        if not level:
            return False
    return True


def _mistakes(root: Element) -> Iterator[tuple[str, str, str]]:
    """Yield the rule, the message, and a pattern that finds the place in the source."""
    found = root.get("viewBox")
    if root.tag != f"{SVG}svg" or found is None:
        yield "svg-root", "found no <svg> with a viewBox, expected one", "<"
    elif not _numbers(found):
        message = f"found the viewBox {found!r}, expected four numbers, the last two more than 0"
        yield "svg-number", message, _written("svg", "viewBox", found)
    if root.find(f"{SVG}desc") is None:
        yield "svg-desc", "found no <desc>, expected what the figure tells, for those who do not see it", "<svg"
    for element in root.iter():
        yield from _mistakes_of(element, str(element.tag).removeprefix(SVG))


def _mistakes_of(element: Element, tag: str) -> Iterator[tuple[str, str, str]]:
    if tag not in ELEMENTS:
        yield "svg-element", f"found <{tag}>, expected only shapes and text", re.escape(f"<{tag}")
    for attribute, value in element.attrib.items():
        if attribute not in ATTRIBUTES or (attribute == UPRIGHT and len(element)):
            message = f"found the attribute {attribute!r}, which is not allowed here"
            yield "svg-attribute", message, re.escape(attribute)
        elif (attribute == "href" and not value.startswith("#")) or _ADDRESS.search(value):
            message = f"found an address in {attribute!r}, expected only #ids of this figure"
            yield "svg-address", message, re.escape(value)
        elif not _is_measure(tag, attribute, value):
            message = f"found {value!r} as {attribute!r} of <{tag}>, expected a number"
            yield "svg-number", message, _written(tag, attribute, value)
    words = (element.tail or "").split()
    if words:
        message = f"found the text {' '.join(words)[:40]!r} after <{tag}>, expected it in a <tspan> of its own"
        yield "svg-tail", message, rf"(?:</{tag}>|/>)\s*(?=" + r"\s+".join(map(re.escape, words)) + ")"


def _is_measure(tag: str, attribute: str, value: str) -> bool:
    """Tell whether a place or size is a number that can be computed with; of other attributes, always."""
    if tag in {"text", "tspan"}:
        return attribute not in PLACES or _NUMBER.fullmatch(value.strip()) is not None
    number = value.strip() if attribute == UPRIGHT else value.strip().removesuffix("%")
    return attribute not in MEASURES or _NUMBER.fullmatch(number) is not None


def _numbers(view_box: str) -> tuple[float, ...]:
    """Return the four numbers of a viewBox: left, top, width and height; none where it is something else."""
    found = view_box.replace(",", " ").split()
    if len(found) != 4 or not all(map(_NUMBER.fullmatch, found)):
        return ()
    numbers = tuple(map(float, found))
    return numbers if min(numbers[2:]) > 0 else ()


def _written(tag: str, attribute: str, value: str) -> str:
    return rf"(?s)(?<=<){tag}\b[^<>]*?\s(?={attribute}\s*=\s*[\"']{re.escape(value)}[\"'])"


def _line_of(source: str, pattern: str) -> int:
    found = re.search(pattern, source)
    return source.count("\n", 0, found.end()) + 1 if found else 1


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
    _tidy(root)
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
        if element.tag != "desc":  # otherwise “6 hours” is shown as “hours 6” in a drawing from right to left
            element.set("direction", "ltr")


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
    """Turn the drawing round its middle, and each text and upright sign back, so that it can be read."""
    left, _top, width, _height = _numbers(root.attrib["viewBox"])
    turned = Element("g", {"transform": f"translate({_short(2 * left + width)} 0) scale(-1 1)"})
    for child in [child for child in root if child.tag not in {"title", "desc"}]:
        root.remove(child)
        turned.append(child)
    for element in turned.iter():
        if element.tag == "text":
            _turn_back(element, float(element.get("x", "0")))
        elif UPRIGHT in element.attrib:
            _turn_back(element, float(element.attrib[UPRIGHT]))
    root.append(turned)


def _turn_back(element: Element, middle: float) -> None:
    for part in element.iter("tspan"):
        if "x" in part.attrib:  # turned round with the drawing, and not back with its text
            part.set("x", _short(2 * middle - float(part.attrib["x"])))
    back = f"translate({_short(2 * middle)} 0) scale(-1 1)"
    element.set("transform", f"{element.get('transform', '')} {back}".strip())


def _short(number: float) -> str:
    return f"{number:g}"


def _tidy(root: Element) -> None:
    for element in root.iter():
        element.attrib.pop(UPRIGHT, None)
        if element.tail and not element.tail.strip():
            element.tail = None
        if element.text and not element.text.strip():
            element.text = None
