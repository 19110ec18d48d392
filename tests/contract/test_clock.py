"""The port Clock: the machine's, and one that is set from outside."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedhub.adapters.clock import SetClock, SystemClock, clock_from
from feedhub.errors import ConfigError
from feedhub.ports import Clock

MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize("clock", [SystemClock(), SetClock("2026-03-02T13:00:00.5+04:00")])
def test_clock_gives_an_aware_time_in_utc(clock: Clock) -> None:
    """Whatever the machine's or the value's own offset is."""
    now = clock()
    assert (now.tzinfo, now.utcoffset()) == (UTC, timedelta(0))


def test_clock_from_takes_the_machines_time_without_a_value() -> None:
    """And that moves on."""
    clock = clock_from(None)
    assert isinstance(clock, SystemClock)
    assert isinstance(clock_from(""), SystemClock)
    assert clock() <= clock()


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-03-02T09:00:00Z", MORNING),
        (" 2026-03-02T09:00:00Z\n", MORNING),
        ("2026-03-02t09:00:00z", MORNING),
        ("2026-03-02 09:00:00+00:00", MORNING),
        ("2026-03-02T13:00:00+04:00", MORNING),
        ("2026-03-02T09:00:00.25Z", MORNING + timedelta(milliseconds=250)),
        ("2026-03-02T09:00:00.123456789Z", MORNING + timedelta(microseconds=123456)),
    ],
)
def test_set_clock_stands_still_at_a_timestamp(value: str, moment: datetime) -> None:
    """RFC 3339, section 5.6."""
    clock = clock_from(value)
    assert [clock(), clock()] == [moment, moment]


@pytest.mark.parametrize("name", ["now", "2026", "2026-03-02.txt"])
def test_set_clock_reads_its_file_at_each_look(tmp_path: Path, name: str) -> None:
    """So that who plays a day moves the time of a process that runs."""
    file = tmp_path / name
    file.write_text("2026-03-02T09:00:00Z\n", encoding="utf-8")
    clock = clock_from(str(file))
    first = clock()
    file.write_text("\ufeff2026-03-02T10:00:00Z", encoding="utf-8")
    assert [first, clock()] == [MORNING, MORNING + timedelta(hours=1)]


NO_FILE = "nor a file that can be read (No such file or directory)"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("2026-03-02", f"'2026-03-02' is no RFC 3339 timestamp, {NO_FILE}"),
        ("2026-03-02T09:00:00", f"'2026-03-02T09:00:00' is no RFC 3339 timestamp, {NO_FILE}"),
        ("2026-02-30T09:00:00Z", "'2026-02-30T09:00:00Z' is no RFC 3339 timestamp"),
        ("0001-01-01T00:00:00+14:00", "'0001-01-01T00:00:00+14:00' is no RFC 3339 timestamp"),
        ("20260302T090000Z", f"'20260302T090000Z' is no RFC 3339 timestamp, {NO_FILE}"),
        ("tomorrow", f"'tomorrow' is no RFC 3339 timestamp, {NO_FILE}"),
        ("now\0", "'now\\x00' is no RFC 3339 timestamp, nor a file that can be read (embedded null byte)"),
        (" ", "'' is no RFC 3339 timestamp, nor a file that can be read (Is a directory)"),
    ],
)
def test_clock_from_tells_a_wrong_value_at_the_start(value: str, message: str) -> None:
    """With an example of a right one."""
    with pytest.raises(ConfigError) as told:
        clock_from(value)
    assert str(told.value) == f"FEEDHUB_NOW: {message} (for example 2026-03-02T09:00:00Z)"


@pytest.mark.parametrize(
    ("content", "shown"),
    [(b"", "''"), (b"\xff", "'\ufffd'"), (b"noon", "'noon'"), (b"x" * 5000, f"{'x' * 60!r}")],
)
def test_clock_from_tells_a_wrong_file(tmp_path: Path, content: bytes, shown: str) -> None:
    """Empty, binary, or something else altogether."""
    file = tmp_path / "now"
    file.write_bytes(content)
    with pytest.raises(ConfigError, match=f"{shown} is no RFC 3339 timestamp"):
        clock_from(str(file))


def test_set_clock_holds_the_last_time_while_its_file_is_empty(tmp_path: Path) -> None:
    """It is for a moment when it is written anew."""
    file = tmp_path / "now"
    file.write_text("2026-03-02T09:00:00Z", encoding="utf-8")
    clock = clock_from(str(file))
    file.write_text("", encoding="utf-8")
    assert clock() == MORNING
