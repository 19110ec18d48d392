"""Keys for entries and stories: tag URIs (RFC 4151) that depend on nothing that can change later."""

from feedhub.model.keys import EntryKey, Guid, SourceSlug, StoryKey
from feedhub.text.digest import digest


def entry_key(authority: str, source: SourceSlug, guid: Guid) -> EntryKey:
    """`tag:AUTHORITY:entry:ID`, the same for the same (source, guid)."""
    return EntryKey(f"tag:{authority}:entry:{digest(source, guid)[:20]}")


def story_key(authority: str, opener: EntryKey) -> StoryKey:
    """`tag:AUTHORITY:story:ID` for the story that this entry opens."""
    return StoryKey(f"tag:{authority}:story:{digest('story', opener)[:20]}")


def ident(key: EntryKey | StoryKey) -> str:
    """The last part of a key, as it stands in addresses."""
    return key.rpartition(":")[2]
