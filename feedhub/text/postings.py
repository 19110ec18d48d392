"""Which of many samples have most in common with another: an inverted index in memory.

A sample is some numbers of a text (see `shingles.sample`); of each, the smallest KEPT are posted, as keys of 32 bits.
The index is never changed, only followed by one that has more. It is made of segments, as Lucene's is: sorted arrays,
each about as long as all that come after it, so that adding is cheap and an answer takes a search in a few of them.

A key that stands in hundreds of samples is furniture, or a wire story that everybody carries. It cannot be left out,
for the next copy of such a story has no other; so of each key only the newest HOLDERS are looked at, and one that has
as many counts a quarter of a rarer one. That bounds the work and lets twins that share rare words come before
neighbours that share a newsletter's footer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

KEPT = 48
"""Keys of a sample: all of a short text's. Of 8,518 pairs of copies in 15 languages `find` loses one by it."""
HOLDERS = 128
"""Samples looked at for one key: with a window of three days, what a busy agency sends in one."""
MOST = 400
"""Samples given for one at most: a wire story alone may have a hundred."""

_RARE = 4
"""What a key counts that fewer samples have than are looked at; others count 1."""
_PART = 0.06
"""What shares less of the smaller sample is near by chance: copies share a quarter or more."""
_SEALED = 1 << 21
"""Keys of a segment that is merged no more: 16 MB; what is too old leaves by whole segments."""
_GROWTH = 3
"""A segment is merged with the one before it until that is so many times as long."""

_STIR = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)

_Numbers = npt.NDArray[np.uint64]
_Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A sample as it is posted: whose it is, when that was seen (seconds), its whole size, and its packed keys."""

    number: int
    seen: float
    size: int
    keys: bytes


class Hit(NamedTuple):
    """A sample that shares enough: whose it is, and what the keys in common count."""

    number: int
    weight: int


def keys_of(sample: bytes) -> bytes:
    """The keys that are posted for a sample of ascending numbers: a product's upper half each, 4 bytes."""
    some = np.frombuffer(sample, dtype="<u8", count=min(KEPT, len(sample) // 8))
    return ((some * _STIR) >> _HALF).astype("<u4").tobytes()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Segment:
    """Some samples. A code is a key and, in its lower half, the place of a sample that has it; codes ascend."""

    codes: _Numbers
    numbers: _Counts
    sizes: _Counts
    seen: npt.NDArray[np.float64]
    latest: float

    def before(self, other: "_Segment") -> "_Segment":
        """Both in one, the other's samples as the newer ones."""
        codes = np.concatenate((self.codes, other.codes + np.uint64(self.numbers.size)))
        codes.sort(kind="stable")
        return _Segment(
            codes=codes,
            numbers=np.concatenate((self.numbers, other.numbers)),
            sizes=np.concatenate((self.sizes, other.sizes)),
            seen=np.concatenate((self.seen, other.seen)),
            latest=max(self.latest, other.latest),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """The samples of all entries that are still of interest, the oldest first."""

    _segments: tuple[_Segment, ...] = field(default=())

    def plus(self, posts: Sequence[Post]) -> "Postings":
        """These, and newer ones; a sample without a key is never found, and left out."""
        some = [one for one in posts if one.keys]
        if not some:
            return self
        segments, last = list(self._segments), _segment(some, *_together(some))
        while segments and segments[-1].codes.size < min(_SEALED, _GROWTH * last.codes.size):
            last = segments.pop().before(last)
        return Postings((*segments, last))

    def since(self, moment: float) -> "Postings":
        """Without segments that hold nothing seen since."""
        kept = tuple(one for one in self._segments if one.latest >= moment)
        return self if len(kept) == len(self._segments) else Postings(kept)

    def find(self, asked: Sequence[Post], *, since: float) -> list[list[Hit]]:
        """For each of some samples, those seen since that share enough of it, most first, then by number.

        Of each key the newest HOLDERS are looked at; what was seen before takes its place among them, and is not
        given. A sample finds itself too.
        """
        return self._found(asked, *_together(asked), since=since, holders=HOLDERS)

    @classmethod
    def mates(cls, posts: Sequence[Post], *, since: float) -> list[list[Hit]]:
        """For each of some samples those among themselves, as `find` gives them, however many hold a key.

        Most keys are no other's: they are left out at once, and so a sample without mates does not find itself.
        """
        keys, places = _together(posts)
        order = np.argsort(keys, kind="stable")
        twice = keys[order[1:]] == keys[order[:-1]]
        common = np.zeros(keys.size, np.bool_)
        common[order[1:]] |= twice
        common[order[:-1]] |= twice
        keys, places = keys[common], places[common]
        if not keys.size:
            return [[] for _ in posts]
        together = cls((_segment(posts, keys, places),))
        return together._found(posts, keys, places, since=since, holders=len(posts) + 1)

    def _found(
        self, asked: Sequence[Post], keys: npt.NDArray[np.uint32], askers: _Counts, *, since: float, holders: int
    ) -> list[list[Hit]]:
        """What is found by these keys, each with the place of the sample that asks for it."""
        wanted, which = np.unique(keys, return_inverse=True)
        found = self._held(wanted.astype(np.uint64) << _HALF, since, holders)
        if found is None:
            return [[] for _ in asked]
        pairs = _Pairs.of(found, askers=askers, which=which)
        return pairs.best(np.array([one.size for one in asked], np.int64))

    def _held(self, wanted: _Numbers, since: float, holders: int) -> "_Found | None":
        """Which samples have the keys; None where none has any."""
        room = np.full(wanted.size, holders, np.int64)
        held = np.zeros(wanted.size, np.int64)
        parts = []
        for segment in reversed(self._segments):
            codes = segment.codes
            first = np.searchsorted(codes, wanted)
            (hit,) = np.nonzero(codes[np.minimum(first, codes.size - 1)] >> _HALF == wanted >> _HALF)
            if not hit.size:
                continue
            last = np.searchsorted(codes, wanted[hit] | _LOW, side="right")
            there = last - first[hit]
            taken = np.minimum(there, room[hit])
            held[hit] += there
            room[hit] -= taken
            places = (codes[_stretches(last - taken, taken)] & _LOW).astype(np.int64)
            fresh = segment.seen[places] >= since
            parts.append((np.repeat(hit, taken)[fresh], segment.numbers[places[fresh]], segment.sizes[places[fresh]]))
        if not parts:
            return None
        keys, numbers, sizes = (np.concatenate(some) for some in zip(*parts, strict=True))
        return _Found(keys=keys, numbers=numbers, sizes=sizes, counts=np.where(held < holders, _RARE, 1)[keys])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Found:
    """A row for each key that a sample was found by: which key, whose sample, its size, what the key counts."""

    keys: _Counts
    numbers: _Counts
    sizes: _Counts
    counts: _Counts


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Pairs:
    """A row for each sample that has a key in common with an asking one: what they share, what that counts."""

    askers: _Counts
    numbers: _Counts
    sizes: _Counts
    shared: _Counts
    weights: _Counts

    @classmethod
    def of(cls, found: _Found, *, askers: _Counts, which: _Counts) -> "_Pairs":
        """From what was found for keys, each of which several may have asked for."""
        order = np.argsort(which, kind="stable")
        times = np.bincount(which)
        starts = np.cumsum(times) - times
        rows = np.repeat(np.arange(found.keys.size), times[found.keys])
        asking = askers[order[_stretches(starts[found.keys], times[found.keys])]]
        numbers, number = np.unique(found.numbers[rows], return_inverse=True)
        _, first, group = np.unique(asking * numbers.size + number, return_index=True, return_inverse=True)
        return cls(
            askers=asking[first],
            numbers=found.numbers[rows][first],
            sizes=found.sizes[rows][first],
            shared=np.bincount(group),
            weights=np.bincount(group, weights=found.counts[rows]).astype(np.int64),
        )

    def best(self, sizes: _Counts) -> list[list[Hit]]:
        """By asking sample, whose sizes are given, those that share enough."""
        mine = sizes[self.askers]
        less, more = np.minimum(mine, self.sizes), np.maximum(mine, self.sizes)
        (enough,) = np.nonzero(self.shared >= _PART * less * np.minimum(1, KEPT / np.maximum(more, 1)))
        order = enough[np.lexsort((self.numbers[enough], -self.weights[enough], self.askers[enough]))]
        ends = np.cumsum(np.bincount(self.askers[order], minlength=sizes.size)).tolist()
        hits = list(map(Hit, self.numbers[order].tolist(), self.weights[order].tolist()))
        return [hits[start : min(end, start + MOST)] for start, end in zip([0, *ends], ends, strict=False)]


def _segment(posts: Sequence[Post], keys: npt.NDArray[np.uint32], places: _Counts) -> _Segment:
    """These samples by these keys of theirs."""
    codes = (keys.astype(np.uint64) << _HALF) | places.astype(np.uint64)
    codes.sort()
    return _Segment(
        codes=codes,
        numbers=np.array([one.number for one in posts], np.int64),
        sizes=np.array([one.size for one in posts], np.int64),
        seen=np.array([one.seen for one in posts], np.float64),
        latest=max(one.seen for one in posts),
    )


def _together(posts: Iterable[Post]) -> tuple[npt.NDArray[np.uint32], _Counts]:
    """The keys of all, and by key the place of its sample."""
    packed = [one.keys for one in posts]
    lengths = np.array([len(one) // 4 for one in packed], np.int64)
    return np.frombuffer(b"".join(packed), dtype="<u4"), np.repeat(np.arange(lengths.size), lengths)


def _stretches(starts: _Counts, lengths: _Counts) -> _Counts:
    """The places of stretches: of (5, 9) and (2, 3) they are 5, 6, 9, 10, 11."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if ends.size else 0
    return np.repeat(starts - ends + lengths, lengths) + np.arange(total)
