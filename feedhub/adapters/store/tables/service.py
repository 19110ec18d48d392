"""What is served, what people did, and what is counted."""

from sqlalchemy import BigInteger, Boolean, Column, Index, LargeBinary, Table

from feedhub.adapters.store.codec import WORDS
from feedhub.adapters.store.columns import NUMBER, Json, Key, Moment, Words
from feedhub.adapters.store.tables.base import metadata

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
