"""How a log line looks: time, level, event, and the facts as key=value, or all of it as one JSON object.

What sources send comes up in facts and tracebacks: nothing in it may start a line of its own or speak to a terminal.
"""

import json
import logging
import math
import sys
from datetime import UTC, datetime

_BUILT_IN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_OUR_OWN = "feedhub"
_LONGEST = 2000
"""Characters of one fact; beyond that it is a body, and bodies are not logged."""


def set_up_logs(*, level: str, as_json: bool) -> None:
    """Log to standard error from now on; libraries only speak up when something is wrong."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLine() if as_json else TextLine())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(_OUR_OWN).setLevel(level.upper())


class TextLine(logging.Formatter):
    """`2026-03-02T09:00:00Z info source polled source=tass new=3`."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, and the traceback on lines of its own, indented, if there is one."""
        words = [_moment(record), record.levelname.lower(), _harmless(record.getMessage())]
        words += [f"{name}={_word(str(value))}" for name, value in _facts(record).items()]
        trace = self.formatException(record.exc_info).splitlines() if record.exc_info else []
        return "\n".join([" ".join(words), *(f"    {_harmless(line)}" for line in trace)])


class JsonLine(logging.Formatter):
    """One JSON object a line, for machines."""

    def format(self, record: logging.LogRecord) -> str:
        """The object as text without line ends."""
        line: dict[str, object] = {"at": _moment(record), "level": record.levelname.lower()}
        line["event"] = record.getMessage()
        line |= {name: _plain(value) for name, value in _facts(record).items() if name not in line}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return _harmless(json.dumps(line, ensure_ascii=False))


def _facts(record: logging.LogRecord) -> dict[str, object]:
    facts = {name: value for name, value in vars(record).items() if name not in _BUILT_IN}
    return facts if record.name.partition(".")[0] == _OUR_OWN else {"logger": record.name} | facts


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    return _cut(str(value))


def _word(text: str) -> str:
    """As it is where it is one word, else in quotation marks."""
    text = _cut(text)
    is_word = text.isprintable() and not {" ", '"', "="} & set(text)
    return text if text and is_word else _harmless(json.dumps(text, ensure_ascii=False))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def _harmless(text: str) -> str:
    r"""Without line ends, escape sequences and marks that turn the direction of writing: those as `\u202e`."""
    return "".join(mark if mark.isprintable() else json.dumps(mark)[1:-1] for mark in text)
