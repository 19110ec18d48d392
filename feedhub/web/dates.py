"""Dates and spans of time in words (the only module of the web that knows babel)."""

from datetime import UTC, datetime, timedelta

from babel.dates import format_datetime, get_timezone
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

_DAY = 1440
_HOUR = 60


class Dates:
    """Speaks one locale in one timezone. Raises LookupError where the timezone is not known."""

    def __init__(self, timezone: str, locale: str = "en_GB") -> None:
        self.zone = timezone
        self._timezone = get_timezone(timezone)
        self._locale = locale

    def moment(self, when: datetime) -> str:
        """The whole moment: "2 March 2026, 13:05"."""
        return self._format(when, "d MMMM y, HH:mm")

    def brief(self, when: datetime) -> str:
        """The moment where the year is plain: "2 Mar, 13:05"."""
        return self._format(when, "d MMM, HH:mm")

    def day(self, when: datetime) -> str:
        """The day: "Monday, 2 March 2026"."""
        return self._format(when, "EEEE, d MMMM y")

    def machine(self, when: datetime) -> str:
        """The moment as `datetime` attributes want it: "2026-03-02T09:05:00Z"."""
        return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

    def span(self, length: timedelta) -> str:
        """How long, in its two largest units: "3 hrs 5 mins"; under a minute "0 mins"."""
        minutes = int(length.total_seconds()) // 60
        days, hours, minutes = minutes // _DAY, minutes % _DAY // _HOUR, minutes % _HOUR
        parts = [(days, "duration-day"), (hours, "duration-hour"), (minutes, "duration-minute")]
        told = [part for part in parts if part[0]][:2] or parts[-1:]
        return " ".join(format_unit(number, unit, length="short", locale=self._locale) for number, unit in told)

    def number(self, value: float) -> str:
        """The number as it is read: "12,500"."""
        return str(format_decimal(value, locale=self._locale))

    def percent(self, share: float) -> str:
        """The share of one hundred: "93%" for 0.93."""
        return str(format_percent(share, locale=self._locale))

    def _format(self, when: datetime, pattern: str) -> str:
        return str(format_datetime(when, pattern, tzinfo=self._timezone, locale=self._locale))
