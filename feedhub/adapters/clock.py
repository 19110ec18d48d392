"""The real clock, and one that can be set from outside so that days are played in minutes."""

import re
from datetime import UTC, datetime
from pathlib import Path

from feedhub.errors import ConfigError, Fault

_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


class SystemClock:
    """The machine's time."""

    def __call__(self) -> datetime:
        """Now, aware, in UTC."""
        return datetime.now(UTC)  # noqa: TID251  # this is the Clock


class SetClock:
    """The time that `FEEDHUB_NOW` names: an RFC 3339 timestamp, or a file that holds one and is read at each look.

    While the file is empty, which it is for a moment when it is written anew, the last time holds.
    """

    def __init__(self, value: str) -> None:
        self._value = value.strip()
        self._path = Path(self._value)
        self._last = ""

    def __call__(self) -> datetime:
        """The time that was set, aware, in UTC. Raises ConfigError if it cannot be read."""
        if _RFC_3339.fullmatch(self._value):
            return _moment(self._value)
        text = self._from_file() or self._last
        moment = _moment(text)
        self._last = text
        return moment

    def _from_file(self) -> str:
        try:
            with self._path.open("rb", buffering=0) as file:
                return file.read().decode("utf-8-sig", "replace").strip()
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else error
            message = f"{self._value!r} is no RFC 3339 timestamp, nor a file that can be read ({why})"
            raise ConfigError((_fault(message),)) from error


def clock_from(value: str | None) -> SystemClock | SetClock:
    """The clock for the value of `FEEDHUB_NOW`, read once so that a wrong value is told at the start."""
    if not value:
        return SystemClock()
    clock = SetClock(value)
    clock()
    return clock


def _moment(text: str) -> datetime:
    try:
        if _RFC_3339.fullmatch(text):
            return datetime.fromisoformat(text.upper()).astimezone(UTC)
    except (ValueError, OverflowError):  # the 30th of February, or before the year 1 in UTC
        pass
    raise ConfigError((_fault(f"{text[:60]!r} is no RFC 3339 timestamp"),))


def _fault(message: str) -> Fault:
    return Fault(file="FEEDHUB_NOW", line=0, column=0, message=message, hint="for example 2026-03-02T09:00:00Z")
