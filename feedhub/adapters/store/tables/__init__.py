"""The tables, one truth for SQLite and PostgreSQL; migrations/ is how a database comes to have them.

Keys and slugs are text, as everywhere else. An entry also has a number, by which what belongs to it is joined and by
which newer entries are known from older ones. Addresses and guids are found by a 64-bit mark of theirs (see `mark`),
always together with the text itself. Whole values of the model lie as JSON text beside the columns that are asked for.
"""

from feedhub.adapters.store.tables.base import REVISIONS, metadata
from feedhub.adapters.store.tables.news import credit, entry, match, placement, posting, story, stub
from feedhub.adapters.store.tables.polling import ACTIVE, host, poll, push, seen, source, subscription
from feedhub.adapters.store.tables.service import audit, counter, decision, fact, outbox, rendition, revision

__all__ = [
    "ACTIVE",
    "REVISIONS",
    "audit",
    "counter",
    "credit",
    "decision",
    "entry",
    "fact",
    "host",
    "match",
    "metadata",
    "outbox",
    "placement",
    "poll",
    "posting",
    "push",
    "rendition",
    "revision",
    "seen",
    "source",
    "story",
    "stub",
    "subscription",
]
