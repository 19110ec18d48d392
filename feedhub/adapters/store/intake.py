"""What one transaction takes in: stories and entries that are put off to be written together, and what is near them.

A poll that brings fifty entries would otherwise cost a dozen statements for each. Nobody can tell the difference:
before any other statement of the transaction what was put off is written, and what was found near the entries to come
is forgotten when something changes of which nothing is known here.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from sqlalchemy import BigInteger, bindparam, func, select, text

from feedhub.adapters.store.columns import each
from feedhub.adapters.store.index import Follower
from feedhub.adapters.store.neighbours import Neighbourhood
from feedhub.adapters.store.reads import Reads
from feedhub.adapters.store.rows import credit_values, entry_values, placement_values
from feedhub.adapters.store.tables import credit, entry, match, placement, story
from feedhub.adapters.store.work import Fill, InsertNew, Upsert, Values, Work
from feedhub.model.keys import EntryKey, StoryKey
from feedhub.model.reading import ReadEntry
from feedhub.model.story import Candidate, Fingerprint, Placement, Story
from feedhub.model.topic import Match
from feedhub.ports import Near

AHEAD = 512
"""Entries whose neighbours are looked for at once: some megabytes of postings, if all are carried by everybody."""

STORY, MATCH, CREDIT = Upsert(story), Upsert(match, keep=["at"]), Upsert(credit)

_Waiting = tuple[int, ReadEntry, StoryKey, Placement]
"""The number that was taken for an entry, the entry, its story, and why it is there."""


class Intake:
    """One transaction's."""

    def __init__(self, work: Work, index: Follower) -> None:
        self._work, self._index, self.reads = work, index, Reads(work)
        self._stories: list[Values] = []
        self._matches: list[Values] = []
        self._entries: list[_Waiting] = []
        self._expected: Sequence[ReadEntry] = ()
        self._places: dict[EntryKey, int] = {}
        self._numbers: list[int] = []
        self._round: Neighbourhood | None = None
        self.replace: Callable[[ReadEntry], None]
        work.before = self.settle

    def expect(self, reads: Sequence[ReadEntry]) -> None:
        """Entries that are about to be placed, in this order."""
        self._expected = reads
        self._places = {read.entry.key: place for place, read in enumerate(reads)}

    def candidates(self, read: ReadEntry, *, since: datetime, limit: int, near: Near | None) -> tuple[Candidate, ...]:
        """Stories near the entry (see EntryRows.candidates)."""
        if self._round is None or not self._round.suits(read, since=since, limit=limit, near=near):
            place = self._places.get(read.entry.key)
            reads = [read] if place is None else self._expected[place : place + AHEAD]
            postings = self._index.postings(since)
            self._round = Neighbourhood(self.reads, postings, reads, since=since, limit=limit, near=near)
        return self._round.of(read)

    def open(self, opened: Story, matches: Iterable[Match]) -> None:
        """A new story, not shown yet, with its topics."""
        self._stories.append(story_values(opened))
        self._matches += [match_values(opened.key, item, rank=None, now=opened.opened) for item in matches]
        self._work.served = True
        if self._round:
            self._round.open(opened.key, opened.opened)

    def add(self, read: ReadEntry, *, story: StoryKey, placement: Placement) -> None:
        """A new entry of a story."""
        number = self._number()
        self._entries.append((number, read, story, placement))
        self._work.served = True
        self.reads.put(read)
        if self._round and not self._round.put(number, read, story):
            self._round = None

    def post(self, entries: Sequence[tuple[int, Fingerprint, datetime]]) -> None:
        """Log the fingerprints of entries, each with its number and when it was seen."""
        self._index.post(entries)

    def unsettle(self) -> None:
        """Forget what was found: something is about to be changed."""
        self._round = None
        self.reads.forget()

    def settle(self) -> None:
        """Write what was put off."""
        if not self._stories and not self._entries:
            return
        stories, matches, entries = self._stories, self._matches, self._entries
        self._stories, self._matches, self._entries = [], [], []
        FILL_STORY(self._work, stories)
        _FILL_MATCH(self._work, matches)
        rows = [entry_values(number, read, story) for number, read, story, _ in entries]
        if _FILL_ENTRY(self._work, rows) == len(entries):
            self._belong(entries)
        else:
            self._known(entries)

    def _belong(self, entries: Sequence[_Waiting]) -> None:
        """Write what belongs to entries that are written."""
        _FILL_CREDIT(self._work, [credit_values(number, read.credit) for number, read, *_ in entries])
        _FILL_PLACEMENT(self._work, [placement_values(number, placement) for number, *_, placement in entries])
        self.post([(number, read.fingerprint, read.entry.seen) for number, read, *_ in entries])
        self._work.added.update(read.entry.source for _, read, *_ in entries)

    def _known(self, entries: Sequence[_Waiting]) -> None:
        """Some were there already: what has come for them are newer texts."""
        written = {row.id for row in self._work.rows(_WRITTEN, {"numbers": [number for number, *_ in entries]})}
        self._belong([each for each in entries if each[0] in written])
        for number, read, *_ in entries:
            if number not in written:
                self.replace(read)

    def _number(self) -> int:
        """A number that no entry has had yet."""
        if not self._numbers:
            self._numbers = self._take(max(1, min(AHEAD, len(self._expected))))
        return self._numbers.pop(0)

    def _take(self, count: int) -> list[int]:
        """The next numbers. On SQLite nobody else takes any before this transaction ends."""
        if self._work.dialect == "postgresql":
            return list(self._work.run(_NEXT, {"count": count}).scalars())
        last = self._work.run(_LAST).scalar() or 0
        return list(range(last + 1, last + count + 1))


def story_values(story: Story) -> Values:
    """The row of a story."""
    return {
        "key": story.key,
        "ident": story.key.rpartition(":")[2],
        "opened": story.opened,
        "publish_at": story.publish_at,
        "changed": story.changed,
        "ranked": story.shown.ranked if story.shown else None,
        "shown": story.shown,
        "locked": story.locked,
        "withdrawn": story.withdrawn,
        "merged_into": story.merged_into,
    }


def match_values(key: StoryKey, item: Match, *, rank: datetime | None, now: datetime) -> Values:
    """The row of a story's match."""
    return {
        "story": key,
        "topic": item.topic,
        "ranked": rank,
        "clause": item.hit.clause,
        "words": item.hit.words,
        "at": now,
    }


FILL_STORY, _FILL_MATCH = Fill(story, STORY), Fill(match, MATCH)
_FILL_ENTRY = Fill(entry, InsertNew(entry))
_FILL_CREDIT, _FILL_PLACEMENT = Fill(credit, InsertNew(credit)), Fill(placement, InsertNew(placement))
_WRITTEN = select(entry.c.id).where(entry.c.id.in_(select(each("numbers").c.value)))

_LAST = text("SELECT seq FROM sqlite_sequence WHERE name = 'entry'")
_NEXT = select(func.nextval(func.pg_get_serial_sequence("entry", "id"))).select_from(
    func.generate_series(1, bindparam("count", type_=BigInteger()))
)
