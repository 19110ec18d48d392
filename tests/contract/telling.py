"""Stories told in few words, for the store's suite."""

from feedhub.model.keys import Guid, SourceSlug, StoryKey
from feedhub.model.reading import ReadEntry
from feedhub.model.story import Placement, PlacementKind
from feedhub.ports import Unit
from tests.builders import a_story

OPENS = Placement(kind=PlacementKind.OPENS, story=None)


def tell(unit: Unit, *reads: ReadEntry, story: str | None = None, placement: Placement = OPENS) -> None:
    """Store entries, each in a shown story of its own that has its guid for a name, or all in one."""
    for read in reads:
        key = story_key(story or read.entry.guid)
        if unit.stories.get(key) is None:
            unit.stories.save(a_story(story or read.entry.guid))
        unit.entries.add(read, story=key, placement=placement)


def known(unit: Unit, *guids: str, source: str = "harbour") -> dict[str, str | None]:
    """By guid the raw digest of those that are known, None where withdrawn."""
    found = unit.entries.recall(SourceSlug(source), map(Guid, guids), ())
    return {one.guid: one.raw for one in found}


def story_key(ident: str) -> StoryKey:
    """The key of `a_story(ident)`."""
    return a_story(ident).key
