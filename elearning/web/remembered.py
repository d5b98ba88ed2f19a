"""Pages that are the same for many readers are rendered once; what is one reader's own is put in each time.

A page is remembered under a key that says everything it depends on. The reader's name, the token of their forms and
what else is theirs alone are left open in it, as marks that nobody can guess and no text can contain.
"""

import re
import secrets
import sys
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import replace

from flask import Flask, current_app, g, request, session
from flask_wtf.csrf import generate_csrf
from markupsafe import escape

from elearning.content.memory import Memory
from elearning.web.access import adopt, signed_in

MOST_BYTES = 10_000_000  # of pages: some 40 KB each where a script takes two bytes a letter, half of it elsewhere
MOST_TOKENS = 5000  # of some 100 bytes each: one for each session that reads
_MARKS = tuple(secrets.token_hex(12) for _ in range(6))
_NAME, _TOKEN, *_OWN = _MARKS
_AT_MARKS = re.compile(f"({'|'.join(_MARKS)})")


def init_remembered(app: Flask) -> None:
    """Give the application room for its pages, and for the signed tokens of their forms."""
    app.extensions["elearning_pages"] = Memory(MOST_BYTES)
    app.extensions["elearning_form_tokens"] = OrderedDict()


def remembered(key: Hashable, render: Callable[..., str], *own: str) -> str:
    """Return the page of a key, rendering it the first time; `render` is not called again while it is remembered.

    `own` are texts that are this reader's alone. `render` takes them as its arguments, and gets marks in their place
    where the page is to be remembered: it must know nothing else of them than the key says.
    A page with a message for this reader, or of an address with a query, is rendered anew and not remembered.
    """
    if "_flashes" in session or request.query_string:
        return render(*own)
    pages: Memory = current_app.extensions["elearning_pages"]
    pieces = pages.recall(key, lambda: _pieces(lambda: render(*_OWN[: len(own)])))
    reader, marks = signed_in(), pieces[1::2]  # pieces of the page and marks, by turns
    values: dict[str, str] = dict(zip(_OWN, map(escape, own), strict=False))
    if reader is not None:
        values[_NAME] = escape(reader.name)
    if _TOKEN in marks:
        values[_TOKEN] = _form_token()
    filled = pieces.copy()
    filled[1::2] = [values[mark] for mark in marks]
    return "".join(filled)


def _pieces(render: Callable[[], str]) -> tuple[list[str], int]:
    """Return the pieces of a page between its marks, and how many bytes they take."""
    pieces = _AT_MARKS.split(_render_open(render))
    return pieces, sum(map(sys.getsizeof, pieces))


def _form_token() -> str:
    """Return the token of this session's forms, signed once and not again for each page."""
    tokens: OrderedDict[str, str] = current_app.extensions["elearning_form_tokens"]
    token = tokens.get(session.get("csrf_token", ""))
    if token is None:
        token = generate_csrf()
        tokens[session["csrf_token"]] = token
        while len(tokens) > MOST_TOKENS:
            tokens.popitem(last=False)
    return token


def _render_open(render: Callable[[], str]) -> str:
    reader = signed_in()
    try:
        if reader is not None:
            adopt(replace(reader, name=_NAME))
        g.csrf_token = _TOKEN
        return render()
    finally:
        g.pop("csrf_token", None)
        adopt(reader)
