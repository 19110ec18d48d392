"""A small store with stories in it, for the flows and pages that read."""

from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

from feedhub.adapters.store import SqlStore
from feedhub.errors import StoreUnreachableError
from feedhub.model.credit import Credit
from feedhub.model.keys import EntryKey, StoryKey, TopicSlug
from feedhub.model.reading import ReadEntry
from feedhub.model.story import Placement, PlacementKind, Story
from feedhub.model.topic import ALL, Hit, Match
from feedhub.ports import Unit
from tests.builders import AUTHORITY, NOW, a_credit, a_fingerprint, a_shown, an_entry
from tests.stores import a_store

OPENS = Placement(kind=PlacementKind.OPENS, story=None)


class Shelf:
    """Puts stories straight into a real store, as polls and publishing would leave them there."""

    def __init__(self, folder: Path) -> None:
        self.store: SqlStore = a_store(folder)

    def story(self, ident: str, *topics: str, **changes: object) -> StoryKey:
        """A story of one report, shown in these topics and in all; `changes` are fields of what is shown."""
        key = story_key(ident)
        shown = a_shown(ident, **changes)
        with self.store.write() as unit:
            unit.stories.save(Story(key=key, opened=NOW, publish_at=NOW, changed=NOW, shown=shown))
            matches = [Match(topic=TopicSlug(slug), hit=Hit(clause="ferry", words=("ferry",))) for slug in topics]
            unit.stories.set_matches(key, [*matches, Match(topic=ALL, hit=Hit(clause="", words=()))], NOW)
        self.report(ident, ident, title=shown.title, credit=shown.credit)
        return key

    def report(
        self,
        guid: str,
        ident: str,
        *,
        credit: Credit | None = None,
        placement: Placement = OPENS,
        **changes: object,
    ) -> EntryKey:
        """One more entry in a story."""
        entry = an_entry(guid, **changes)
        read = ReadEntry(entry=entry, credit=credit or a_credit(), fingerprint=a_fingerprint())
        with self.store.write() as unit:
            unit.entries.add(read, story=story_key(ident), placement=placement)
        return entry.key

    def stories(self, count: int, *topics: str) -> tuple[StoryKey, ...]:
        """So many stories, a minute apart, the newest first."""
        return tuple(
            self.story(f"s{number}", *topics, ranked=NOW - timedelta(minutes=number)) for number in range(count)
        )


class LostStore:
    """A store whose server does not answer."""

    def read(self) -> AbstractContextManager[Unit]:
        """Fail."""
        raise StoreUnreachableError(where="db", why="no route")

    def write(self) -> AbstractContextManager[Unit]:
        """Fail."""
        raise StoreUnreachableError(where="db", why="no route")

    def change(self) -> int:
        """Fail."""
        raise StoreUnreachableError(where="db", why="no route")

    def close(self) -> None:
        """Nothing is held."""


def story_key(ident: str) -> StoryKey:
    """The key of a story by its last part."""
    return StoryKey(f"tag:{AUTHORITY}:story:{ident}")
