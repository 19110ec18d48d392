"""How rows leave the store: postings that no entry can meet any more, old stories, old lines of the audit log.

Postings are dropped by walking through their tree, some thousands at a time, never entry by entry: the postings of one
entry lie on a hundred pages, each of which would have to be written for it alone.

A story leaves with everything that belongs to it and with the redirects that end in it. Of each of its entries a stub
stays: a feed may list an item for years, and what it lists must not be announced twice. A stub tells that much and
nothing else. Of each source only the newest stubs stay, more than feeds list: those that fell out of it need none.
"""

from datetime import datetime

from sqlalchemy import BigInteger, Executable, bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from feedhub.adapters.store.columns import Key, Moment
from feedhub.adapters.store.tables import audit, entry, match, shingle, story, stub
from feedhub.adapters.store.work import Values, Work, bounded
from feedhub.model.keys import SourceSlug, TopicSlug
from feedhub.model.upkeep import Forgotten, Swept


def forget_shingles(work: Work, before: datetime, limit: int, *, start: int | None) -> Swept:
    """Drop what is old among the next postings (see EntryRows.forget_shingles); all postings of one hash count as one.

    A position is the hash with which the next stretch begins.
    """
    first = _LOWEST if start is None else start
    last = work.run(_LAST, {"first": first, "skip": bounded(limit - 1)}).scalar_one_or_none()
    values: Values = {"first": first, "last": _HIGHEST if last is None else last, "before": before}
    dropped = work.run(_UNPOST, values).rowcount
    return Swept(dropped=dropped, onward=None if last in {None, _HIGHEST} else last + 1)


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


_LOWEST, _HIGHEST = -(2**63), 2**63 - 1
_before = bindparam("before", type_=Moment())
_most = bindparam("most", type_=BigInteger())
_skip = bindparam("skip", type_=BigInteger())
_of = bindparam("of", type_=Key())

_from_first = shingle.c.hash >= bindparam("first", type_=BigInteger())
_LAST = select(shingle.c.hash).where(_from_first).order_by(shingle.c.hash).limit(1).offset(_skip)
_UNPOST = delete(shingle).where(
    _from_first, shingle.c.hash <= bindparam("last", type_=BigInteger()), shingle.c.seen < _before
)

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
