"""Entries into stories, within the transaction of some polls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from feedhub.flows.poll.refresh import Refresh, matches_of
from feedhub.model.brought import Bundle
from feedhub.model.entry import Entry, KnownEntry
from feedhub.model.keys import EntryKey, Guid, StoryKey
from feedhub.model.polling import Absorbed
from feedhub.model.reading import ReadEntry
from feedhub.model.site import Desk
from feedhub.model.story import Placement, Report, Story
from feedhub.ports import Unit
from feedhub.steps.clean import Memory, named, own_guid
from feedhub.steps.cluster import Limits, near, place
from feedhub.text.mint import ident, story_key

CANDIDATES = 24
"""Stories compared with one entry at most; beyond that they share too little to be copies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """The operator's numbers: how far back stories are joined, how alike, and how long they settle."""

    authority: str
    window: timedelta = timedelta(hours=72)
    settle: timedelta = timedelta(minutes=4)
    merge_at: float = 0.86
    review_at: float = 0.70


@dataclass(slots=True, kw_only=True)
class Absorb:
    """Places what some polls brought."""

    unit: Unit
    desk: Desk
    placing: Placing
    now: datetime
    _touched: dict[StoryKey, None] = field(default_factory=dict, init=False)
    _ruled: Mapping[str, tuple[StoryKey, ...]] | None = field(default=None, init=False)
    """Stories that people ruled entries never to join, by entry, read once."""

    def __call__(self, bundles: Sequence[Bundle]) -> tuple[Absorbed, ...]:
        """Store the entries, each as what it is, whatever its id (steps/clean/identity); gives what became of them.

        Stories that new entries joined are brought up to date once, in the end; those of which a source has changed or
        taken back a report at once, for what comes after must find them as they are then.
        """
        plans = [self._plan(bundle) for bundle in bundles]
        self.unit.entries.expect([read for plan in plans for read in plan.new])
        done = [self._follow(plan) for plan in plans]
        self._refresh({})
        return tuple(done)

    def _follow(self, plan: "_Plan") -> Absorbed:
        """Do what is planned; gives what became of it."""
        withdrawn = 0
        for key, read in plan.edited.items():
            self._touch(self._replace(read, key))
        for read in plan.new:
            self._touch(*self._place(read, plan.wait))
        if plan.bundle.withdrawn:
            gone = self.unit.entries.withdraw(plan.bundle.source, plan.bundle.withdrawn, self.now)
            self._touch(*gone)
            withdrawn = len(gone)
        if plan.edited or plan.bundle.withdrawn:
            self._refresh({key: read.entry for key, read in plan.edited.items()})
        return Absorbed(
            new=len(plan.new),
            changed=len(plan.edited),
            duplicates=plan.duplicates,
            withdrawn=withdrawn,
            dates=tuple(min(read.entry.published or self.now, self.now) for read in plan.new),
        )

    def _touch(self, *stories: StoryKey | None) -> None:
        """Stories whose reports are others now."""
        self._touched.update((story, None) for story in stories if story)

    def _plan(self, bundle: Bundle) -> "_Plan":
        """What is to be done with the entries, by what the store knows of entries that they may be."""
        gone = frozenset(bundle.withdrawn)
        reads = [read for read in bundle.fresh if read.entry.guid not in gone]
        guids = [guid for read in reads for guid in (read.entry.guid, own_guid(read.entry))]
        pages = [read.entry.canonical for read in reads]
        memory = Memory(self.unit.entries.recall(bundle.source, guids, pages))
        new: dict[EntryKey, ReadEntry] = {}
        edited: dict[EntryKey, ReadEntry] = {}
        for read in reads:
            match memory.find(read.entry):
                case KnownEntry() as known if known.key in new or known.key in edited or known.raw == read.entry.raw:
                    continue  # listed twice in this body, or nothing is new in it
                case KnownEntry() as known:
                    edited[known.key] = _as(read, known.guid, key=known.key)
                case guid:
                    one = _named(read, guid, authority=self.placing.authority)
                    new[one.entry.key] = one
                    memory.add(one.entry)
        return _Plan(
            bundle=bundle,
            new=tuple(new.values()),
            edited=edited,
            duplicates=len(reads) - len(new) - len(edited),
            wait=timedelta(0) if bundle.backlog else self.placing.settle,
        )

    def _place(self, read: ReadEntry, wait: timedelta) -> tuple[StoryKey, ...]:
        """Store a new entry; gives the story that it joined, nothing where it opened one."""
        since = self.now - self.placing.window
        candidates = self.unit.entries.candidates(read, since=since, limit=CANDIDATES, near=near)
        limits = Limits(merge_at=self.placing.merge_at, review_at=self.placing.review_at)
        apart = self._apart(read.entry.key) if candidates else frozenset()
        placement = place(read, candidates, limits=limits, apart=apart)
        if placement.story is None:
            self._open(read, placement, wait)
            return ()
        self.unit.entries.add(read, story=placement.story, placement=placement)
        for other in placement.bridged:
            self._merge(placement.story, other)
        return (placement.story,)

    def _open(self, read: ReadEntry, placement: Placement, wait: timedelta) -> None:
        key = story_key(self.placing.authority, read.entry.key)
        story = Story(key=key, opened=self.now, publish_at=self.now + wait, changed=self.now)
        report = Report(entry=read.entry, credit=read.credit, folded=read.folded)
        self.unit.stories.open(story, matches_of((report,), self.desk))
        self.unit.entries.add(read, story=key, placement=placement)

    def _merge(self, one: StoryKey, other: StoryKey) -> None:
        """Make two stories one: what feeds have shown for longer stays, the other redirects."""
        first, second = self.unit.stories.get(self._survivor(one)), self.unit.stories.get(self._survivor(other))
        if first and second and first.key != second.key and not self._ruled_apart(first.key, second.key):
            keep, drop = sorted((first, second), key=_standing)
            gone = self.unit.stories.matches(drop.key)
            self.unit.stories.merge(keep.key, drop.key, self.now)
            self.unit.renditions.mark([match.topic for match in gone], self.now)

    def _ruled_apart(self, one: StoryKey, other: StoryKey) -> bool:
        """Whether an entry of one story must never join the other."""
        return any(
            never in self._apart(report.entry.key)
            for story, never in ((one, other), (other, one))
            for report in self.unit.stories.reports(story)
        )

    def _survivor(self, key: StoryKey) -> StoryKey:
        story = self.unit.stories.resolve(ident(key))
        return story.key if story else key

    def _replace(self, read: ReadEntry, key: EntryKey) -> StoryKey | None:
        """Store a newer text; gives the entry's story, None where it is forgotten. What a person ruled stays."""
        story = self.unit.entries.story_of(key)
        reports = self.unit.stories.reports(story) if story else ()
        ruled = (report.credit for report in reports if report.entry.key == key and report.credit.by != "text")
        self.unit.entries.replace(replace(read, credit=next(ruled, read.credit)))
        return story

    def _refresh(self, edited: Mapping[EntryKey, Entry]) -> None:
        """Bring up to date what was touched."""
        stories, self._touched = self._touched, {}
        if stories:
            Refresh(unit=self.unit, desk=self.desk, now=self.now)(stories, edited=edited)

    def _apart(self, entry: EntryKey) -> frozenset[StoryKey]:
        """Stories that a person ruled this entry never to join, or that they are part of now."""
        if self._ruled is None:
            ruled: dict[str, tuple[StoryKey, ...]] = {}
            for item in self.unit.book.decisions():
                if item.kind == "never_merge" and not item.undone:
                    ruled[item.subject] = (*ruled.get(item.subject, ()), StoryKey(item.detail))
            self._ruled = ruled
        return frozenset(map(self._survivor, self._ruled.get(entry, ())))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What is to be done with what was brought: new entries, and newer texts of known ones by their keys.

    New stories `wait` before they are shown.
    """

    bundle: Bundle
    new: Sequence[ReadEntry]
    edited: Mapping[EntryKey, ReadEntry]
    duplicates: int
    wait: timedelta


def _as(read: ReadEntry, guid: Guid, *, key: EntryKey) -> ReadEntry:
    return replace(read, entry=replace(read.entry, guid=guid, key=key))


def _named(read: ReadEntry, guid: Guid, *, authority: str) -> ReadEntry:
    if guid == read.entry.guid:
        return read
    return replace(read, entry=named(read.entry, guid, authority=authority))


def _standing(story: Story) -> tuple[bool, datetime, datetime, StoryKey]:
    return story.shown is None, story.publish_at, story.opened, story.key
