"""Marks of items, by which those are known again that a body has in common with the ones before it.

A mark is 64 bits of an item as it was written: with a thousand items a feed, one new item in 10^16 is taken for an old
one. Where a body cannot be cut into its items, the mark of one is that of its digest.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Final

from feedhub.model.raw import ParsedFeed, Portion

SIZE: Final = 8
_KEPT: Final = 200
"""Marks that are kept of a small feed, so that items which vanish and return are known."""
_TIMES: Final = 2
"""Of a large one, so many times as many as it has items."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which items of a body are read: their places in it, and the marks of all that were read or skipped, in order."""

    wanted: tuple[int, ...]
    held: tuple[bytes, ...]
    more: bool


def mark(item: bytes) -> bytes:
    """The mark of an item as it was written, in UTF-8."""
    return blake2b(item, digest_size=SIZE).digest()


def choose(marks: Sequence[bytes], *, seen: bytes, most: int) -> Chosen:
    """The first `most` items whose marks are not in `seen`, each once."""
    known = {seen[at : at + SIZE] for at in range(0, len(seen), SIZE)}
    held: dict[bytes, None] = {}
    wanted: list[int] = []
    more = False
    for place, each in enumerate(marks):
        if each in held:
            continue
        if each not in known:
            if len(wanted) >= most:
                more = True
                continue
            wanted.append(place)
        held[each] = None
    return Chosen(wanted=tuple(wanted), held=tuple(held), more=more)


def portion(feed: ParsedFeed, chosen: Chosen, *, seen: bytes, total: int) -> Portion:
    """What was chosen of a feed, with the marks to know its items by from now on.

    Older marks stay behind those of this body; but where the feed withdraws entries they go, so that one that is taken
    back after that is read again.
    """
    now = frozenset(chosen.held)
    older = (seen[at : at + SIZE] for at in range(0, 0 if feed.withdrawn else len(seen), SIZE))
    kept = [*chosen.held, *(each for each in older if each not in now)]
    return Portion(feed=feed, total=total, seen=b"".join(kept[: max(_KEPT, _TIMES * total)]), more=chosen.more)


def chosen_of(feed: ParsedFeed, *, seen: bytes, most: int) -> Portion:
    """What is new in a feed that was read whole: its entries are marked by their digests."""
    chosen = choose([bytes.fromhex(entry.digest)[:SIZE] for entry in feed.entries], seen=seen, most=most)
    new = replace(feed, entries=tuple(feed.entries[place] for place in chosen.wanted))
    return portion(new, chosen, seen=seen, total=len(feed.entries))
