"""By what a source's entries are known again when it lists them: their guids, and their pages."""

from collections.abc import Iterable

from sqlalchemy import String, bindparam, false, literal, null, select, true, union_all

from feedhub.adapters.store.codec import mark, plain
from feedhub.adapters.store.columns import Key, Moment, each
from feedhub.adapters.store.tables import entry, stub
from feedhub.adapters.store.work import AnyRow, Work
from feedhub.model.entry import KnownEntry
from feedhub.model.keys import Digest, EntryKey, Guid, SourceSlug


def recall(work: Work, source: SourceSlug, *, guids: Iterable[Guid], pages: Iterable[str]) -> tuple[KnownEntry, ...]:
    """What is known of a source's entries with one of these guids or canonical links, the oldest first."""
    wanted, linked = {plain(guid) for guid in guids}, {plain(page) for page in pages if page}
    if not wanted and not linked:
        return ()
    marks = {"guids": [mark(guid) for guid in wanted], "pages": [mark(page) for page in linked]}
    rows = work.rows(_RECALL, {"source": source, **marks})
    fitting = {row.id: _known(row) for row in rows if row.guid in wanted or row.canonical in linked}
    return tuple(fitting[number] for number in sorted(fitting))


def _known(row: AnyRow) -> KnownEntry:
    return KnownEntry(
        guid=Guid(row.guid),
        key=EntryKey(row.key),
        raw=Digest(row.raw) if row.withdrawn is None else None,
        title=row.title,
        link=row.link,
        canonical=row.canonical,
        published=row.published,
        forgotten=bool(row.forgotten),
    )


_c, _s = entry.c, stub.c
_of_source = bindparam("source", type_=Key())
_guids, _pages = (select(each(name).c.value) for name in ("guids", "pages"))
_columns = (_c.id, _c.guid, _c.key, _c.raw, _c.title, _c.link, _c.canonical, _c.withdrawn, _c.published)
_entries = select(*_columns, false().label("forgotten")).where(_c.source == _of_source)
_nothing = (literal("", String()), literal("", String()), literal("", String()))
_never = null().cast(Moment())
_stubs = select(_s.id, _s.guid, _s.key, _s.raw, *_nothing, _never, _never, true()).where(_s.source == _of_source)
_RECALL = union_all(
    _entries.where(_c.guid_mark.in_(_guids)),
    _entries.where(_c.canonical_mark.in_(_pages)),
    _stubs.where(_s.guid_mark.in_(_guids)),
)
