"""Entries into stories, within the transaction of one poll."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from feedhub.model.keys import EntryKey, Guid, SourceSlug, StoryKey
from feedhub.model.reading import ReadEntry
from feedhub.model.site import Desk
from feedhub.model.story import Placement, PlacementKind, Story
from feedhub.ports import Unit
from feedhub.steps.cluster import Limits, place
from feedhub.steps.describe import describe
from feedhub.steps.route import route
from feedhub.steps.show import correct
from feedhub.steps.tell import tell
from feedhub.text.mint import story_key

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
    """Places what one poll brought; `backlog` is a source's first poll, whose stories need not settle."""

    unit: Unit
    desk: Desk
    placing: Placing
    now: datetime
    backlog: bool = False

    def __call__(self, fresh: tuple[ReadEntry, ...], *, source: SourceSlug) -> tuple[int, int]:
        """Store the entries; gives how many were new and how many changed."""
        known = self.unit.entries.keys(source, [read.entry.guid for read in fresh])
        touched: dict[StoryKey, None] = {}
        edited: dict[StoryKey, ReadEntry] = {}
        for read in fresh:
            if read.entry.guid not in known:
                touched[self._place(read)] = None
            elif story := self._replace(read, known[read.entry.guid]):
                touched[story] = None
                edited[story] = read
        for key in touched:
            self._refresh(key, edited.get(key))
        changed = sum(read.entry.guid in known for read in fresh)
        return len(fresh) - changed, changed

    def withdraw(self, source: SourceSlug, guids: tuple[Guid, ...]) -> int:
        """Entries that the source took back; a story none of whose reports is left leaves every feed."""
        keys = self.unit.entries.withdraw(source, guids, self.now)
        for key in keys:
            reports = self.unit.stories.reports(key)
            story = self.unit.stories.get(key)
            if story and reports and all(report.withdrawn for report in reports):
                self.unit.stories.save(replace(story, withdrawn=self.now, changed=self.now))
                self.unit.renditions.mark([match.topic for match in self.unit.stories.matches(key)], self.now)
            else:
                self._refresh(key, None)
        return len(keys)

    def _place(self, read: ReadEntry) -> StoryKey:
        since = self.now - self.placing.window
        candidates = self.unit.entries.candidates(read, since=since, limit=CANDIDATES)
        limits = Limits(merge_at=self.placing.merge_at, review_at=self.placing.review_at)
        placement = place(read, candidates, limits=limits, apart=self._apart(read.entry.key))
        story = self._story(read, placement)
        self.unit.entries.add(read, story=story, placement=placement)
        for other in placement.bridged:
            self._merge(story, other)
        return self._survivor(story)

    def _story(self, read: ReadEntry, placement: Placement) -> StoryKey:
        if placement.kind is not PlacementKind.OPENS and placement.story:
            return placement.story
        key = story_key(self.placing.authority, read.entry.key)
        wait = timedelta(0) if self.backlog else self.placing.settle
        self.unit.stories.save(Story(key=key, opened=self.now, publish_at=self.now + wait, changed=self.now))
        return key

    def _merge(self, one: StoryKey, other: StoryKey) -> None:
        """Make two stories one: what feeds have shown for longer stays, the other redirects."""
        first, second = self.unit.stories.get(self._survivor(one)), self.unit.stories.get(other)
        if first and second and first.key != second.key:
            keep, drop = sorted((first, second), key=lambda story: (story.shown is None, story.opened, story.key))
            gone = self.unit.stories.matches(drop.key)
            self.unit.stories.merge(keep.key, drop.key, self.now)
            self.unit.renditions.mark([match.topic for match in gone], self.now)

    def _survivor(self, key: StoryKey) -> StoryKey:
        story = self.unit.stories.get(key)
        while story and story.merged_into:
            key = story.merged_into
            story = self.unit.stories.get(key)
        return key

    def _replace(self, read: ReadEntry, key: EntryKey) -> StoryKey | None:
        self.unit.entries.replace(read)
        return self.unit.entries.story_of(key)

    def _refresh(self, key: StoryKey, edited: ReadEntry | None) -> None:
        """After its entries changed: correct what is shown if the lead's headline changed, and route it again."""
        story, reports = self.unit.stories.get(key), self.unit.stories.reports(key)
        if story is None or not reports:
            return
        shown = story.shown
        if shown and edited and edited.entry.key == shown.entry and edited.entry.title != shown.title:
            shown = correct(shown, edited.entry, now=self.now)
        self.unit.stories.save(replace(story, shown=shown, changed=self.now))
        matches = route(describe(reports, tell(reports), sources=self.desk.sources), self.desk.topics)
        before = {match.topic for match in self.unit.stories.matches(key)}
        self.unit.stories.set_matches(key, matches, self.now)
        if shown:
            now_in = {match.topic for match in matches}
            self.unit.renditions.mark(now_in | before if shown != story.shown else now_in ^ before, self.now)

    def _apart(self, entry: EntryKey) -> frozenset[StoryKey]:
        """Stories that a person ruled this entry never to join."""
        ruled = self.unit.book.decisions(entry)
        return frozenset(StoryKey(item.detail) for item in ruled if item.kind == "never_merge" and not item.undone)
