"""Links are found by their canonical form, and only matches that are shown are kept in order: fewer trees to write."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

SHOWN = sa.text("ranked IS NOT NULL")


def upgrade() -> None:
    """Each tree in which entries fall anywhere costs a page of every entry that is stored."""
    op.drop_index("ix_entry_link_mark", "entry")
    op.drop_column("entry", "link_mark")
    op.drop_index("ix_match_topic_ranked_story", "match")
    op.create_index(
        "ix_match_topic_ranked_story",
        "match",
        ["topic", "ranked", "story"],
        sqlite_where=SHOWN,
        postgresql_where=SHOWN,
    )
