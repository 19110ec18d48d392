"""What the newsroom holds: stories, their entries, and the topics that they match."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table, text

from feedhub.adapters.store.codec import CREDIT, EXTRAS, MEDIA, ORIGINS, PLACEMENT, SHOWN, WORDS
from feedhub.adapters.store.columns import NUMBER, Json, Key, Moment, Words
from feedhub.adapters.store.tables.base import metadata

_MERGED = "merged_into IS NOT NULL"
"""Most stories are not merged: an index that held them too would be taken for the way to find them."""
_SHOWN = "ranked IS NOT NULL"
_UNSHOWN = "ranked IS NULL AND withdrawn IS NULL AND merged_into IS NULL"
"""Few stories wait to be shown; those that never will be must not be looked at each time."""

story = Table(
    "story",
    metadata,
    Column("key", Key, primary_key=True),
    Column("ident", Key, nullable=False),
    Column("opened", Moment, nullable=False),
    Column("publish_at", Moment, nullable=False),
    Column("changed", Moment, nullable=False),
    Column("ranked", Moment),
    Column("shown", Json(SHOWN)),
    Column("locked", Boolean, nullable=False),
    Column("withdrawn", Moment),
    Column("merged_into", Key),
    Index(None, "ident"),
    Index(None, "opened"),
    Index(None, "publish_at", "key", sqlite_where=text(_UNSHOWN), postgresql_where=text(_UNSHOWN)),
    Index(None, "merged_into", sqlite_where=text(_MERGED), postgresql_where=text(_MERGED)),
)
"""`ident` is the last part of the key; `ranked` is that of `shown`."""

entry = Table(
    "entry",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("key", Key, nullable=False),
    Column("source", Key, nullable=False),
    Column("guid_mark", BigInteger, nullable=False),
    Column("guid", Words, nullable=False),
    Column("story", Key, ForeignKey("story.key", deferrable=True, initially="DEFERRED"), nullable=False),
    Column("seen", Moment, nullable=False),
    Column("published", Moment),
    Column("updated", Moment),
    Column("withdrawn", Moment),
    Column("raw", Words, nullable=False),
    Column("digest", Words, nullable=False),
    Column("link", Words, nullable=False),
    Column("canonical_mark", BigInteger),
    Column("canonical", Words, nullable=False),
    Column("lang", Words),
    Column("title", Words, nullable=False),
    Column("authors", Json(WORDS), nullable=False),
    Column("tags", Json(WORDS), nullable=False),
    Column("media", Json(MEDIA), nullable=False),
    Column("origins", Json(ORIGINS), nullable=False),
    Column("extras", Json(EXTRAS), nullable=False, server_default="[]"),
    Column("body", Words),
    Column("words", Integer, nullable=False),
    Column("shingles", LargeBinary, nullable=False),
    Column("text", Words, nullable=False),
    Column("summary", Words, nullable=False),
    Column("content", Words, nullable=False),
    Index(None, "key", unique=True),
    Index(None, "source", "guid_mark", unique=True),
    Index(None, "source", "id", "withdrawn", "raw"),
    Index(None, "story", "seen"),
    Index(None, "canonical_mark", "id"),
    Index(None, "body", "id"),
    sqlite_autoincrement=True,
)
"""A mark is NULL where the address is empty; `body`, `words` and `shingles` are the fingerprint.

No number is given twice, though entries leave: their postings may stay for a while, and must not become another's.
"""

stub = Table(
    "stub",
    metadata,
    Column("id", NUMBER, primary_key=True, autoincrement=False),
    Column("key", Key, nullable=False),
    Column("source", Key, nullable=False),
    Column("guid_mark", BigInteger, nullable=False),
    Column("guid", Words, nullable=False),
    Column("raw", Words, nullable=False),
    Index(None, "source", "guid_mark", unique=True),
    Index(None, "source", "id", "raw"),
)
"""What is left of an entry whose story was forgotten, so that it is still known when its feed lists it."""

credit = Table(
    "credit",
    metadata,
    Column("entry", NUMBER, ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("publisher", Words, nullable=False),
    Column("originator", Words),
    Column("value", Json(CREDIT), nullable=False),
)
"""`publisher` and `originator` are slugs, or names where the registry knows none."""

placement = Table(
    "placement",
    metadata,
    Column("entry", NUMBER, ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("kind", Words, nullable=False),
    Column("value", Json(PLACEMENT), nullable=False),
)

posting = Table(
    "posting",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("entry", NUMBER, nullable=False),
    Column("seen", Moment, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sample", LargeBinary, nullable=False),
    Index(None, "seen"),
    sqlite_autoincrement=True,
)
"""A log of the fingerprints that were written, which `Index` follows; `sample` has `postings.keys_of` them.

A newer text of an entry is a newer row; the older one stays until it is too old for any entry to be joined.
"""

match = Table(
    "match",
    metadata,
    Column("story", Key, ForeignKey("story.key", deferrable=True, initially="DEFERRED"), primary_key=True),
    Column("topic", Key, primary_key=True),
    Column("ranked", Moment),
    Column("clause", Words, nullable=False),
    Column("words", Json(WORDS), nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "topic", "ranked", "story", sqlite_where=text(_SHOWN), postgresql_where=text(_SHOWN)),
)
"""`ranked` is the story's while feeds may show it, else NULL: a topic is then one run of an index."""
