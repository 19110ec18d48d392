"""The digest of a raw item: over all that it says, never over where it stands or what the feed says around it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from feedhub.model.raw import RawDate, RawEntry
from feedhub.text.digest import digest

_COUNTS: Final = frozenset({"thr:total", "slash:comments"})
"""One comment more makes no newer text."""


def sealed(entry: RawEntry, *, own_base: bool = False) -> RawEntry:
    """The entry with its digest. `own_base` says that its base is its own and not the feed's address."""
    parts = [
        entry.guid,
        entry.link,
        *(entry.title.value, "01"[entry.title.html]),
        *(entry.summary.value, "01"[entry.summary.html]),
        *(entry.content.value, "01"[entry.content.html]),
        _written(entry.published),
        _written(entry.updated),
        entry.lang,
        entry.base if own_base else "",
        *_counted(entry.authors),
        *_counted(entry.tags),
        *_counted(part for m in entry.media for part in (m.url, m.media_type, str(m.length), m.title)),
        *_counted(part for origin in entry.origins for part in (origin.kind, origin.name, origin.url)),
        *(part for extra in entry.extras if extra.name not in _COUNTS for part in (extra.name, extra.value)),
    ]
    return replace(entry, digest=digest(*parts))


def _written(date: RawDate | None) -> str:
    return date.text if date else ""


def _counted(parts: Iterable[str]) -> tuple[str, ...]:
    """The parts behind their number, so that no two lists in a row can be taken for each other."""
    listed = tuple(parts)
    return (str(len(listed)), *listed)
