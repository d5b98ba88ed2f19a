"""Structured logs: one JSON object a line, with the request it belongs to."""

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime

from elearning.core.settings import Settings

request_id: ContextVar[str] = ContextVar("request_id", default="")
_ENCODER = json.JSONEncoder(ensure_ascii=False, default=str)
_OWN_FIELDS = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


class JsonFormatter(logging.Formatter):
    """Write a record as JSON; what is passed as `extra` becomes fields of the object."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line. Times are UTC, in RFC 3339."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id.get():
            line["request_id"] = request_id.get()
        line.update({key: value for key, value in record.__dict__.items() if key not in _OWN_FIELDS})
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return _ENCODER.encode(line)


def set_up_logs(settings: Settings) -> None:
    """Send the platform's log lines to standard error, in the format that the settings ask for."""
    handler = logging.StreamHandler()
    plain = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handler.setFormatter(JsonFormatter() if settings.log_format == "json" else plain)
    logger = logging.getLogger("elearning")
    logger.handlers[:] = [handler]
    logger.setLevel(settings.log_level)
    logger.propagate = False
