"""The names by which things are known, each a type of its own so that they cannot be mixed up."""

from typing import NewType

SourceSlug = NewType("SourceSlug", str)
OutletSlug = NewType("OutletSlug", str)
TopicSlug = NewType("TopicSlug", str)

Guid = NewType("Guid", str)
"""What the source calls an entry; unique within the source only."""

EntryKey = NewType("EntryKey", str)
"""`tag:AUTHORITY:entry:ID` (RFC 4151), minted once from (source, guid) and stored."""

StoryKey = NewType("StoryKey", str)
"""`tag:AUTHORITY:story:ID` (RFC 4151), minted once from the entry that opened the story and stored."""

Digest = NewType("Digest", str)
"""Lower-case hexadecimal BLAKE2b-128 of some text or bytes."""
