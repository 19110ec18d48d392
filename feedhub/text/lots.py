"""Chance that comes out the same each time: what is drawn by a name is always that name's."""

from typing import Final

from feedhub.text.digest import digest

_DIGITS: Final = 13
_SPAN: Final = 16**_DIGITS
"""52 bits: as many as a float between 0 and 1 keeps apart."""


def lot(*parts: str) -> float:
    """A number from 0 up to, not including, 1: the same for the same parts, spread evenly over different ones."""
    return int(digest(*parts)[:_DIGITS], 16) / _SPAN
