"""Spans of time as people write them in settings ("90s", "15m", "6h", "7d") and as pages tell them ("15 min")."""

import re
from datetime import timedelta

_DURATION = re.compile(r"([0-9]{1,9})([smhd])", re.ASCII)
_UNITS = {"d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1), "s": timedelta(seconds=1)}
_LONGEST = timedelta(days=36_500)
"""A hundred years: beyond, dates run out."""


def read_duration(text: str) -> timedelta:
    """The span that the text means. Raises ValueError with one plain sentence."""
    found = _DURATION.fullmatch(text)
    if not found:
        raise ValueError('a duration is a whole number and a unit: "90s", "15m", "6h" or "7d"')
    span = int(found[1]) * _UNITS[found[2]]
    if span > _LONGEST:
        raise ValueError("a duration is at most 36500d")
    return span


def write_duration(span: timedelta) -> str:
    """The shortest way to write a span of whole seconds."""
    if not span:
        return "0s"
    unit, size = next((unit, size) for unit, size in _UNITS.items() if not span % size)
    return f"{span // size}{unit}"


def tell_duration(span: timedelta) -> str:
    """A wait as pages say it, in the largest unit that tells it well: "45 s", "15 min", "4 h", "3 d".

    To the nearest whole one; seven and a half are seven, since what comes sooner than it was said is no harm.
    """
    seconds = int(span.total_seconds())
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= 2 * size or (seconds >= size and seconds % size == 0):
            return f"{(2 * seconds + size - 1) // (2 * size)} {unit}"
    return f"{seconds} s"
