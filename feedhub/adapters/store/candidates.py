"""Which stories an entry may belong to: found by exact keys, then by shingles in common, with bounded work.

A shingle that stands in hundreds of entries is furniture, or a wire story that everybody carries. It cannot be left
out, for the next copy of such a story has no other; so of each shingle only the newest POSTINGS are read, and a shingle
that has as many counts a quarter of a rarer one. That bounds the work and lets twins that
share rare words come before neighbours that share a newsletter's footer.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Subquery,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    select,
    true,
    union_all,
)

from feedhub.adapters.store.columns import Key, Moment, Words, each
from feedhub.adapters.store.rows import entry_of, fingerprint_of, hashes, mark_of
from feedhub.adapters.store.tables import credit, entry, shingle, story
from feedhub.adapters.store.work import AnyRow, Values, Work
from feedhub.model.keys import StoryKey
from feedhub.model.reading import ReadEntry
from feedhub.model.story import Candidate

POSTINGS = 128
"""Entries looked at for one shingle or exact key: with a window of three days, what a busy agency sends in one."""
ASKED = 128
"""Shingles that are looked for: at most 16,000 postings are then read, which takes some ten milliseconds."""
_ENTRIES = 400
"""Entries with most shingles in common that are traced to their stories: a wire story alone may have a hundred."""
_RARE = 4
"""What a shingle counts that less than POSTINGS entries hold; others count 1."""


def find_candidates(work: Work, read: ReadEntry, *, since: datetime, limit: int) -> tuple[Candidate, ...]:
    """Stories near the entry, the exact ones first, then by what they share (see EntryRows.candidates)."""
    exact = _exact(work, read, since=since, limit=limit)
    shared = _shared(work, read, since=since, limit=limit)
    order = list(dict.fromkeys((*exact, *shared)))[:limit]
    rows = {row.story: row for row in _represent(work, read, order)} if order else {}
    return tuple(
        _candidate(rows[key], exact=exact.get(key, ""), shared=shared.get(key, 0)) for key in order if key in rows
    )


def _exact(work: Work, read: ReadEntry, *, since: datetime, limit: int) -> dict[StoryKey, str]:
    """Stories that hold an entry with the same canonical link or the same body, and by which."""
    body, canonical = read.fingerprint.body, read.entry.canonical
    if not canonical and body is None:
        return {}
    values: Values = {
        "self": read.entry.key,
        "mark": mark_of(canonical),
        "canonical": canonical,
        "body": body,
        "since": since,
        "most": limit,
    }
    return {StoryKey(row.story): row.how for row in work.rows(_EXACT, values)}


def _shared(work: Work, read: ReadEntry, *, since: datetime, limit: int) -> dict[StoryKey, int]:
    """How many shingles the nearest stories have in common with the entry."""
    numbers = hashes(read.fingerprint.shingles, ASKED)
    if not numbers:
        return {}
    values: Values = {"hashes": numbers, "self": read.entry.key, "since": since, "most": limit}
    return {StoryKey(row.story): row.shared for row in work.rows(_SHARED[work.dialect], values)}


def _represent(work: Work, read: ReadEntry, keys: Sequence[StoryKey]) -> Sequence[AnyRow]:
    return work.rows(_EARLIEST, {"keys": keys, "self": read.entry.key})


def _candidate(row: AnyRow, *, exact: str, shared: int) -> Candidate:
    return Candidate(
        story=StoryKey(row.story),
        entry=entry_of(row),
        credit=row.credit_value,
        fingerprint=fingerprint_of(row),
        opened=row.opened,
        locked=row.locked,
        shared=shared,
        exact=exact,
    )


_self = bindparam("self", type_=Key())
_since = bindparam("since", type_=Moment())
_most = bindparam("most", type_=BigInteger())
_open = and_(story.c.merged_into.is_(None), story.c.withdrawn.is_(None))
_others = and_(entry.c.key != _self, entry.c.withdrawn.is_(None))


def _newest(how: str, condition: ColumnElement[bool]) -> Select[tuple[str, str]]:
    """The stories of the newest entries that meet a condition."""
    some = (
        select(entry.c.story).where(condition, _others).order_by(entry.c.id.desc()).limit(literal_column(str(POSTINGS)))
    )
    return select(some.subquery().c.story, literal_column(f"'{how}'", Words()).label("how"))


_twins = union_all(
    _newest(
        "link",
        and_(
            entry.c.canonical_mark == bindparam("mark", type_=BigInteger()),
            entry.c.canonical == bindparam("canonical", type_=Words()),
        ),
    ),
    _newest("body", entry.c.body == bindparam("body", type_=Words())),
).subquery()
_how = func.max(_twins.c.how)
_recent = entry.alias()
_EXACT = (
    select(_twins.c.story, _how.label("how"))
    .join(story, and_(story.c.key == _twins.c.story, _open))
    .where(exists().where(_recent.c.story == _twins.c.story, _recent.c.seen >= _since))
    .group_by(_twins.c.story, story.c.opened)
    .order_by(_how.desc(), story.c.opened, _twins.c.story)
    .limit(_most)
)

_wanted = each("hashes")
_of_one = (
    select(shingle.c.entry, shingle.c.seen)
    .where(shingle.c.hash == _wanted.c.value)
    .order_by(shingle.c.entry.desc())
    .correlate(_wanted)
)


def _postings_on_sqlite() -> Subquery:
    """The newest postings of each shingle, with what each counts: from the entry on that is the last to be read."""
    last = (
        _of_one.with_only_columns(shingle.c.entry).limit(literal_column("1")).offset(literal_column(str(POSTINGS - 1)))
    )
    hashes = select(_wanted.c.value, last.scalar_subquery().label("last")).cte("hashes").prefix_with("MATERIALIZED")
    return (
        select(shingle.c.entry, shingle.c.seen, case((hashes.c.last.is_(None), _RARE), else_=1).label("counts"))
        .join(hashes, and_(shingle.c.hash == hashes.c.value, shingle.c.entry >= func.coalesce(hashes.c.last, 0)))
        .subquery()
    )


def _postings_on_postgresql() -> Subquery:
    """The same by a lateral join: without it the planner reads all postings rather than trust the limit."""
    newest = _of_one.limit(literal_column(str(POSTINGS))).subquery()
    counts = case((func.count().over() < POSTINGS, _RARE), else_=1).label("counts")
    some = select(newest.c.entry, newest.c.seen, counts).lateral("some")
    return select(some.c.entry, some.c.seen, some.c.counts).select_from(_wanted.join(some, true())).subquery()


def _nearest(postings: Subquery) -> Select[tuple[str, int]]:
    """The stories of the entries that share most."""
    counts = func.sum(postings.c.counts)
    near = (
        select(postings.c.entry, func.count().label("shared"), counts.label("counts"))
        .where(postings.c.seen >= _since)
        .group_by(postings.c.entry)
        .order_by(counts.desc(), postings.c.entry)
        .limit(literal_column(str(_ENTRIES)))
        .subquery()
    )
    return (
        select(entry.c.story, func.max(near.c.shared).label("shared"))
        .select_from(near)
        .join(entry, and_(entry.c.id == near.c.entry, _others))
        .join(story, and_(story.c.key == entry.c.story, _open))
        .group_by(entry.c.story)
        .order_by(func.max(near.c.counts).desc(), entry.c.story)
        .limit(_most)
    )


_SHARED = {"sqlite": _nearest(_postings_on_sqlite()), "postgresql": _nearest(_postings_on_postgresql())}

_other = entry.alias()
_earliest = (
    select(_other.c.id)
    .where(_other.c.story == story.c.key, _other.c.key != _self, _other.c.withdrawn.is_(None))
    .order_by(_other.c.seen, _other.c.key)
    .limit(literal_column("1"))
    .correlate(story)
    .scalar_subquery()
)
_chosen = (
    select(story.c.opened, story.c.locked, _earliest.label("first"))
    .where(story.c.key.in_(bindparam("keys", type_=Key(), expanding=True)))
    .cte("chosen")
    .prefix_with("MATERIALIZED")
)
_EARLIEST = (
    select(entry, credit.c.value.label("credit_value"), _chosen.c.opened, _chosen.c.locked)
    .select_from(_chosen)
    .join(entry, entry.c.id == _chosen.c.first)
    .join(credit, credit.c.entry == entry.c.id)
)
