"""How rows leave the store: postings that no entry can meet any more, old stories, old lines of the audit log.

A story leaves with everything that belongs to it and with the redirects that end in it. Of each of its entries a stub
stays: a feed may list an item for years, and what it lists must not be announced twice. A stub tells that much and
nothing else. Of each source only the newest stubs stay, more than feeds list: those that fell out of it need none.
"""

from datetime import datetime

from sqlalchemy import BigInteger, Executable, bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from feedhub.adapters.store.columns import Key, Moment
from feedhub.adapters.store.tables import audit, entry, match, posting, story, stub
from feedhub.adapters.store.work import Values, Work, bounded
from feedhub.model.keys import SourceSlug, TopicSlug
from feedhub.model.upkeep import Forgotten


def forget_postings(work: Work, before: datetime, limit: int) -> int:
    """Drop the oldest lines of the log of postings (see EntryRows.forget_postings); gives how many went."""
    return work.run(_UNPOST, {"before": before, "most": bounded(limit)}).rowcount


def forget_stories(work: Work, before: datetime, limit: int, *, stubs: int) -> Forgotten:
    """Let old stories go, the longest open first (see StoryRows.forget)."""
    values: Values = {"before": before, "most": bounded(limit)}
    old = work.rows(_OLD, values)
    if not old:
        return Forgotten(stories=0, entries=0, topics=())
    keys = work.run(_GONE, values).scalars().all()
    topics = {TopicSlug(row.topic): row.size for row in work.rows(_SHOWN_IN, values)}
    counts = {SourceSlug(row.source): row.size for row in work.rows(_SIZES, values)}
    for statement in (_STUB[work.dialect], _DROP_ENTRIES, _DROP_MATCHES, _DROP_STORY):
        work.many(statement, [{"of": key} for key in keys])
    work.many(_DROP_STUBS, [{"of": source, "skip": bounded(stubs)} for source in counts])
    work.added.subtract(counts)
    work.shown.subtract(topics)
    work.served = True
    return Forgotten(stories=len(old), entries=sum(counts.values()), topics=tuple(topics))


def forget_lines(work: Work, before: datetime, limit: int) -> int:
    """Drop old lines of the audit log, looking at the first `limit` alone; gives how many went."""
    return work.run(_DROP_LINES, {"before": before, "most": bounded(limit)}).rowcount


_before = bindparam("before", type_=Moment())
_most = bindparam("most", type_=BigInteger())
_skip = bindparam("skip", type_=BigInteger())
_of = bindparam("of", type_=Key())

_oldest = select(posting.c.number).where(posting.c.seen < _before).order_by(posting.c.seen).limit(_most)
_UNPOST = delete(posting).where(posting.c.number.in_(_oldest))

# `opened` is never later than `changed`, and has an index.
_OLD = (
    select(story.c.key)
    .where(story.c.opened < _before, story.c.changed < _before, story.c.merged_into.is_(None))
    .order_by(story.c.opened, story.c.key)
    .limit(_most)
)
_old = select(_OLD.subquery().c.key).cte("gone", recursive=True)
_gone = _old.union(select(story.c.key).join(_old, story.c.merged_into == _old.c.key))
_GONE = select(_gone.c.key)
_SHOWN_IN = (
    select(match.c.topic, func.count().label("size"))
    .where(match.c.story.in_(_GONE), match.c.ranked.is_not(None))
    .group_by(match.c.topic)
    .order_by(match.c.topic)
)
_SIZES = select(entry.c.source, func.count().label("size")).where(entry.c.story.in_(_GONE)).group_by(entry.c.source)

_columns = [column.name for column in stub.c]
_left = select(*(entry.c[name] for name in _columns)).where(entry.c.story == _of)
_STUB: dict[str, Executable] = {
    "sqlite": sqlite.insert(stub).from_select(_columns, _left).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(stub).from_select(_columns, _left).on_conflict_do_nothing(),
}
_DROP_ENTRIES = delete(entry).where(entry.c.story == _of)
_DROP_MATCHES = delete(match).where(match.c.story == _of)
_DROP_STORY = delete(story).where(story.c.key == _of)
_other = stub.alias()
_too_old = select(_other.c.id).where(_other.c.source == _of).order_by(_other.c.id.desc()).limit(1).offset(_skip)
_DROP_STUBS = delete(stub).where(stub.c.source == _of, stub.c.id <= _too_old.scalar_subquery())

_first_lines = select(audit.c.id, audit.c.at).order_by(audit.c.id).limit(_most).subquery()
_DROP_LINES = delete(audit).where(audit.c.id.in_(select(_first_lines.c.id).where(_first_lines.c.at < _before)))
