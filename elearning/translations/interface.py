"""The interface's own texts: gettext calls in Python files and Jinja templates below elearning/."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import jinja2
from jinja2.ext import extract_from_ast

from elearning.translations.problems import BrokenSourcesError, TranslationProblem
from elearning.translations.source import SourceMessage

SINGULAR = frozenset({"_", "_l", "gettext", "lazy_gettext"})
COUNTED = frozenset({"ngettext", "lazy_ngettext"})
_BABEL = "flask_babel"
_Call = tuple[int, str, list[str | None]]
"""line, function, and its arguments: None where one is not a literal text"""


def extract_interface(project: Path) -> list[SourceMessage]:
    """Return the messages of the domain `messages` by path and line.

    Raises BrokenSourcesError with everything that cannot be read: a file that does not parse, a text that is put
    together when the program runs.
    """
    messages: list[SourceMessage] = []
    problems: list[TranslationProblem] = []
    for file in sorted(_files(project), key=lambda file: file.as_posix()):
        path = file.relative_to(project).as_posix()
        for found in _messages_of(path, file.read_text("utf-8")):
            if isinstance(found, SourceMessage):
                messages.append(found)
            else:
                problems.append(found)
    if problems:
        raise BrokenSourcesError(problems)
    return messages


def _files(project: Path) -> Iterator[Path]:
    package = project / "elearning"
    yield from package.rglob("*.py")
    yield from (file for file in package.rglob("*.html") if "templates" in file.relative_to(package).parts)


def _messages_of(path: str, text: str) -> list[SourceMessage | TranslationProblem]:
    try:
        calls = sorted(
            _template_calls(text) if path.endswith(".html") else _python_calls(text), key=lambda call: call[0]
        )
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        return [TranslationProblem(path, line, "syntax", "error", f"This file cannot be read: {error}.")]
    except jinja2.TemplateSyntaxError as error:
        message = f"This template cannot be read: {error.message}."
        return [TranslationProblem(path, error.lineno, "syntax", "error", message)]
    return [_message(path, call) for call in calls]


def _message(path: str, call: _Call) -> SourceMessage | TranslationProblem:
    line, function, arguments = call
    needed = 2 if function in COUNTED else 1
    texts = [text for text in arguments[:needed] if text is not None]
    if len(texts) < needed or not all(text.strip() for text in texts):
        what = "two literal texts, singular and plural" if needed == 2 else "a literal text"
        message = f"{function}() is called without {what}; expected the text itself, with %(name)s for what varies."
        return TranslationProblem(path, line, "literal", "error", message)
    return SourceMessage(texts[0], "", path, line, plural=texts[1] if needed == 2 else None)


def _python_calls(text: str) -> Iterator[_Call]:
    tree = ast.parse(text)
    functions = dict(_imported(tree)) | {name: name for name in SINGULAR | COUNTED}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in functions:
            yield node.lineno, functions[node.func.id], [_literal(argument) for argument in node.args]


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield the names under which a module knows gettext functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == _BABEL:
            for name in node.names:
                if name.name in SINGULAR | COUNTED:
                    yield name.asname or name.name, name.name


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _template_calls(text: str) -> Iterable[_Call]:
    environment = jinja2.Environment(
        trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.i18n"], autoescape=True
    )
    for line, function, texts in extract_from_ast(environment.parse(text), sorted(SINGULAR | COUNTED)):
        yield line, function, list(texts) if isinstance(texts, tuple) else [texts]
