"""Shingles are looked up in memory, which follows a log of them; the tree of them leaves."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from struct import pack, unpack

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"

MOMENT = sa.BigInteger().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

KEPT, STIR, BATCH = 48, 0x9E3779B97F4A7C15, 1000
DAYS = 30
"""Of entries seen longer before the last one nothing is logged: ten times the window in which stories are joined."""


def upgrade() -> None:
    """Log the fingerprints of entries, in the order of their numbers; upkeep lets go of the old ones."""
    posting = op.create_table(
        "posting",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("entry", NUMBER, nullable=False),
        sa.Column("seen", MOMENT, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sample", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_posting"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_posting_seen", "posting", ["seen"])
    for rows in _rows(op.get_bind()):
        op.bulk_insert(posting, rows)
    op.drop_table("shingle")
    op.execute("DELETE FROM fact WHERE name IN ('upkeep_swept', 'upkeep_position')")


def _rows(connection: sa.Connection) -> Iterator[list[dict[str, object]]]:
    last = 0
    entry = sa.table("entry", sa.column("id"), sa.column("seen"), sa.column("shingles"))
    newest = connection.execute(sa.select(sa.func.max(entry.c.seen))).scalar()
    if newest is None:
        return
    span = timedelta(days=DAYS)
    since = newest - span if isinstance(newest, datetime) else newest - span // timedelta(microseconds=1)
    statement = (
        sa.select(entry)
        .where(entry.c.id > sa.bindparam("last"), entry.c.seen >= since)
        .order_by(entry.c.id)
        .limit(BATCH)
    )
    while found := connection.execute(statement, {"last": last}).all():
        last = found[-1].id
        yield [
            {"entry": row.id, "seen": row.seen, "size": len(row.shingles) // 8, "sample": keys}
            for row in found
            if (keys := _keys(bytes(row.shingles)))
        ]


def _keys(shingles: bytes) -> bytes:
    count = min(len(shingles) // 8, KEPT)
    numbers = unpack(f"<{count}q", shingles[: count * 8])
    keys = [number * STIR % 2**64 >> 32 for number in numbers]
    return pack(f"<{len(keys)}I", *keys)
