"""The tables, one truth for SQLite and PostgreSQL; migrations/ is how a database comes to have them.

Keys and slugs are text, as everywhere else. An entry also has a number, by which what belongs to it is joined and by
which newer entries are known from older ones. Addresses and guids are found by a 64-bit mark of theirs (see `mark`),
always together with the text itself. Whole values of the model lie as JSON text beside the columns that are asked for.
"""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, text

from feedhub.adapters.store.codec import CREDIT, MEDIA, ORIGINS, PLACEMENT, SHOWN, WORDS
from feedhub.adapters.store.columns import NUMBER, Json, Key, Moment, Words

REVISIONS = ("0001",)
"""Every state the tables have ever had, as migrations/versions names them, the last being this one."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

_LEASED = "leased_until IS NOT NULL"

source = Table(
    "source",
    metadata,
    Column("slug", Key, primary_key=True),
    Column("url", Words, nullable=False),
    Column("host", Words, nullable=False),
    Column("rested", Moment),
    Column("etag", Words),
    Column("last_modified", Words),
    Column("body_digest", Words),
    Column("title", Words, nullable=False),
    Column("due", Moment, nullable=False),
    Column("fence", BigInteger, nullable=False),
    Column("leased_until", Moment),
    Column("worker", Words, nullable=False),
    Column("last_poll", Moment),
    Column("last_success", Moment),
    Column("last_change", Moment),
    Column("failures", Integer, nullable=False),
    Column("deaths", Integer, nullable=False),
    Column("fault", Words, nullable=False),
    Column("next_reason", Words, nullable=False),
    Column("gone", Boolean, nullable=False),
    Column("moved_to", Words),
    Column("entries", Integer, nullable=False),
    Index(None, "due"),
    Index(None, "leased_until", "host", sqlite_where=text(_LEASED), postgresql_where=text(_LEASED)),
)
"""`rested` is since when the documents do not name the source, or disable it; NULL while it is polled."""

_MERGED = "merged_into IS NOT NULL"
"""Most stories are not merged: an index that held them too would be taken for the way to find them."""
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
    Column("link_mark", BigInteger),
    Column("link", Words, nullable=False),
    Column("canonical_mark", BigInteger),
    Column("canonical", Words, nullable=False),
    Column("lang", Words),
    Column("title", Words, nullable=False),
    Column("authors", Json(WORDS), nullable=False),
    Column("tags", Json(WORDS), nullable=False),
    Column("media", Json(MEDIA), nullable=False),
    Column("origins", Json(ORIGINS), nullable=False),
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
    Index(None, "link_mark"),
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

shingle = Table(
    "shingle",
    metadata,
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    Column("entry", NUMBER, primary_key=True, autoincrement=False),
    Column("seen", Moment, nullable=False),
    sqlite_with_rowid=False,
)
"""Postings: which entries hold a shingle. No foreign key: it would want an index of its own, twice the table's size."""

match = Table(
    "match",
    metadata,
    Column("story", Key, ForeignKey("story.key", deferrable=True, initially="DEFERRED"), primary_key=True),
    Column("topic", Key, primary_key=True),
    Column("ranked", Moment),
    Column("clause", Words, nullable=False),
    Column("words", Json(WORDS), nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "topic", "ranked", "story"),
)
"""`ranked` is the story's while feeds may show it, else NULL: a topic is then one run of an index."""

rendition = Table(
    "rendition",
    metadata,
    Column("topic", Key, primary_key=True),
    Column("form", Key, primary_key=True),
    Column("etag", Words, nullable=False),
    Column("gzip_etag", Words, nullable=False),
    Column("modified", Moment, nullable=False),
    Column("dropped", Json(WORDS), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("gzip", LargeBinary, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("topic", Key, primary_key=True),
    Column("marks", BigInteger, nullable=False),
    Column("done", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
)
"""How often a topic was marked, up to which mark it has been rendered, and when it was marked last.

Rows stay for long, so that marks only ever grow: who renders slowly cannot take a later mark for the one that was seen.
"""

revision = Table(
    "revision",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("document", Key, nullable=False),
    Column("accepted", Boolean, nullable=False),
    Column("digest", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("author", Words, nullable=False),
    Column("note", Words, nullable=False),
    Column("faults", Json(WORDS), nullable=False),
    Column("text", Words, nullable=False),
    Index(None, "document", "id"),
)

decision = Table(
    "decision",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("subject_mark", BigInteger, nullable=False),
    Column("detail", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("undone", Moment),
    Index(None, "subject_mark", "id"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("by", Words, nullable=False),
    Column("action", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("detail", Words, nullable=False),
)

fact = Table(
    "fact",
    metadata,
    Column("name", Key, primary_key=True),
    Column("value", Words, nullable=False),
)

counter = Table(
    "counter",
    metadata,
    Column("name", Key, primary_key=True),
    Column("value", BigInteger, nullable=False),
)
"""`change` counts the transactions after which what is served may be different, `shown:TOPIC` a topic's stories.

To count these when asked takes 70 ms where there are a million.
"""
