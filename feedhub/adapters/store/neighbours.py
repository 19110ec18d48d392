"""Which stories are near an entry: found by exact keys, then by shingles in common, with bounded work.

A story is handed over by its earliest entry, and by its nearest one too if that is another: a cut under a new headline
may be like the one copy that has both and like nothing else. The earliest alone would make stories depend on the order
in which entries arrive.

The index and the store are asked for many entries at once. Those that are put into stories meanwhile are added here, so
that each entry finds what it would have found had all before it been stored one by one, and nothing has to be written
before it can be found.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from feedhub.adapters.store import candidates as asked
from feedhub.adapters.store.candidates import POSTINGS, Home, Member
from feedhub.adapters.store.codec import plain
from feedhub.adapters.store.index import as_post
from feedhub.adapters.store.reads import Reads
from feedhub.adapters.store.rows import mark_of
from feedhub.adapters.store.telling import member, telling
from feedhub.model.keys import EntryKey, StoryKey
from feedhub.model.reading import ReadEntry
from feedhub.model.story import Candidate, Neighbour
from feedhub.ports import Near
from feedhub.text.postings import Hit, Postings

_FIRST = 40
"""Entries that share most and are traced to their stories at a time: seldom are more stories wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ask:
    """By what the neighbours of an entry are found: its place among those asked for, exact keys, and what shares most.

    `hits` are entries that stand, `mates` the places of others that are asked for.
    """

    read: ReadEntry
    place: int
    mark: int | None
    canonical: str
    body: str | None
    hits: Sequence[Hit]
    mates: Sequence[Hit]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Near:
    """The stories near an entry, in order; by story the entry that has an exact key, and those that share most."""

    order: tuple[StoryKey, ...]
    exact: dict[StoryKey, int]
    sharing: dict[StoryKey, list[int]]


class Neighbourhood:
    """What is near some entries that are about to be placed: at most `limit` stories that run since a moment, each.

    `near` chooses by which entries of theirs they are told.
    """

    def __init__(
        self,
        known: Reads,
        postings: Postings,
        reads: Sequence[ReadEntry],
        *,
        since: datetime,
        limit: int,
        near: Near | None,
    ) -> None:
        self._work, self._known = known.work, known
        self._since, self._limit, self._choose = since, limit, near
        self._homes: dict[int, Home | None] = {}
        self._opened: dict[StoryKey, datetime] = {}
        self._locked: set[StoryKey] = set()
        self._running: set[StoryKey] = set()
        self._members: dict[StoryKey, dict[int, Member]] = {}
        self._put: defaultdict[int | str, list[int]] = defaultdict(list)
        self._numbers: dict[int, int] = {}
        self._twins: dict[int | str, list[int]] = {}
        self._foreseen: dict[EntryKey, Sequence[Neighbour]] = {}
        self._asks = self._asked(postings, reads)
        self._look_ahead()

    def suits(self, read: ReadEntry, *, since: datetime, limit: int, near: Near | None) -> bool:
        """Whether it was made for this entry, which is near what it was near then, or was put since."""
        ask = self._asks.get(read.entry.key)
        same = (since, limit, near) == (self._since, self._limit, self._choose)
        return ask is not None and ask.read is read and same

    def of(self, read: ReadEntry) -> tuple[Candidate, ...]:
        """The stories near this entry, by the entries that tell them (see EntryRows.candidates)."""
        ask = self._asks[read.entry.key]
        neighbours = self._chosen(ask) if self._is_met(ask) else self._foreseen[read.entry.key]
        self._known.know([one.entry for one in neighbours])
        return tuple(map(self._candidate, neighbours))

    def open(self, story: StoryKey, opened: datetime) -> None:
        """Know of a new story."""
        self._opened[story] = opened
        self._members[story] = {}

    def put(self, number: int, read: ReadEntry, story: StoryKey) -> bool:
        """Know that this entry, the newest of all, is in that story; False if it was not asked for."""
        ask = self._asks.get(read.entry.key)
        if ask is None or ask.read is not read:
            return False
        item = read.entry
        for key in (ask.mark, ask.body):
            if key is not None:
                self._put[key].append(number)
        if item.seen >= self._since:
            self._numbers[ask.place] = number
            self._running.add(story)
        if story in self._opened:
            self._homes[number] = Home(item.key, item.seen, ask.canonical, story)
        if story in self._members:
            self._members[story][number] = member(number, read)
        return True

    def _asked(self, postings: Postings, reads: Sequence[ReadEntry]) -> dict[EntryKey, _Ask]:
        """What is asked for each entry, and the answers for all of them."""
        posts = [as_post(place, read.fingerprint, read.entry.seen) for place, read in enumerate(reads)]
        hits = postings.find(posts, since=self._since.timestamp())
        mates = Postings.mates(posts, since=self._since.timestamp())
        marks = [mark_of(read.entry.canonical) for read in reads]
        bodies = {read.fingerprint.body for read in reads if read.fingerprint.body}
        self._twins = asked.twins(self._work, {mark for mark in marks if mark is not None}, bodies)
        return {
            read.entry.key: _Ask(
                read=read,
                place=place,
                mark=marks[place],
                canonical=plain(read.entry.canonical),
                body=read.fingerprint.body,
                hits=hits[place],
                mates=mates[place],
            )
            for place, read in enumerate(reads)
        }

    def _look_ahead(self) -> None:
        """Ask in three questions for what most of the entries will want to know of those that they were found with."""
        first = {hit.number for ask in self._asks.values() for hit in ask.hits[: _stretch(ask.hits, 0)]}
        self._trace(first.union(*self._twins.values()))
        self._meet({story for ask in self._asks.values() for story in self._near(ask).order})
        self._foreseen = {key: self._chosen(ask) for key, ask in self._asks.items()}
        self._known.know({one.entry for chosen in self._foreseen.values() for one in chosen})

    def _is_met(self, ask: _Ask) -> bool:
        """Whether an entry was put that shares anything with the asking one."""
        shares = any(hit.number in self._numbers for hit in ask.mates)
        return shares or any(key in self._put for key in (ask.mark, ask.body) if key is not None)

    def _chosen(self, ask: _Ask) -> Sequence[Neighbour]:
        """The entries by which the stories near an asking one may be compared."""
        near = self._near(ask)
        self._meet(near.order)
        told = [one for story in near.order for one in self._telling(ask, story, near)]
        return self._choose(ask.read, told) if self._choose and told else told

    def _near(self, ask: _Ask) -> _Near:
        exact, sharing = self._exact(ask), self._sharing(ask)
        return _Near(order=tuple(dict.fromkeys((*exact, *sharing)))[: self._limit], exact=exact, sharing=sharing)

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

    def _sharing(self, ask: _Ask) -> dict[StoryKey, list[int]]:
        """The stories of the entries that share most, the nearest first, each with those entries, best first."""
        hits = self._met(ask)
        weights: dict[StoryKey, int] = {}
        found: defaultdict[StoryKey, list[int]] = defaultdict(list)
        start, end = 0, 0
        while end < len(hits) and len(weights) < self._limit:
            start, end = end, _stretch(hits, end)
            self._trace([hit.number for hit in hits[start:end]])
            for number, weight in hits[start:end]:
                home = self._homes[number]
                if home is not None and home.key != ask.read.entry.key:
                    weights.setdefault(home.story, weight)
                    found[home.story].append(number)
        order = sorted(weights, key=lambda story: (-weights[story], story))[: self._limit]
        return {story: found[story] for story in order}

    def _met(self, ask: _Ask) -> Sequence[Hit]:
        """The entries that share most: those that stood before, and those that were put since."""
        put = [Hit(self._numbers[hit.number], hit.weight) for hit in ask.mates if hit.number in self._numbers]
        return sorted((*ask.hits, *put), key=lambda hit: (-hit.weight, hit.number)) if put else ask.hits

    def _telling(self, ask: _Ask, story: StoryKey, near: _Near) -> Iterator[Neighbour]:
        """The entries by which one of the stories may be compared."""
        members = self._members[story]
        sharing = [members[number] for number in near.sharing.get(story, ()) if number in members]
        exact = members.get(near.exact.get(story, 0))
        return telling(ask.read, story, members.values(), exact=exact, sharing=sharing)

    def _candidate(self, one: Neighbour) -> Candidate:
        whole = self._known[one.entry]
        return Candidate(
            story=one.story,
            entry=whole.entry,
            credit=whole.credit,
            fingerprint=whole.fingerprint,
            opened=self._opened[one.story],
            locked=one.story in self._locked,
            shared=one.shared,
            exact=one.exact,
        )

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
            if row.locked:
                self._locked.add(story)

    def _meet(self, stories: Collection[StoryKey]) -> None:
        """Read the entries of these stories, where they are not known."""
        unknown = [story for story in stories if story not in self._members]
        for story in unknown:
            self._members[story] = {}
        for story, one in asked.members(self._work, unknown):
            self._members[story][one.number] = one


def _stretch(hits: Sequence[Hit], start: int) -> int:
    """Where to stop so that enough entries have come and none that follows counts as much."""
    end = start + _FIRST
    while end < len(hits) and hits[end].weight == hits[end - 1].weight:
        end += 1
    return min(end, len(hits))
