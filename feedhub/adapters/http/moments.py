"""Dates in the heads of replies."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_LONGEST = 40


def http_date(value: str) -> datetime | None:
    """An HTTP-date in any of its three forms (RFC 9110, section 5.6.7), None for anything else."""
    if not value or len(value) > _LONGEST:
        return None
    try:
        when = parsedate_to_datetime(value)
        return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
