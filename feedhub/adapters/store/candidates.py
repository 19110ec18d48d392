"""What the store is asked about what is near: by exact keys, and about the stories that are found so.

Each question is put once for many entries. An exact key that stands in hundreds of entries is answered by the newest
POSTINGS of them, which bounds the work.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    bindparam,
    exists,
    literal_column,
    or_,
    select,
    type_coerce,
)

from feedhub.adapters.store.columns import Key, Moment, Texts, each, together
from feedhub.adapters.store.tables import entry, story
from feedhub.adapters.store.work import AnyRow, Work
from feedhub.model.entry import Origin
from feedhub.model.keys import EntryKey, StoryKey

POSTINGS = 128
"""Entries looked at for one exact key: with a window of three days, what a busy agency sends in one."""
MEMBERS = 512
"""Entries of one story that are looked at, the newest, and its earliest ones: more than share a shingle."""


@dataclass(frozen=True, slots=True)
class Home:
    """An entry that stands, and the open story that it is in."""

    key: EntryKey
    seen: datetime
    canonical: str
    story: StoryKey


@dataclass(frozen=True, slots=True)
class Member:
    """An entry of a story, as far as it takes to choose among them."""

    number: int
    key: EntryKey
    seen: datetime
    canonical: str
    link: str
    lang: str | None
    origins: tuple[Origin, ...]
    body: str | None
    shingles: bytes


def twins(work: Work, marks: Collection[int], bodies: Collection[str]) -> dict[int | str, list[int]]:
    """By mark of a canonical link, and by digest of a body, the newest entries that have it, newest first."""
    found: dict[int | str, list[int]] = {}
    for statement, values in ((_LINKED, list(marks)), (_BODIES, list(bodies))):
        rows = work.rows(statement, {"values": values}) if values else ()
        found.update((value, numbers) for value, numbers in rows if numbers)
    return found


def homes(work: Work, entries: Collection[int], since: datetime) -> Sequence[AnyRow]:
    """Rows of those of the entries that stand in an open story: `id`, what `Home` has, and what the story is.

    It was `opened`, may be `locked`, and `runs` if any entry of it was seen since.
    """
    return work.rows(_HOMES, {"entries": list(entries), "since": since}) if entries else ()


def members(work: Work, stories: Collection[StoryKey]) -> Sequence[tuple[StoryKey, Member]]:
    """The entries of these stories that stand."""
    rows = work.rows(_MEMBERS, {"stories": list(stories)}) if stories else ()
    return [(StoryKey(row[0]), Member(*row[1:])) for row in rows]


_since = bindparam("since", type_=Moment())


_marks, _digests = each("values"), each("values", Texts())


def _twins(wanted: FromClause, column: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    some = (
        select(entry.c.id)
        .where(column == wanted.c.value, entry.c.withdrawn.is_(None))
        .order_by(entry.c.id.desc())
        .limit(literal_column(str(POSTINGS + 1)))
        .correlate(wanted)
        .subquery()
    )
    return select(wanted.c.value, select(together(some.c.id)).scalar_subquery())


_LINKED = _twins(_marks, entry.c.canonical_mark)
_BODIES = _twins(_digests, entry.c.body)

_recent = entry.alias()
_HOMES = (
    select(
        *(entry.c[name] for name in ("id", "key", "seen", "canonical", "story")),
        story.c.opened,
        story.c.locked,
        exists().where(_recent.c.story == entry.c.story, _recent.c.seen >= _since).label("runs"),
    )
    .join(story, and_(story.c.key == entry.c.story, story.c.merged_into.is_(None), story.c.withdrawn.is_(None)))
    .where(entry.c.id.in_(select(each("entries").c.value)), entry.c.withdrawn.is_(None))
)

_stories = each("stories", Texts())
_one = entry.alias()
_of_story = select(_one.c.seen).where(_one.c.story == type_coerce(_stories.c.value, Key())).limit(literal_column("1"))
_bounds = (
    select(
        _stories.c.value,
        _of_story.order_by(_one.c.seen.desc()).offset(literal_column(str(MEMBERS))).scalar_subquery().label("newest"),
        _of_story.where(_one.c.withdrawn.is_(None))
        .order_by(_one.c.seen)
        .offset(literal_column("1"))
        .scalar_subquery()
        .label("earliest"),
    )
    .cte("bounds")
    .prefix_with("MATERIALIZED")
)
_chosen = or_(_bounds.c.newest.is_(None), entry.c.seen >= _bounds.c.newest, entry.c.seen <= _bounds.c.earliest)
_MEMBERS = select(
    *(entry.c[name] for name in ("story", "id", "key", "seen", "canonical", "link", "lang", "origins", "body")),
    entry.c.shingles,
).join_from(
    _bounds, entry, and_(entry.c.story == type_coerce(_bounds.c.value, Key()), _chosen, entry.c.withdrawn.is_(None))
)
