"""Error pages in the person's language: what happened, what was kept, and the way on (DESIGN section 9)."""

import logging
from dataclasses import dataclass

from flask import Flask, Response, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from elearning.core.database import db
from elearning.core.errors import ConflictError, DomainError, NotFoundError
from elearning.web.kept import kept_form

logger = logging.getLogger("elearning.web")


@dataclass(frozen=True)
class ErrorPage:
    """What a status says to a person."""

    title: LazyString
    text: LazyString


PAGES = {
    400: ErrorPage(
        _l("This request could not be read"),
        _l("Something in the address or the form was not as expected. Nothing was changed."),
    ),
    403: ErrorPage(
        _l("This page is not open to you"), _l("You are signed in, but this page belongs to other people or roles.")
    ),
    404: ErrorPage(
        _l("This page does not exist"),
        _l("The address may have been mistyped, or the page may have been moved or withdrawn."),
    ),
    405: ErrorPage(
        _l("This page cannot be used that way"),
        _l("Please open the page again and use its buttons. Nothing was changed."),
    ),
    409: ErrorPage(
        _l("This has changed in the meantime"),
        _l("Another tab or device was quicker. What was saved before is kept; nothing was counted twice."),
    ),
    413: ErrorPage(
        _l("That is too much at once"),
        _l("What was sent is larger than this page accepts. Please shorten it and send it again."),
    ),
    429: ErrorPage(
        _l("Too many attempts"),
        _l("To protect accounts, this form pauses after several failed attempts. Please wait and try again."),
    ),
    500: ErrorPage(
        _l("Something went wrong on our side"),
        _l("The fault has been recorded. What the site confirmed before is saved. Please try again."),
    ),
}


def error_page(status: int, *, retry_after_seconds: int | None = None) -> Response:
    """Return the page of a status."""
    page = PAGES.get(status) or PAGES[400 if status < 500 else 500]
    response = make_response(
        render_template("web/error.html", page=page, status=status, wait=retry_after_seconds), status
    )
    if retry_after_seconds is not None:
        response.headers["Retry-After"] = str(retry_after_seconds)
    return response


def _on_http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error
    retry_after = getattr(error, "retry_after", None)
    response = error_page(error.code, retry_after_seconds=retry_after if isinstance(retry_after, int) else None)
    if error.code == 405:
        response.headers["Allow"] = ", ".join(getattr(error, "valid_methods", None) or [])
    return response


def _on_stale_form(_error: CSRFError) -> ResponseReturnValue:
    """Offer the form again: its page was opened before the last sign-in or sign-out, or too long ago."""
    kept = kept_form()
    if kept is None:
        return error_page(400)
    return make_response(render_template("web/kept.html", kept=kept), 400)


def _on_busy_database(error: OperationalError) -> ResponseReturnValue:
    """Offer a form again that the database did not take in time; sign-in is not, as its password is typed again."""
    kept = None if "password" in request.form else kept_form()
    if kept is None:
        return _on_fault(error)
    logger.error("the database did not take a form", extra={"path": request.path}, exc_info=error)
    db.session.rollback()
    g.without_person = True  # this page must not ask the database who is reading
    return make_response(render_template("web/kept.html", kept=kept, busy=True), 503)


def _on_domain_error(error: DomainError) -> ResponseReturnValue:
    db.session.rollback()
    if isinstance(error, NotFoundError):
        return error_page(404)
    return error_page(409 if isinstance(error, ConflictError) else 400)


def _on_fault(error: Exception) -> ResponseReturnValue:
    logger.exception("unhandled error", extra={"path": request.path, "method": request.method}, exc_info=error)
    db.session.rollback()
    g.without_person = True  # the fault may be the database: this page must not ask it who is reading
    return error_page(500)


def init_errors(app: Flask) -> None:
    """Give the application its error pages."""
    app.register_error_handler(CSRFError, _on_stale_form)
    app.register_error_handler(HTTPException, _on_http_error)
    app.register_error_handler(OperationalError, _on_busy_database)
    app.register_error_handler(DomainError, _on_domain_error)
    app.register_error_handler(Exception, _on_fault)
