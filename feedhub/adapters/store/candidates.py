"""Which stories an entry may belong to: found by exact keys, then by shingles in common, with bounded work.

A shingle that stands in hundreds of entries is furniture, or a wire story that everybody carries. It cannot be left
out, for the next copy of such a story has no other; so of each shingle only the newest POSTINGS are read, and a shingle
that has as many counts a quarter of a rarer one. That bounds the work and lets twins that share rare words come before
neighbours that share a newsletter's footer.

A story is handed over by its earliest entry, and by its nearest one too if that is another: a cut under a new headline
may be like the one copy that has both and like nothing else. The earliest alone would make stories depend on the order
in which entries arrive.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

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
    union,
    union_all,
)

from feedhub.adapters.store.codec import plain
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
_PART = 0.06
"""What shares less of the smaller fingerprint is near by chance, as its story will be: the earliest entry will do."""
_NUMBER = 8
"""Bytes of a shingle in a fingerprint."""
_ALL = 1000
"""More shingles than a fingerprint has."""
_STRENGTH = {"link": 2, "body": 1, "": 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Near:
    """Of a story the entry that shares most, how many shingles, and how many bytes its fingerprint has."""

    entry: int
    shared: int
    size: int


def find_candidates(work: Work, read: ReadEntry, *, since: datetime, limit: int) -> tuple[Candidate, ...]:
    """Stories near the entry, the exact ones first, then by what they share (see EntryRows.candidates)."""
    exact = _exact(work, read, since=since, limit=limit)
    shared = _shared(work, read, since=since, limit=limit)
    order = tuple(dict.fromkeys((*exact, *shared)))[:limit]
    nearest = {key: near.entry for key, near in shared.items() if _is_near(read, near)} | exact
    members: dict[StoryKey, list[AnyRow]] = {key: [] for key in order}
    for row in _members(work, read, order, entries=[nearest[key] for key in order if key in nearest]):
        members[row.story].append(row)
    mine = frozenset(hashes(read.fingerprint.shingles, _ALL))
    counts = {key: near.shared for key, near in shared.items()}
    return tuple(
        _candidate(read, row, shared=counts.get(key, 0)) for key in order for row in _telling(read, mine, members[key])
    )


def _exact(work: Work, read: ReadEntry, *, since: datetime, limit: int) -> dict[StoryKey, int]:
    """Stories that hold an entry with the same canonical link, or else the same body, each with that entry."""
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
    return {StoryKey(row.story): row.id for row in work.rows(_EXACT, values)}


def _shared(work: Work, read: ReadEntry, *, since: datetime, limit: int) -> dict[StoryKey, _Near]:
    """The stories of the entries that share most, the nearest first."""
    numbers = hashes(read.fingerprint.shingles, ASKED)
    if not numbers:
        return {}
    values: Values = {"hashes": numbers, "self": read.entry.key, "since": since}
    counts: dict[StoryKey, int] = {}
    nearest: dict[StoryKey, _Near] = {}
    for key, entry_id, shared, weight, size in work.rows(_SHARED[work.dialect], values):
        counts.setdefault(key, weight)
        if key not in nearest or shared > nearest[key].shared:
            nearest[key] = _Near(entry=entry_id, shared=shared, size=size)
    return {key: nearest[key] for key in sorted(counts, key=lambda key: (-counts[key], key))[:limit]}


def _is_near(read: ReadEntry, near: _Near) -> bool:
    """Whether enough of the smaller fingerprint is shared, judged by the ASKED smallest shingles."""
    less, more = (size // _NUMBER for size in sorted((len(read.fingerprint.shingles), near.size)))
    return near.shared >= _PART * less * min(1, ASKED / max(1, more))


def _members(work: Work, read: ReadEntry, stories: Sequence[StoryKey], *, entries: Sequence[int]) -> Sequence[AnyRow]:
    """The earliest entry of each story, and these entries, the earlier ones first."""
    if not stories:
        return ()
    return work.rows(_MEMBERS, {"stories": stories, "self": read.entry.key, "entries": entries})


def _telling(read: ReadEntry, mine: frozenset[int], members: Sequence[AnyRow]) -> Sequence[AnyRow]:
    """The earliest entry of a story, and the other one if it is nearer: of a hundred equal copies one says it all."""
    earliest, *others = members
    if not others:
        return members
    least = _nearness(read, mine, earliest)
    return [earliest, *(other for other in others if _nearness(read, mine, other) > least)]


def _nearness(read: ReadEntry, mine: frozenset[int], row: AnyRow) -> tuple[int, int]:
    return _STRENGTH[_key_of(read, row)], len(mine.intersection(hashes(row.shingles, _ALL)))


def _candidate(read: ReadEntry, row: AnyRow, *, shared: int) -> Candidate:
    return Candidate(
        story=StoryKey(row.story),
        entry=entry_of(row),
        credit=row.credit_value,
        fingerprint=fingerprint_of(row),
        opened=row.opened,
        locked=row.locked,
        shared=shared,
        exact=_key_of(read, row),
    )


def _key_of(read: ReadEntry, row: AnyRow) -> str:
    """Which exact key the two have in common."""
    if "" != row.canonical == plain(read.entry.canonical):
        return "link"
    return "body" if row.body is not None and row.body == read.fingerprint.body else ""


_self = bindparam("self", type_=Key())
_since = bindparam("since", type_=Moment())
_most = bindparam("most", type_=BigInteger())
_open = and_(story.c.merged_into.is_(None), story.c.withdrawn.is_(None))
_others = and_(entry.c.key != _self, entry.c.withdrawn.is_(None))


def _newest(how: str, condition: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """The newest entries that meet a condition."""
    some = (
        select(entry.c.story, entry.c.id, entry.c.seen, entry.c.key)
        .where(condition, _others)
        .order_by(entry.c.id.desc())
        .limit(literal_column(str(POSTINGS)))
        .subquery()
    )
    return select(some, literal_column(f"'{how}'", Words()).label("how"))


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
_recent = entry.alias()
_t = _twins.c
_place = func.row_number().over(partition_by=_t.story, order_by=(_t.how.desc(), _t.seen, _t.key)).label("place")
_ranked = (
    select(_t.story, _t.id, _t.how, story.c.opened, _place)
    .join(story, and_(story.c.key == _t.story, _open))
    .where(exists().where(_recent.c.story == _t.story, _recent.c.seen >= _since))
    .subquery()
)
_EXACT = (
    select(_ranked.c.story, _ranked.c.id)
    .where(_ranked.c.place == 1)
    .order_by(_ranked.c.how.desc(), _ranked.c.opened, _ranked.c.story)
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


def _nearest(postings: Subquery) -> Select[*tuple[Any, ...]]:
    """The entries that share most, with what they count and the size of their fingerprints, the nearest first."""
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
        select(entry.c.story, entry.c.id, near.c.shared, near.c.counts, func.length(entry.c.shingles))
        .select_from(near)
        .join(entry, and_(entry.c.id == near.c.entry, _others))
        .join(story, and_(story.c.key == entry.c.story, _open))
        .order_by(near.c.counts.desc(), entry.c.id)
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
    union(
        select(_earliest.label("id")).where(story.c.key.in_(bindparam("stories", type_=Key(), expanding=True))),
        select(each("entries").c.value),
    )
    .cte("chosen")
    .prefix_with("MATERIALIZED")
)
_MEMBERS = (
    select(entry, credit.c.value.label("credit_value"), story.c.opened, story.c.locked)
    .select_from(_chosen)
    .join(entry, entry.c.id == _chosen.c.id)
    .join(story, story.c.key == entry.c.story)
    .join(credit, credit.c.entry == entry.c.id)
    .order_by(entry.c.seen, entry.c.key)
)
