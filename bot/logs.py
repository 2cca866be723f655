"""Logs that say nothing about a person: an allow-list of fields, for our loggers and everybody else's.

Rasa, Sanic, aiohttp and asyncio put message texts, addresses and request bodies into log messages and
tracebacks. So all that is printed of a foreign record is its logger, its level and, for an exception,
its type and the line of code. Our own events are fixed words with fields from ALLOWED.
"""

import json
import logging
import sys
import threading
import time
import traceback
from types import TracebackType
from typing import Any, TextIO

# Every field that can ever appear in a log. A new field needs a reason and a line in docs/privacy.md.
ALLOWED = frozenset({
    "channel", "locale", "intent", "crisis", "outcome", "milliseconds", "tries", "count", "port", "status",
    "process", "reason", "version", "replies", "queue", "code",
})  # fmt: skip
OURS = "quietline"


def event(name: str, level: int = logging.INFO, **fields: Any) -> None:
    """Log one of our own events: a fixed word, and allow-listed fields with short values from a closed set."""
    unknown = fields.keys() - ALLOWED
    if unknown:
        raise ValueError(f"not on the allow-list of log fields: {sorted(unknown)}")
    logging.getLogger(OURS).log(level, name, extra={"fields": fields})


def failure(name: str) -> None:
    """Log the exception being handled, by type and place only."""
    logging.getLogger(OURS).error(name, exc_info=True, extra={"fields": {}})


class Lines(logging.Formatter):
    """A formatter that writes one JSON object per line, with nothing but what is allowed."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; the message and arguments of foreign records are never read."""
        shown: dict[str, Any] = {
            "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        if record.name == OURS:
            shown["event"] = record.msg
            shown |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[0]:
            shown["error"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])
            shown["where"] = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames[-4:]]
        return json.dumps(shown)


class _AllowListed(logging.Handler):
    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream
        self.setFormatter(Lines())

    def emit(self, record: logging.LogRecord) -> None:
        # A handler that fails would make logging print the record, message and all, to stderr.
        try:
            self._stream.write(self.format(record) + "\n")
            self._stream.flush()
        except Exception:
            return


def set_up(level: str = "info", stream: TextIO | None = None) -> None:
    """Install the allow-list at the root logger, and remove every other handler."""
    logging.raiseExceptions = False
    logging.captureWarnings(True)
    root = logging.getLogger()
    root.handlers[:] = [_AllowListed(stream or sys.stderr)]
    root.setLevel(level.upper())
    for name in list(logging.root.manager.loggerDict):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    # What nothing catches, wherever it is raised: the type and the place, never the text inside. asyncio asks a logger by itself.
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread
    sys.unraisablehook = lambda raised: _uncaught(raised.exc_type, raised.exc_value, raised.exc_traceback)


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    logging.getLogger("uncaught").error("", exc_info=(kind, error, trace))  # type: ignore[arg-type]  # there may be only a type


def _uncaught_in_thread(raised: threading.ExceptHookArgs) -> None:
    if raised.exc_type is not SystemExit:  # how a thread may end itself
        _uncaught(raised.exc_type, raised.exc_value, raised.exc_traceback)
