"""Which entries share most shingles with another: counted in memory, over what the store holds and what was put since.

A shingle that stands in hundreds of entries is furniture, or a wire story that everybody carries. It cannot be left
out, for the next copy of such a story has no other; so of each shingle only the newest POSTINGS are read, and a shingle
that has as many counts a quarter of a rarer one. That bounds the work and lets twins that share rare words come before
neighbours that share a newsletter's footer.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from feedhub.adapters.store.candidates import POSTINGS

_ENTRIES = 400
"""Entries with most shingles in common that are looked at: a wire story alone may have a hundred."""
_RARE = 4
"""What a shingle counts that less than POSTINGS entries hold; others count 1."""
_ROOM = 1 << 44
"""More than any entry's number: the weight and the number of an entry are put in order as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Entries that share shingles: those that count most first, then the older ones; their places in that order.

    `weights` says what they count, `shared` how many shingles they share.
    """

    order: list[int]
    places: Mapping[int, int]
    weights: Mapping[int, int]
    shared: Mapping[int, int]

    def stretch(self, start: int, least: int) -> int:
        """Where to stop so that at least so many entries have come and none that follows counts as much."""
        end, size = start + least, len(self.order)
        while end < size and self.weights[self.order[end]] == self.weights[self.order[end - 1]]:
            end += 1
        return min(end, size)


_NONE = Ranking(order=[], places={}, weights={}, shared={})


@dataclass(slots=True)
class Postings:
    """By shingle the entries that hold it: the newest that are stored, newest first, and those put since, newest last.

    Entries seen before the window are numbers below zero: they take their place among the newest, and count nothing.
    """

    stored: Mapping[int, list[int]]
    put: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def post(self, hashes: Sequence[int], number: int) -> None:
        """Put an entry."""
        for each in hashes:
            self.put[each].append(number)

    def moved(self, hashes: Sequence[int]) -> bool:
        """Whether any entry with one of these shingles was put."""
        return not self.put.keys().isdisjoint(hashes)

    def rank(self, hashes: Sequence[int]) -> Ranking:
        """The entries that hold any of these shingles."""
        rare, common = self._met(hashes)
        if not rare and not common:
            return _NONE
        shared = Counter(rare + common)
        weights = dict(shared)
        for number, count in Counter(rare).items():
            weights[number] += (_RARE - 1) * count
        codes = sorted([number - weight * _ROOM for number, weight in weights.items() if number > 0])
        order = [code % _ROOM for code in codes[:_ENTRIES]]
        return Ranking(
            order=order, places=dict(zip(order, range(_ENTRIES), strict=False)), weights=weights, shared=shared
        )

    def _met(self, hashes: Sequence[int]) -> tuple[list[int], list[int]]:
        """The entries of rare shingles and those of common ones, each as often as it holds one."""
        rare: list[int] = []
        common: list[int] = []
        for each in hashes:
            stored, put = self.stored.get(each, ()), self.put.get(each, ())
            if len(stored) + len(put) < POSTINGS:
                rare += stored
                rare += put
            else:
                newest = put[-POSTINGS:]
                common += newest
                common += stored[: POSTINGS - len(newest)]
        return rare, common
