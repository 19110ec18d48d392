"""How a log line looks: one line, whatever sources put into it."""

import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest

from feedhub.logs import JsonLine, TextLine, set_up_logs

CREATED = 1772442000.75


def a_record(
    message: str = "source polled", *facts: tuple[str, object], name: str = "feedhub.flows"
) -> logging.LogRecord:
    """A record of 2 March 2026, 09:00:00 UTC."""
    base = {"name": name, "levelname": "INFO", "levelno": logging.INFO, "msg": message, "created": CREATED}
    return logging.makeLogRecord(base | dict(facts))


def with_traceback(message: str) -> logging.LogRecord:
    """A record of an exception with this message."""
    return a_record("tick failed", ("exc_info", (ValueError, ValueError(message), None)))


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ({}, "2026-03-02T09:00:00Z info source polled"),
        ({"source": "tass", "new": 3}, "2026-03-02T09:00:00Z info source polled source=tass new=3"),
        ({"fault": ""}, '2026-03-02T09:00:00Z info source polled fault=""'),
        ({"fault": "no feed"}, '2026-03-02T09:00:00Z info source polled fault="no feed"'),
        ({"fault": 'a"b'}, '2026-03-02T09:00:00Z info source polled fault="a\\"b"'),
        ({"fault": "a=b"}, '2026-03-02T09:00:00Z info source polled fault="a=b"'),
        ({"title": "Паром"}, "2026-03-02T09:00:00Z info source polled title=Паром"),
        ({"fault": "x\ny\r\tz"}, '2026-03-02T09:00:00Z info source polled fault="x\\ny\\r\\tz"'),
        ({"fault": "\x1b[2J"}, '2026-03-02T09:00:00Z info source polled fault="\\u001b[2J"'),
        ({"fault": "\x9b2J\u202e\u2028"}, '2026-03-02T09:00:00Z info source polled fault="\\u009b2J\\u202e\\u2028"'),
        ({"fault": "\ud800"}, '2026-03-02T09:00:00Z info source polled fault="\\ud800"'),
    ],
)
def test_text_line_is_one_line_with_the_facts_behind(facts: dict[str, object], line: str) -> None:
    """What could start a line of its own, or speak to the terminal, is written out."""
    assert TextLine().format(a_record("source polled", *facts.items())) == line


def test_text_line_cuts_a_fact_that_is_a_body() -> None:
    """It would fill the disk."""
    line = TextLine().format(a_record("source polled", ("fault", "x" * 3000)))
    assert line == f"2026-03-02T09:00:00Z info source polled fault={'x' * 2000}..."


def test_text_line_names_the_library_that_speaks() -> None:
    """Its messages are not ours to know."""
    line = TextLine().format(a_record("odd\nthing", name="alembic.env"))
    assert line == "2026-03-02T09:00:00Z info odd\\nthing logger=alembic.env"


def test_text_line_has_the_traceback_below_and_indented() -> None:
    """So that no line of it can be taken for an event."""
    first, *trace = TextLine().format(with_traceback("a\n2026-03-02T09:00:00Z info all is well\x1b[2J")).splitlines()
    assert first == "2026-03-02T09:00:00Z info tick failed"
    assert {line[:4] for line in trace} == {"    "}
    assert trace[-1] == "    2026-03-02T09:00:00Z info all is well\\u001b[2J"


def test_json_line_is_one_object() -> None:
    """Numbers stay numbers, nothing stays nothing; all else is text."""
    facts = {"source": "tass", "new": 3, "share": 0.5, "odd": float("nan"), "done": True, "why": None, "of": ("a",)}
    line = JsonLine().format(a_record("source polled", *facts.items()))
    assert "\n" not in line
    assert json.loads(line) == {
        "at": "2026-03-02T09:00:00Z",
        "level": "info",
        "event": "source polled",
        "source": "tass",
        "new": 3,
        "share": 0.5,
        "odd": "nan",
        "done": True,
        "why": None,
        "of": "('a',)",
    }


def test_json_line_keeps_its_own_words() -> None:
    """A fact of the same name is left out rather than taken for the event."""
    facts = {"event": "forged", "level": "error", "fault": "\x1b\u2028\u202e\ud800"}
    record = a_record("source polled", *facts.items())
    line = JsonLine().format(record)
    assert line.isprintable()
    assert json.loads(line) == {
        "at": "2026-03-02T09:00:00Z",
        "level": "info",
        "event": "source polled",
        "fault": "\x1b\u2028\u202e\ud800",
    }


def test_json_line_has_the_traceback_within() -> None:
    """As one text."""
    line = json.loads(JsonLine().format(with_traceback("odd")))
    assert line["traceback"].splitlines()[-1] == "ValueError: odd"


@pytest.fixture
def loggers() -> Iterator[None]:
    """Puts the loggers of the process back as they were."""
    root, ours = logging.getLogger(), logging.getLogger("feedhub")
    handlers, level, our_level = root.handlers[:], root.level, ours.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    ours.setLevel(our_level)


@pytest.mark.usefixtures("loggers")
@pytest.mark.parametrize("as_json", [True, False])
def test_set_up_logs_lets_us_speak_from_the_level_on_and_libraries_warn(
    monkeypatch: pytest.MonkeyPatch, *, as_json: bool
) -> None:
    """However often it is called, a line comes once."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    set_up_logs(level="info", as_json=as_json)
    set_up_logs(level="info", as_json=as_json)
    logging.getLogger("feedhub.flows").info("source polled")
    logging.getLogger("feedhub.flows").debug("source looked at")
    logging.getLogger("alembic").info("context impl")
    logging.getLogger("alembic").warning("odd")
    lines = stream.getvalue().splitlines()
    assert [("polled" in line, "odd" in line, line.startswith("{")) for line in lines] == [
        (True, False, as_json),
        (False, True, as_json),
    ]
