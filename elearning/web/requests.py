"""What happens around every request: an id for the logs, one line when it ends, the right kind of transaction."""

import logging
import re
import secrets
import time

from flask import Flask, Response, abort, g, request, request_started

from elearning.core.database import begin_mode
from elearning.core.logs import request_id
from elearning.web.access import wants_write

logger = logging.getLogger("elearning.requests")
_SAFE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}\Z")


def _open_request(_app: Flask, **_extra: object) -> None:
    given = request.headers.get("X-Request-Id", "")
    request_id.set(given if _SAFE_ID.match(given) else secrets.token_hex(8))
    begin_mode.set("IMMEDIATE" if wants_write() else "DEFERRED")
    g.started = time.perf_counter()


def _refuse_nul() -> None:
    """Refuse what no text can hold (PostgreSQL cannot store it), before a page or a query meets it."""
    if "\0" in request.path or "\0" in "".join(request.args.values()):
        abort(404)
    if request.method == "POST" and any("\0" in value for value in request.form.values()):
        abort(400)


def _close_request(response: Response) -> Response:
    response.headers["X-Request-Id"] = request_id.get()
    if request.endpoint not in {"static", "health.healthz"} and logger.isEnabledFor(logging.INFO):
        logger.info(
            "request",
            extra={
                "method": request.method,
                "path": request.path,
                "status": response.status_code,
                "milliseconds": round((time.perf_counter() - g.started) * 1000, 1),
            },
        )
    return response


def init_requests(app: Flask) -> None:
    """Watch over every request, from before anything else can refuse it."""
    request_started.connect(_open_request, app)
    app.before_request(_refuse_nul)
    app.after_request(_close_request)
