"""The first tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

KEY = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
MOMENT = sa.BigInteger().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MARK = sa.BigInteger()
TEXT = sa.Text()
BYTES = sa.LargeBinary()


def upgrade() -> None:
    """Make them in an empty database."""
    _sources()
    _stories()
    _entries()
    _belongings()
    _topics()
    _book()
    _service()


def _sources() -> None:
    op.create_table(
        "source",
        _need("slug", KEY),
        _need("url", TEXT),
        _need("host", TEXT),
        sa.Column("rested", MOMENT),
        sa.Column("etag", TEXT),
        sa.Column("last_modified", TEXT),
        sa.Column("body_digest", TEXT),
        _need("title", TEXT),
        _need("due", MOMENT),
        _need("fence", sa.BigInteger()),
        sa.Column("leased_until", MOMENT),
        _need("worker", TEXT),
        sa.Column("last_poll", MOMENT),
        sa.Column("last_success", MOMENT),
        sa.Column("last_change", MOMENT),
        _need("failures", sa.Integer()),
        _need("deaths", sa.Integer()),
        _need("fault", TEXT),
        _need("next_reason", TEXT),
        _need("gone", sa.Boolean()),
        sa.Column("moved_to", TEXT),
        _need("entries", sa.Integer()),
        _keyed("source", "slug"),
    )
    _index("source", "due")
    _index("source", "leased_until", "host", where="leased_until IS NOT NULL")


def _stories() -> None:
    op.create_table(
        "story",
        _need("key", KEY),
        _need("ident", KEY),
        _need("opened", MOMENT),
        _need("publish_at", MOMENT),
        _need("changed", MOMENT),
        sa.Column("ranked", MOMENT),
        sa.Column("shown", TEXT),
        _need("locked", sa.Boolean()),
        sa.Column("withdrawn", MOMENT),
        sa.Column("merged_into", KEY),
        _keyed("story", "key"),
    )
    _index("story", "ident")
    _index("story", "opened")
    _index("story", "publish_at", "key", where="ranked IS NULL AND withdrawn IS NULL AND merged_into IS NULL")
    _index("story", "merged_into", where="merged_into IS NOT NULL")


def _entries() -> None:
    op.create_table(
        "entry",
        _need("id", NUMBER),
        _need("key", KEY),
        _need("source", KEY),
        _need("guid_mark", MARK),
        _need("guid", TEXT),
        _need("story", KEY),
        _need("seen", MOMENT),
        sa.Column("published", MOMENT),
        sa.Column("updated", MOMENT),
        sa.Column("withdrawn", MOMENT),
        _need("raw", TEXT),
        _need("digest", TEXT),
        sa.Column("link_mark", MARK),
        _need("link", TEXT),
        sa.Column("canonical_mark", MARK),
        _need("canonical", TEXT),
        sa.Column("lang", TEXT),
        _need("title", TEXT),
        _need("authors", TEXT),
        _need("tags", TEXT),
        _need("media", TEXT),
        _need("origins", TEXT),
        sa.Column("body", TEXT),
        _need("words", sa.Integer()),
        _need("shingles", BYTES),
        _need("text", TEXT),
        _need("summary", TEXT),
        _need("content", TEXT),
        _keyed("entry", "id"),
        _of_story("entry"),
        sqlite_autoincrement=True,
    )
    _index("entry", "key", unique=True)
    _index("entry", "source", "guid_mark", unique=True)
    _index("entry", "source", "id", "withdrawn", "raw")
    _index("entry", "story", "seen")
    _index("entry", "link_mark")
    _index("entry", "canonical_mark", "id")
    _index("entry", "body", "id")
    op.create_table(
        "stub",
        _need("id", NUMBER, autoincrement=False),
        _need("key", KEY),
        _need("source", KEY),
        _need("guid_mark", MARK),
        _need("guid", TEXT),
        _need("raw", TEXT),
        _keyed("stub", "id"),
    )
    _index("stub", "source", "guid_mark", unique=True)
    _index("stub", "source", "id", "raw")


def _belongings() -> None:
    op.create_table(
        "credit",
        _need("entry", NUMBER, autoincrement=False),
        _need("publisher", TEXT),
        sa.Column("originator", TEXT),
        _need("value", TEXT),
        _keyed("credit", "entry"),
        _of_entry("credit"),
    )
    op.create_table(
        "placement",
        _need("entry", NUMBER, autoincrement=False),
        _need("kind", TEXT),
        _need("value", TEXT),
        _keyed("placement", "entry"),
        _of_entry("placement"),
    )
    op.create_table(
        "shingle",
        _need("hash", sa.BigInteger(), autoincrement=False),
        _need("entry", NUMBER, autoincrement=False),
        _need("seen", MOMENT),
        _keyed("shingle", "hash", "entry"),
        sqlite_with_rowid=False,
    )


def _topics() -> None:
    op.create_table(
        "match",
        _need("story", KEY),
        _need("topic", KEY),
        sa.Column("ranked", MOMENT),
        _need("clause", TEXT),
        _need("words", TEXT),
        _need("at", MOMENT),
        _keyed("match", "story", "topic"),
        _of_story("match"),
    )
    _index("match", "topic", "ranked", "story")
    op.create_table(
        "rendition",
        _need("topic", KEY),
        _need("form", KEY),
        _need("etag", TEXT),
        _need("gzip_etag", TEXT),
        _need("modified", MOMENT),
        _need("dropped", TEXT),
        _need("body", BYTES),
        _need("gzip", BYTES),
        _keyed("rendition", "topic", "form"),
    )
    op.create_table(
        "outbox",
        _need("topic", KEY),
        _need("marks", sa.BigInteger()),
        _need("done", sa.BigInteger()),
        _need("at", MOMENT),
        _keyed("outbox", "topic"),
    )


def _book() -> None:
    op.create_table(
        "revision",
        _need("id", NUMBER),
        _need("document", KEY),
        _need("accepted", sa.Boolean()),
        _need("digest", TEXT),
        _need("at", MOMENT),
        _need("author", TEXT),
        _need("note", TEXT),
        _need("faults", TEXT),
        _need("text", TEXT),
        _keyed("revision", "id"),
    )
    _index("revision", "document", "id")
    op.create_table(
        "decision",
        _need("id", NUMBER),
        _need("kind", TEXT),
        _need("subject", TEXT),
        _need("subject_mark", MARK),
        _need("detail", TEXT),
        _need("by", TEXT),
        _need("at", MOMENT),
        sa.Column("undone", MOMENT),
        _keyed("decision", "id"),
    )
    _index("decision", "subject_mark", "id")
    op.create_table(
        "audit",
        _need("id", NUMBER),
        _need("at", MOMENT),
        _need("by", TEXT),
        _need("action", TEXT),
        _need("subject", TEXT),
        _need("detail", TEXT),
        _keyed("audit", "id"),
    )


def _service() -> None:
    op.create_table("fact", _need("name", KEY), _need("value", TEXT), _keyed("fact", "name"))
    op.create_table("counter", _need("name", KEY), _need("value", sa.BigInteger()), _keyed("counter", "name"))


def _need(name: str, kind: sa.types.TypeEngine[Any], *, autoincrement: bool = True) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, autoincrement="auto" if autoincrement else False)


def _keyed(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _of_story(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["story"], ["story.key"], name=f"fk_{table}_story", deferrable=True, initially="DEFERRED"
    )


def _of_entry(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["entry"], ["entry.id"], name=f"fk_{table}_entry", ondelete="CASCADE")


def _index(table: str, *columns: str, unique: bool = False, where: str | None = None) -> None:
    only = None if where is None else sa.text(where)
    name = f"ix_{table}_{'_'.join(columns)}"
    op.create_index(name, table, list(columns), unique=unique, sqlite_where=only, postgresql_where=only)
