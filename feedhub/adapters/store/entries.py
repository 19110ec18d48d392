"""Entries, and all that belongs to each: credit, fingerprint, placement, postings of shingles."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import (
    Executable,
    and_,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    true,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from feedhub.adapters.store.candidates import find_candidates
from feedhub.adapters.store.codec import mark, plain
from feedhub.adapters.store.columns import NUMBER, Key, Moment, each
from feedhub.adapters.store.forget import forget_shingles
from feedhub.adapters.store.rows import credit_values, hashes, mark_of, text_values
from feedhub.adapters.store.tables import credit, entry, placement, shingle, stub
from feedhub.adapters.store.work import AnyRow, InsertNew, Upsert, Work
from feedhub.errors import NotFoundError
from feedhub.model.credit import Credit
from feedhub.model.keys import Digest, EntryKey, Guid, SourceSlug, StoryKey
from feedhub.model.reading import ReadEntry
from feedhub.model.story import Candidate, Fingerprint, Placement
from feedhub.model.upkeep import Swept

POSTED = 96
"""Shingles of an entry that are posted: all of a summary's, a sample of a long article's. Each costs a page of disk."""


KNOWN = 5_000
"""Digests that a poll of one source is given, the newest: more than feeds list, and little enough to hand over."""


class EntryTable:
    """EntryRows on the database."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def known(self, source: SourceSlug) -> frozenset[Digest]:
        """The raw digests of a source's newest entries, forgotten ones among them; withdrawn ones are left out."""
        return frozenset(Digest(raw) for raw in self._work.run(_KNOWN, {"source": source}).scalars())

    def keys(self, source: SourceSlug, guids: Iterable[Guid]) -> Mapping[Guid, EntryKey]:
        """Those of the guids that are stored already, or were and are forgotten."""
        return {Guid(row.guid): EntryKey(row.key) for row in self._of(source, guids, among=_KEYS)}

    def digests(self, source: SourceSlug, guids: Iterable[Guid]) -> Mapping[Guid, Digest]:
        """The raw digests of those of the guids that `keys` gives, withdrawn ones left out."""
        return {Guid(row.guid): Digest(row.raw) for row in self._of(source, guids, among=_DIGESTS)}

    def add(self, read: ReadEntry, *, story: StoryKey, placement: Placement) -> None:
        """Store a new entry with all that belongs to it; one that is there already is replaced."""
        item = read.entry
        values = text_values(read) | {
            "key": item.key,
            "source": item.source,
            "guid": item.guid,
            "guid_mark": mark(item.guid),
            "story": story,
            "seen": item.seen,
        }
        number = self._work.run(_ADD, values).scalar_one_or_none()
        if number is None:
            self.replace(read)
            return
        self._work.run(_CREDIT, credit_values(number, read.credit))
        self._work.run(_PLACED, {"entry": number, "kind": placement.kind.value, "value": placement})
        self._post(number, read.fingerprint, seen=item.seen)
        self._work.added[item.source] += 1
        self._work.served = True

    def replace(self, read: ReadEntry) -> None:
        """Store a newer text of a known entry; its key, story, placement and `seen` stay.

        An entry that was withdrawn is back with it; one that is forgotten stays so, only the digest of its raw item is
        kept. Raises NotFoundError if there is none of this source and guid.
        """
        item = read.entry
        stored = next(iter(self._of(item.source, [item.guid])), None)
        if stored is None:
            self._replace_stub(read)
            return
        self._work.run(_REPLACE, text_values(read) | {"of": stored.id})
        self._work.run(_CREDIT, credit_values(stored.id, read.credit))
        if stored.shingles != read.fingerprint.shingles:
            self._work.run(_UNPOST, {"hashes": hashes(stored.shingles, POSTED), "entry": stored.id})
            self._post(stored.id, read.fingerprint, seen=stored.seen)
        self._work.served = True

    def withdraw(self, source: SourceSlug, guids: Iterable[Guid], now: datetime) -> tuple[StoryKey, ...]:
        """Mark entries as withdrawn; gives the stories that held those not marked before, by key."""
        rows = [row for row in self._of(source, guids) if row.withdrawn is None]
        self._work.many(_WITHDRAW, [{"of": row.id, "now": now} for row in rows])
        self._work.served = self._work.served or bool(rows)
        return tuple(sorted({StoryKey(row.story) for row in rows}))

    def set_credit(self, entry: EntryKey, credit: Credit) -> None:
        """Replace the credit of an entry. Raises NotFoundError if there is no such entry."""
        row = self._work.row(_BY_KEY, {"of": entry})
        if row is None:
            raise NotFoundError(kind="entry", name=entry)
        self._work.run(_CREDIT, credit_values(row.id, credit))
        self._work.served = True

    def candidates(self, read: ReadEntry, *, since: datetime, limit: int) -> tuple[Candidate, ...]:
        """Stories near the entry: those with its canonical link or body digest, then those that share most shingles."""
        return find_candidates(self._work, read, since=since, limit=limit)

    def find(self, address: str) -> EntryKey | None:
        """The entry with this key, link or canonical link; of several, the first that came."""
        row = self._work.row(_FIND, {"address": address, "mark": mark_of(address)})
        return EntryKey(row.key) if row else None

    def story_of(self, entry: EntryKey) -> StoryKey | None:
        """The story that an entry is in now."""
        row = self._work.row(_BY_KEY, {"of": entry})
        return StoryKey(row.story) if row else None

    def count(self) -> int:
        """How many entries are stored; forgotten ones are not."""
        return int(self._work.run(_COUNT).scalar_one())

    def forget_shingles(self, before: datetime, limit: int, *, start: int | None) -> Swept:
        """Among the next `limit` postings from `start` on, drop those of entries seen before a moment."""
        return forget_shingles(self._work, before, limit, start=start)

    def _of(self, source: SourceSlug, guids: Iterable[Guid], *, among: Executable | None = None) -> list[AnyRow]:
        wanted = {plain(guid) for guid in guids}
        values = {"source": source, "guids": [mark(guid) for guid in wanted]}
        if not wanted:
            return []
        return [row for row in self._work.rows(_BY_GUID if among is None else among, values) if row.guid in wanted]

    def _replace_stub(self, read: ReadEntry) -> None:
        item = read.entry
        values = {"from": item.source, "mark": mark(item.guid), "guid_of": item.guid, "raw": item.raw}
        if self._work.run(_REPLACE_STUB, values).rowcount != 1:
            raise NotFoundError(kind="entry", name=item.key)

    def _post(self, number: int, fingerprint: Fingerprint, *, seen: datetime) -> None:
        if numbers := hashes(fingerprint.shingles, POSTED):
            self._work.run(_POST[self._work.dialect], {"hashes": numbers, "number": number, "at": seen})


_c = entry.c
_of_source = bindparam("source", type_=Key())
_guids = select(each("guids").c.value)
_newest = [
    select(some.c.id, some.c.raw)
    .where(some.c.source == _of_source, *conditions)
    .order_by(some.c.id.desc())
    .limit(literal_column(str(KNOWN)))
    .subquery()
    for some, conditions in ((entry, [_c.withdrawn.is_(None)]), (stub, []))
]
_either = union_all(*map(select, _newest)).subquery()
_KNOWN = select(_either.c.raw).order_by(_either.c.id.desc()).limit(literal_column(str(KNOWN)))
_BY_GUID = select(_c.id, _c.key, _c.guid, _c.story, _c.seen, _c.withdrawn, _c.shingles).where(
    _c.source == _of_source, _c.guid_mark.in_(_guids)
)
_KEYS = union_all(
    select(_c.key, _c.guid).where(_c.source == _of_source, _c.guid_mark.in_(_guids)),
    select(stub.c.key, stub.c.guid).where(stub.c.source == _of_source, stub.c.guid_mark.in_(_guids)),
)
_DIGESTS = union_all(
    select(_c.raw, _c.guid).where(_c.source == _of_source, _c.guid_mark.in_(_guids), _c.withdrawn.is_(None)),
    select(stub.c.raw, stub.c.guid).where(stub.c.source == _of_source, stub.c.guid_mark.in_(_guids)),
)
_REPLACE_STUB = (
    update(stub)
    .where(
        stub.c.source == bindparam("from"), stub.c.guid_mark == bindparam("mark"), stub.c.guid == bindparam("guid_of")
    )
    .values(raw=bindparam("raw"))
)
_BY_KEY = select(_c.id, _c.story).where(_c.key == bindparam("of"))
_ADD = InsertNew(entry)
_REPLACE = update(entry).where(_c.id == bindparam("of"))
_WITHDRAW = update(entry).where(_c.id == bindparam("of")).values(withdrawn=bindparam("now"))
_FIND = (
    select(_c.key)
    .where(
        or_(
            _c.key == bindparam("address"),
            and_(_c.link_mark == bindparam("mark"), _c.link == bindparam("address")),
            and_(_c.canonical_mark == bindparam("mark"), _c.canonical == bindparam("address")),
        )
    )
    .order_by(_c.id)
    .limit(1)
)
_COUNT = select(func.count()).select_from(entry)

_CREDIT = Upsert(credit)
_PLACED = insert(placement)

_new = each("hashes")
_posted = select(_new.c.value, bindparam("number", type_=NUMBER), bindparam("at", type_=Moment())).where(true())
_POST: dict[str, Executable] = {  # one that is there already says the same
    "sqlite": sqlite.insert(shingle).from_select(["hash", "entry", "seen"], _posted).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(shingle).from_select(["hash", "entry", "seen"], _posted).on_conflict_do_nothing(),
}
_UNPOST = delete(shingle).where(
    shingle.c.hash.in_(select(_new.c.value)), shingle.c.entry == bindparam("entry", type_=NUMBER)
)
