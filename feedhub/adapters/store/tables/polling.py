"""What polling remembers: of sources, their polls, their hosts and their hubs."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, Table, false, text

from feedhub.adapters.store.codec import HINTS
from feedhub.adapters.store.columns import NUMBER, Json, Key, Moment, Moments, Words
from feedhub.adapters.store.tables.base import metadata

ACTIVE = "rested IS NULL AND NOT gone"
"""Sources that are asked at all. Word for word in the statements that look for them, or SQLite misses the index."""
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
    Column("address", Words, nullable=False, server_default=text("''")),
    Column("first_success", Moment),
    Column("failing_since", Moment),
    Column("busy", Integer, nullable=False, server_default="0"),
    Column("moves", Integer, nullable=False, server_default="0"),
    Column("moved_since", Moment),
    Column("hints", Json(HINTS)),
    Column("recent", Moments),
    Column("pushed", Boolean, nullable=False, server_default=false()),
    Column("status", Integer),
    Column("wire_bytes", BigInteger, nullable=False, server_default="0"),
    Column("millis", BigInteger, nullable=False, server_default="0"),
    Index(None, "due", "slug", "host", sqlite_where=text(ACTIVE), postgresql_where=text(ACTIVE)),
    Index(None, "leased_until", "host", sqlite_where=text(_LEASED), postgresql_where=text(_LEASED)),
)
"""`rested` is since when the documents do not name the source, or disable it; NULL while it is polled.

`host` is that of the address that is asked. What the columns that are nullable say is unknown while they are NULL.
"""

seen = Table(
    "seen",
    metadata,
    Column("source", Key, primary_key=True),
    Column("marks", LargeBinary, nullable=False),
)
"""The marks of the items that the bodies of a source held."""

poll = Table(
    "poll",
    metadata,
    Column("source", Key, primary_key=True),
    Column("slot", Integer, primary_key=True, autoincrement=False),
    Column("fence", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
    Column("status", Integer),
    Column("wire_bytes", BigInteger, nullable=False),
    Column("millis", BigInteger, nullable=False),
    Column("total", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("duplicates", Integer, nullable=False),
    Column("fault", Words, nullable=False),
    sqlite_with_rowid=False,
)
"""The last polls of a source, each in the slot of its fence, where it takes the place of an older one."""

host = Table(
    "host",
    metadata,
    Column("host", Key, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("busy", Integer, nullable=False),
    Column("until", Moment),
    Column("reason", Words, nullable=False),
    Index(None, "until"),
)
"""Hosts that are not well."""

subscription = Table(
    "subscription",
    metadata,
    Column("source", Key, primary_key=True),
    Column("hub", Words, nullable=False),
    Column("topic", Words, nullable=False),
    Column("token", Key, nullable=False),
    Column("secret", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("asked_at", Moment),
    Column("verified_at", Moment),
    Column("lease_until", Moment),
    Column("next_at", Moment, nullable=False),
    Column("first_push", Moment),
    Column("last_push", Moment),
    Column("missed", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("fault", Words, nullable=False),
    Index(None, "token", unique=True),
    Index(None, "next_at", "source"),
)

push = Table(
    "push",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("source", Key, nullable=False),
    Column("at", Moment, nullable=False),
    Column("media_type", Words, nullable=False),
    Column("charset", Words),
    Column("body", LargeBinary, nullable=False),
    Index(None, "source"),
    sqlite_autoincrement=True,
)
"""What hubs pushed, until it is read. No number is given twice: who is slow to take one must not take another."""
