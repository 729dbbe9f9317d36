"""The server's log: lines for eyes, or one JSON object a line for programs, and never what anybody wrote.

Ids, kinds, places in the program and times are told. The text of an error is not, because it may quote
what was being read; nor is an address beyond the rule that it matched, because tokens stand in some.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from form_server.host_settings import LogFormat
from form_server.outlet import Outlet
from outreach_kit.places import CHECKOUT

PLAIN: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_FACTS: Final = "facts"
_TALKATIVE: Final = ("alembic.runtime.plugins", "fontTools", "waitress")
"""They tell of their own inner workings, which would bury what a host looks for."""
_QUOTING: Final = ("waitress",)
"""What they fill into their messages comes from a request."""
_QUOTED: Final = re.compile(r"(while serving|closing channel|Forwarded token:) .*", re.DOTALL)
"""What waitress has filled in by itself: the address asked for, the visitor's own, an error's words."""

_log = logging.getLogger(__name__)


def about(event: str, **facts: str | float | None) -> dict[str, object]:
    """For a log call's `extra`: the event's own name, and ids and figures beside it.

    `delivery`, `referral` and `question` are ids; what is None or empty is left out.
    """
    return {_FACTS: {"event": event, **{name: one for name, one in facts.items() if one}}}


class PlainLines(logging.Formatter):
    """A line for eyes; below it, where an error happened."""

    def __init__(self) -> None:
        super().__init__(PLAIN)

    def format(self, record: logging.LogRecord) -> str:
        told = logging.makeLogRecord(_without_quotes(record).__dict__)
        told.exc_text = None  # another handler may have left its own there, with the error's words
        return super().format(told)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's own name
        kind, _, trace = ei
        return "\n".join((*_places(trace), kind.__qualname__ if kind else ""))


class JsonLines(logging.Formatter):
    """One object a line. `process` says which of an installation's programs this is."""

    def __init__(self, process: str) -> None:
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        record = _without_quotes(record)
        facts: Mapping[str, object] = getattr(record, _FACTS, {})
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.name.rpartition(".")[2],
            "process": self._process,
            "pid": record.process,
            **facts,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__qualname__
            line["at"] = _places(record.exc_info[2])
        return json.dumps(line, ensure_ascii=True, default=str)


def keep_log(log_format: LogFormat, process: str) -> None:
    """From now on all of this process's log goes to standard error so, and uncaught errors too."""
    handler = Outlet(sys.stderr)
    handler.setFormatter(JsonLines(process) if log_format is LogFormat.JSON else PlainLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for talkative in _TALKATIVE:
        logging.getLogger(talkative).setLevel(logging.WARNING)
    threading.excepthook = _tell_of_thread
    if log_format is LogFormat.JSON:
        sys.excepthook = _tell_of_end


def _tell_of_end(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    _log.critical(
        "the process ended by %s", kind.__qualname__,
        exc_info=(kind, error, trace), extra=about("uncaught"),
    )  # fmt: skip


def _tell_of_thread(told: threading.ExceptHookArgs) -> None:
    if told.exc_type is SystemExit or told.exc_value is None:
        return
    name = told.thread.name if told.thread else "unknown"
    _log.critical(
        "the thread %s ended by %s", name, told.exc_type.__qualname__,
        exc_info=(told.exc_type, told.exc_value, told.exc_traceback), extra=about("uncaught"),
    )  # fmt: skip


def _without_quotes(record: logging.LogRecord) -> logging.LogRecord:
    """The record as it may be told; a copy, because other handlers have their own."""
    if not record.name.startswith(_QUOTING):
        return record
    told = logging.makeLogRecord(record.__dict__)
    if not all(isinstance(one, int | float) for one in record.args or ()):
        told.msg, told.args = str(record.msg).replace("%s", "…").replace("%r", "…"), None
    told.msg = _QUOTED.sub(r"\1 …", str(told.msg))
    return told


def _places(trace: TracebackType | None) -> list[str]:
    """File, line and function of each frame, outermost first; no source, and no values."""
    return [
        f"{_short(frame.filename)}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(trace)
    ]


def _short(file: str) -> str:
    path = Path(file)
    return str(path.relative_to(CHECKOUT)) if path.is_relative_to(CHECKOUT) else path.name
