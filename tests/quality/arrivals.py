"""A store of nothing but placements, in memory: finds candidates as the real one does and keeps the stories."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from feedhub.model.keys import EntryKey, StoryKey
from feedhub.model.reading import ReadEntry
from feedhub.model.story import Candidate, Placement
from feedhub.steps.cluster import Limits, fingerprint, place
from feedhub.text.shingles import numbers, shared_with
from tests.builders import a_credit, an_entry

LIMITS = Limits(merge_at=0.86, review_at=0.70)


@dataclass(slots=True)
class Arrivals:
    """Entries as they came, their stories, and who has which shingle; its earliest entry represents a story."""

    window: timedelta | None = timedelta(hours=72)
    limit: int = 20
    reads: list[ReadEntry] = field(default_factory=list)
    stories: list[StoryKey] = field(default_factory=list)
    placements: dict[EntryKey, Placement] = field(default_factory=dict)
    merged: dict[StoryKey, StoryKey] = field(default_factory=dict)
    openers: dict[StoryKey, int] = field(default_factory=dict)
    holders: dict[int | str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def put(self, read: ReadEntry, **options: object) -> Placement:
        """Place an entry among those that are here and keep it."""
        placement = place(read, self.candidates(read), limits=LIMITS, **options)  # type: ignore[arg-type]  # a test's own
        index = len(self.reads)
        story = placement.story or StoryKey(f"story:{index}")
        self.reads.append(read)
        self.stories.append(story)
        self.openers.setdefault(story, index)
        for younger in placement.bridged:
            self.merged[younger] = story
        for mark in _marks(read):
            self.holders[mark].append(index)
        self.placements[read.entry.key] = placement
        return placement

    def candidates(self, read: ReadEntry) -> tuple[Candidate, ...]:
        """Stories near the entry, those that share most first: each by its earliest entry and by its nearest one."""
        shared = Counter(index for mark in _marks(read) for index in self.holders[mark] if self._near(read, index))
        nearest: dict[StoryKey, int] = {}
        for index, _ in sorted(shared.items(), key=lambda each: (-each[1], each[0])):
            nearest.setdefault(self.home(index), index)
        chosen = [(story, index) for story, near in nearest.items() for index in {self.openers[story]: 0, near: 0}]
        return tuple(self._candidate(read, story, index=index) for story, index in chosen[: self.limit])

    def home(self, index: int) -> StoryKey:
        """The story that an entry is in now."""
        story = self.stories[index]
        while story in self.merged:
            story = self.merged[story]
        return story

    def groups(self) -> frozenset[frozenset[str]]:
        """The guids of each story."""
        found: dict[StoryKey, set[str]] = defaultdict(set)
        for index, read in enumerate(self.reads):
            found[self.home(index)].add(read.entry.guid)
        return frozenset(frozenset(guids) for guids in found.values())

    def _near(self, read: ReadEntry, index: int) -> bool:
        return self.window is None or read.entry.seen - self.reads[index].entry.seen <= self.window

    def _candidate(self, read: ReadEntry, story: StoryKey, *, index: int) -> Candidate:
        member = self.reads[index]
        equal = member.fingerprint.body is not None and member.fingerprint.body == read.fingerprint.body
        linked = bool(read.entry.canonical) and member.entry.canonical == read.entry.canonical
        return Candidate(
            story=story,
            entry=member.entry,
            credit=member.credit,
            fingerprint=member.fingerprint,
            opened=self.reads[self.openers[story]].entry.seen,
            shared=shared_with(read.fingerprint.shingles, [member.fingerprint.shingles])[0],
            exact="link" if linked else "body" if equal else "",
        )


def an_arrival(guid: str, *, source: str = "harbour", credit: str = "", **changes: object) -> ReadEntry:
    """An entry with its fingerprint, told by an outlet of its source's name unless `credit` names another."""
    link = f"https://{source}.example/news/{guid}"
    entry = an_entry(guid, source=source, **{"link": link, "canonical": link, **changes})
    told = a_credit(source.title()) if not credit else a_credit(source.title(), **_chain(credit, source.title()))
    return ReadEntry(entry=entry, credit=told, fingerprint=fingerprint(entry, text=entry.text))


def _chain(first: str, last: str) -> dict[str, object]:
    one, other = a_credit(first).publisher, a_credit(last).publisher
    return {"originator": one, "chain": (one, other)}


def _marks(read: ReadEntry) -> tuple[int | str, ...]:
    return (*numbers(read.fingerprint.shingles), *filter(None, (read.entry.canonical, read.fingerprint.body)))
