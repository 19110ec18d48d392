"""What stays of a source's polls: the last of them in lines, and the marks of the items that they brought."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import bindparam, select

from feedhub.adapters.store.columns import Texts, each
from feedhub.adapters.store.tables import poll, seen
from feedhub.adapters.store.work import AnyRow, Upsert, Values, Work
from feedhub.model.keys import SourceSlug
from feedhub.model.source import PollLine, SourceState

POLLS = 50
"""So many polls of a source are remembered: half a day of one that is asked every quarter of an hour."""


def record(work: Work, ended: Iterable[tuple[SourceState, PollLine]]) -> None:
    """Add a line each; the one that was written so many polls ago makes room, so that nothing has to be cleared."""
    work.many(_RECORD, [_line(state, line) for state, line in ended])


def history(work: Work, slug: SourceSlug) -> tuple[PollLine, ...]:
    """The last polls of a source, newest first."""
    return tuple(_poll(row) for row in work.rows(_HISTORY, {"of": slug}))


def marks(work: Work, slugs: Collection[SourceSlug]) -> dict[SourceSlug, bytes]:
    """The marks of items of those of the sources that have any."""
    rows = work.rows(_MARKS, {"slugs": list(slugs)}) if slugs else ()
    return {SourceSlug(row.source): bytes(row.marks) for row in rows}


def set_marks(work: Work, new: Mapping[SourceSlug, bytes]) -> None:
    """Replace them."""
    work.many(_SET_MARKS, [{"source": slug, "marks": marks} for slug, marks in new.items()])


_RECORD = Upsert(poll)
_HISTORY = select(poll).where(poll.c.source == bindparam("of")).order_by(poll.c.fence.desc())
_MARKS = select(seen.c.source, seen.c.marks).where(seen.c.source.in_(select(each("slugs", Texts()).c.value)))
_SET_MARKS = Upsert(seen)


def _line(state: SourceState, line: PollLine) -> Values:
    return {
        "source": state.slug,
        "slot": state.fence % POLLS,
        "fence": state.fence,
        "at": line.at,
        "status": line.status,
        "wire_bytes": line.wire_bytes,
        "millis": line.millis,
        "total": line.total,
        "new": line.new,
        "changed": line.changed,
        "duplicates": line.duplicates,
        "fault": line.fault,
    }


def _poll(row: AnyRow) -> PollLine:
    return PollLine(
        at=row.at,
        status=row.status,
        wire_bytes=row.wire_bytes,
        millis=row.millis,
        total=row.total,
        new=row.new,
        changed=row.changed,
        duplicates=row.duplicates,
        fault=row.fault,
    )
