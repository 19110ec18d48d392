"""Which entries are worth a comparison: a glance at fingerprints and markup, before any text is read."""

from collections.abc import Sequence
from typing import Protocol

from feedhub.model.entry import Origin
from feedhub.model.reading import ReadEntry
from feedhub.model.story import Neighbour

MOST = 24
"""Entries that are compared; those that share most come first, and a text has few true copies among stories."""
_NEAR = 0.12
"""Copies share a quarter of the smaller fingerprint or more, one in two hundred excepted; most others 0.02."""
_NUMBER = 8
"""Bytes of one shingle in a fingerprint."""


class Linked(Protocol):
    """What has an address and names those of others."""

    @property
    def link(self) -> str:
        """Where its text is read."""

    @property
    def canonical(self) -> str:
        """The same without what varies."""

    @property
    def lang(self) -> str | None:
        """Its language."""

    @property
    def origins(self) -> tuple[Origin, ...]:
        """Where its markup says that it was taken from."""


def near(read: ReadEntry, neighbours: Sequence[Neighbour]) -> tuple[Neighbour, ...]:
    """The first 24 that a comparison can find anything in: by an exact key, a named source, or what they share."""
    mine = read.fingerprint.shingles
    found = [
        other
        for other in neighbours
        if other.exact
        or is_near(mine, other.shingles, shared=other.shared)
        or has_link(read, other)
        or names_source(read.entry, other)
    ]
    return tuple(found[:MOST])


def is_near(one: bytes, other: bytes, *, shared: int) -> bool:
    """Whether two fingerprints that have so many shingles in common share enough of the smaller one."""
    return shared * _NUMBER >= _NEAR * min(len(one), len(other)) > 0


def has_link(read: ReadEntry, other: Linked) -> bool:
    """Whether the two have one canonical link."""
    return "" != read.entry.canonical == other.canonical


def names_source(one: Linked, other: Linked) -> bool:
    """Whether the markup of one names the other's article as its source, in another language: a translation."""
    if not one.origins and not other.origins:
        return False
    return _tongue(one) != _tongue(other) and (_names(one, other) or _names(other, one))


def has_path(address: str) -> bool:
    """Whether an address names more than a site."""
    return bool(address.partition("://")[2].partition("/")[2].partition("#")[0])


def _names(one: Linked, other: Linked) -> bool:
    named = {origin.url for origin in one.origins if has_path(origin.url)}
    return not named.isdisjoint({other.link, other.canonical})


def _tongue(one: Linked) -> str:
    return (one.lang or "").partition("-")[0].lower()
