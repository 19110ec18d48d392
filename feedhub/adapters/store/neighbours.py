"""Which stories are near an entry: found by exact keys, then by shingles in common, with bounded work.

A story is handed over by its earliest entry, and by its nearest one too if that is another: a cut under a new headline
may be like the one copy that has both and like nothing else. The earliest alone would make stories depend on the order
in which entries arrive.

The store is asked for many entries at once. Those that are put into stories meanwhile are added here, so that each
entry finds what it would have found had all before it been stored one by one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from feedhub.adapters.store import candidates as asked
from feedhub.adapters.store.candidates import POSTINGS, Home, Member
from feedhub.adapters.store.codec import plain
from feedhub.adapters.store.ranking import Postings, Ranking
from feedhub.adapters.store.rows import POSTED, hashes, mark_of
from feedhub.adapters.store.work import Work
from feedhub.model.keys import EntryKey, StoryKey
from feedhub.model.reading import ReadEntry
from feedhub.model.story import Neighbour
from feedhub.text.shingles import shared_with

ASKED = 128
"""Shingles that are looked for: at most 16,000 postings are then read."""
_FIRST = 40
"""Entries that share most and are traced to their stories at a time: seldom are more stories wanted."""
_PART = 0.06
"""What shares less of the smaller fingerprint is near by chance, as its story will be: the earliest entry will do."""
_NUMBER = 8
"""Bytes of a shingle in a fingerprint."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ask:
    """By what the neighbours of an entry are found."""

    read: ReadEntry
    hashes: Sequence[int]
    mark: int | None
    canonical: str
    body: str | None
    ranking: Ranking


@dataclass(frozen=True, slots=True, kw_only=True)
class _Near:
    """The stories near an entry, in order; by story the entry that has an exact key, and the one that shares most."""

    order: tuple[StoryKey, ...]
    exact: dict[StoryKey, int]
    sharing: dict[StoryKey, int]
    ranking: Ranking


class Neighbourhood:
    """What is near some entries that are about to be placed: at most `limit` stories that run since a moment, each."""

    def __init__(self, work: Work, reads: Sequence[ReadEntry], *, since: datetime, limit: int) -> None:
        self._work, self._since, self._limit = work, since, limit
        self._homes: dict[int, Home | None] = {}
        self._opened: dict[StoryKey, datetime] = {}
        self._running: set[StoryKey] = set()
        self._members: dict[StoryKey, dict[int, Member]] = {}
        self._put: defaultdict[int | str, list[int]] = defaultdict(list)
        self._asks = self._asked(reads)
        self._look_ahead()

    def suits(self, read: ReadEntry, *, since: datetime, limit: int) -> bool:
        """Whether it was made for this entry, which is near what it was near then, or was put since."""
        ask = self._asks.get(read.entry.key)
        return ask is not None and ask.read is read and (since, limit) == (self._since, self._limit)

    def of(self, read: ReadEntry) -> tuple[Neighbour, ...]:
        """The entries by which the stories near this one may be compared (see EntryRows.candidates)."""
        near = self._near(self._asks[read.entry.key])
        self._meet(near.order)
        return tuple(one for story in near.order for one in self._telling(read, story, near))

    def open(self, story: StoryKey, opened: datetime) -> None:
        """Know of a new story."""
        self._opened[story] = opened
        self._members[story] = {}

    def put(self, number: int, read: ReadEntry, story: StoryKey) -> None:
        """Know that this entry, the newest of all, is in that story."""
        item, runs = read.entry, read.entry.seen >= self._since
        self._postings.post(hashes(read.fingerprint.shingles, POSTED), number if runs else -number)
        for key in (mark_of(item.canonical), read.fingerprint.body):
            if key is not None:
                self._put[key].append(number)
        if runs:
            self._running.add(story)
        if story in self._opened:
            self._homes[number] = Home(item.key, item.seen, plain(item.canonical), story)
        if story in self._members:
            self._members[story][number] = _member(number, read)

    def _asked(self, reads: Sequence[ReadEntry]) -> dict[EntryKey, _Ask]:
        """What is asked for each entry, and the answers of the store for all of them."""
        wanted = [hashes(read.fingerprint.shingles, ASKED) for read in reads]
        marks = [mark_of(read.entry.canonical) for read in reads]
        bodies = {read.fingerprint.body for read in reads if read.fingerprint.body}
        holders = asked.holders(self._work, {number for some in wanted for number in some}, self._since)
        self._postings = Postings(holders)
        self._twins = asked.twins(self._work, {mark for mark in marks if mark is not None}, bodies)
        return {
            read.entry.key: _Ask(
                read=read,
                hashes=some,
                mark=mark,
                canonical=plain(read.entry.canonical),
                body=read.fingerprint.body,
                ranking=self._postings.rank(some),
            )
            for read, some, mark in zip(reads, wanted, marks, strict=True)
        }

    def _look_ahead(self) -> None:
        """Ask in two questions for what most of the entries will want to know of those that they were found with."""
        rankings = [ask.ranking for ask in self._asks.values()]
        first = {number for ranking in rankings for number in ranking.order[: ranking.stretch(0, _FIRST)]}
        self._trace(first.union(*self._twins.values()))
        self._meet({story for ask in self._asks.values() for story in self._near(ask).order})

    def _near(self, ask: _Ask) -> _Near:
        ranking = self._postings.rank(ask.hashes) if self._postings.moved(ask.hashes) else ask.ranking
        exact, sharing = self._exact(ask), self._sharing(ask, ranking)
        order = tuple(dict.fromkeys((*exact, *sharing)))[: self._limit]
        return _Near(order=order, exact=exact, sharing=sharing, ranking=ranking)

    def _exact(self, ask: _Ask) -> dict[StoryKey, int]:
        """Running stories that hold an entry with the same canonical link, or else the same body, each with it."""
        linked = ((number, home) for number, home in self._with(ask.mark, ask) if home.canonical == ask.canonical)
        best: dict[StoryKey, tuple[int, datetime, EntryKey, int]] = {}
        for strength, found in enumerate((linked, self._with(ask.body, ask))):
            for number, home in found:
                if home.story in self._running:
                    rank = strength, home.seen, home.key, number
                    best[home.story] = min(rank, best.get(home.story, rank))
        order = sorted(best, key=lambda story: (best[story][0], self._opened[story], story))
        return {story: best[story][-1] for story in order[: self._limit]}

    def _with(self, key: int | str | None, ask: _Ask) -> Iterator[tuple[int, Home]]:
        """The newest entries that have an exact key, but the asking one itself."""
        if key is None or (key not in self._put and key not in self._twins):
            return
        numbers = (*reversed(self._put.get(key, ())), *self._twins.get(key, ()))
        self._trace(numbers)
        found = ((number, self._homes[number]) for number in numbers)
        others = [(number, home) for number, home in found if home is None or home.key != ask.read.entry.key]
        yield from ((number, home) for number, home in others[:POSTINGS] if home is not None)

    def _sharing(self, ask: _Ask, ranking: Ranking) -> dict[StoryKey, int]:
        """The stories of the entries that share most, the nearest first, each with the entry of it that does."""
        weights: dict[StoryKey, int] = {}
        found: dict[StoryKey, int] = {}
        start, end = 0, 0
        while end < len(ranking.order) and len(weights) < self._limit:
            start, end = end, ranking.stretch(end, _FIRST)
            some = ranking.order[start:end]
            self._trace(some)
            for number in some:
                home = self._homes[number]
                if home is not None and home.key != ask.read.entry.key:
                    weights.setdefault(home.story, ranking.weights[number])
                    found.setdefault(home.story, number)
        order = sorted(weights, key=lambda story: (-weights[story], story))[: self._limit]
        self._meet(order)
        return {story: _nearest(ask, ranking, self._members[story], first=found[story]) for story in order}

    def _telling(self, read: ReadEntry, story: StoryKey, near: _Near) -> Iterator[Neighbour]:
        """The earliest entry of a story, and the nearest one if it is nearer: of a hundred equal copies one says it."""
        members = self._members[story]
        shared = near.ranking.shared[near.sharing[story]] if story in near.sharing else 0
        first = min((one for one in members.values() if one.key != read.entry.key), key=lambda one: (one.seen, one.key))
        other = members.get(near.exact.get(story, near.sharing.get(story, 0)), first)
        yield _neighbour(read, first, story=story, shared=shared)
        if other is not first and (story in near.exact or _is_near(read, other, shared)):
            less, more = _nearness(read, first, other)
            if more > less:
                yield _neighbour(read, other, story=story, shared=shared)

    def _trace(self, entries: Collection[int]) -> None:
        """Find out in which stories these entries are, where it is not known."""
        unknown = [number for number in entries if number not in self._homes]
        if not unknown:
            return
        self._homes.update(dict.fromkeys(unknown))
        for row in asked.homes(self._work, unknown, self._since):
            story = StoryKey(row.story)
            self._homes[row.id] = Home(EntryKey(row.key), row.seen, row.canonical, story)
            self._opened[story] = row.opened
            if row.runs:
                self._running.add(story)

    def _meet(self, stories: Collection[StoryKey]) -> None:
        """Read the entries of these stories, where they are not known."""
        unknown = [story for story in stories if story not in self._members]
        for story in unknown:
            self._members[story] = {}
        for story, member in asked.members(self._work, unknown):
            self._members[story][member.number] = member


def _nearest(ask: _Ask, ranking: Ranking, members: Mapping[int, Member], *, first: int) -> int:
    """The entry of a story that shares most; of several the first of the ranking, which is at least `first`."""
    if len(members) == 1:
        return first
    mine = ask.read.entry.key
    some = {number for number, one in members.items() if one.key != mine and number in ranking.places}
    return min(some | {first}, key=lambda number: (-ranking.shared[number], ranking.places[number]))


def _member(number: int, read: ReadEntry) -> Member:
    item = read.entry
    return Member(
        number=number,
        key=item.key,
        seen=item.seen,
        canonical=plain(item.canonical),
        link=plain(item.link),
        lang=item.lang,
        origins=item.origins,
        body=read.fingerprint.body,
        shingles=read.fingerprint.shingles,
    )


def _is_near(read: ReadEntry, other: Member, shared: int) -> bool:
    """Whether enough of the smaller fingerprint is shared, judged by the ASKED smallest shingles."""
    less, more = (size // _NUMBER for size in sorted((len(read.fingerprint.shingles), len(other.shingles))))
    return shared >= _PART * less * min(1, ASKED / max(1, more))


def _nearness(read: ReadEntry, *others: Member) -> list[tuple[bool, bool, int]]:
    """How near each is: a link in common is more than a body, a body more than any number of shingles."""
    counts = shared_with(read.fingerprint.shingles, [one.shingles for one in others])
    keys = [_key_in_common(read, one) for one in others]
    return [(key == "link", key == "body", count) for key, count in zip(keys, counts, strict=True)]


def _neighbour(read: ReadEntry, one: Member, *, story: StoryKey, shared: int) -> Neighbour:
    return Neighbour(
        story=story,
        entry=one.key,
        shingles=one.shingles,
        link=one.link,
        canonical=one.canonical,
        lang=one.lang,
        origins=one.origins,
        shared=shared,
        exact=_key_in_common(read, one),
    )


def _key_in_common(read: ReadEntry, one: Member) -> str:
    """Which exact key the two have in common: `link`, `body`, or none."""
    if "" != one.canonical == plain(read.entry.canonical):
        return "link"
    return "body" if one.body is not None and one.body == read.fingerprint.body else ""
