"""Entries, and all that belongs to each: credit, fingerprint, placement, postings of shingles."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import (
    and_,
    bindparam,
    func,
    or_,
    select,
    update,
)

from feedhub.adapters.store.codec import mark, plain
from feedhub.adapters.store.columns import Key, each
from feedhub.adapters.store.forget import forget_postings
from feedhub.adapters.store.intake import CREDIT, Intake
from feedhub.adapters.store.recall import recall
from feedhub.adapters.store.rows import credit_values, mark_of, text_values
from feedhub.adapters.store.tables import entry, stub
from feedhub.adapters.store.work import AnyRow, Work
from feedhub.errors import NotFoundError
from feedhub.model.credit import Credit
from feedhub.model.entry import KnownEntry
from feedhub.model.keys import EntryKey, Guid, SourceSlug, StoryKey
from feedhub.model.reading import ReadEntry
from feedhub.model.story import Candidate, Placement
from feedhub.ports import Near


class EntryTable:
    """EntryRows on the database."""

    def __init__(self, work: Work, intake: Intake) -> None:
        self._work, self._intake = work, intake
        intake.replace = self.replace

    def recall(self, source: SourceSlug, guids: Iterable[Guid], pages: Iterable[str]) -> tuple[KnownEntry, ...]:
        """What is known of a source's entries with one of these guids or canonical links, the oldest first."""
        return recall(self._work, source, guids=guids, pages=pages)

    def add(self, read: ReadEntry, *, story: StoryKey, placement: Placement) -> None:
        """Store a new entry with all that belongs to it; one that is there already is replaced."""
        self._intake.add(read, story=story, placement=placement)

    def replace(self, read: ReadEntry) -> None:
        """Store a newer text of a known entry; its key, story, placement and `seen` stay.

        An entry that was withdrawn is back with it; one that is forgotten stays so, only the digest of its raw item is
        kept. Raises NotFoundError if there is none of this source and guid.
        """
        item = read.entry
        self._intake.unsettle()
        stored = next(iter(self._of(item.source, [item.guid])), None)
        if stored is None:
            self._replace_stub(read)
            return
        self._work.run(_REPLACE, text_values(read) | {"of": stored.id})
        self._work.run(CREDIT, credit_values(stored.id, read.credit))
        if stored.shingles != read.fingerprint.shingles:
            self._intake.post([(stored.id, read.fingerprint, stored.seen)])
        self._work.served = True

    def withdraw(self, source: SourceSlug, guids: Iterable[Guid], now: datetime) -> tuple[StoryKey, ...]:
        """Mark entries as withdrawn; gives the stories that held those not marked before, by key."""
        self._intake.unsettle()
        rows = [row for row in self._of(source, guids) if row.withdrawn is None]
        self._work.many(_WITHDRAW, [{"of": row.id, "now": now} for row in rows])
        self._work.served = self._work.served or bool(rows)
        return tuple(sorted({StoryKey(row.story) for row in rows}))

    def set_credit(self, entry: EntryKey, credit: Credit) -> None:
        """Replace the credit of an entry. Raises NotFoundError if there is no such entry."""
        self._intake.unsettle()
        row = self._work.row(_BY_KEY, {"of": entry})
        if row is None:
            raise NotFoundError(kind="entry", name=entry)
        self._work.run(CREDIT, credit_values(row.id, credit))
        self._work.served = True

    def expect(self, reads: Sequence[ReadEntry]) -> None:
        """Say which entries are about to be placed."""
        self._intake.expect(reads)

    def candidates(
        self, read: ReadEntry, *, since: datetime, limit: int, near: Near | None = None
    ) -> tuple[Candidate, ...]:
        """Stories near the entry: those with its canonical link or body digest, then those that share most shingles."""
        return self._intake.candidates(read, since=since, limit=limit, near=near)

    def find(self, address: str, page: str) -> EntryKey | None:
        """The entry with the key `address`, or with the canonical link `page`.

        Of several the one whose link is the address, else the first that came.
        """
        row = self._work.row(_FIND, {"address": address, "page": page, "mark": mark_of(page)})
        return EntryKey(row.key) if row else None

    def story_of(self, entry: EntryKey) -> StoryKey | None:
        """The story that an entry is in now."""
        row = self._work.row(_BY_KEY, {"of": entry})
        return StoryKey(row.story) if row else None

    def count(self) -> int:
        """How many entries are stored; forgotten ones are not."""
        return int(self._work.run(_COUNT).scalar_one())

    def forget_postings(self, before: datetime, limit: int) -> int:
        """Drop the postings of entries seen before a moment, `limit` at most; gives how many went."""
        return forget_postings(self._work, before, limit)

    def _of(self, source: SourceSlug, guids: Iterable[Guid]) -> list[AnyRow]:
        wanted = {plain(guid) for guid in guids}
        if not wanted:
            return []
        values = {"source": source, "guids": [mark(guid) for guid in wanted]}
        return [row for row in self._work.rows(_BY_GUID, values) if row.guid in wanted]

    def _replace_stub(self, read: ReadEntry) -> None:
        item = read.entry
        values = {"from": item.source, "mark": mark(item.guid), "guid_of": item.guid, "raw": item.raw}
        if self._work.run(_REPLACE_STUB, values).rowcount != 1:
            raise NotFoundError(kind="entry", name=item.key)


_c = entry.c
_of_source = bindparam("source", type_=Key())
_guids = select(each("guids").c.value)
_BY_GUID = select(_c.id, _c.key, _c.guid, _c.story, _c.seen, _c.withdrawn, _c.shingles).where(
    _c.source == _of_source, _c.guid_mark.in_(_guids)
)
_REPLACE_STUB = (
    update(stub)
    .where(
        stub.c.source == bindparam("from"), stub.c.guid_mark == bindparam("mark"), stub.c.guid == bindparam("guid_of")
    )
    .values(raw=bindparam("raw"))
)
_BY_KEY = select(_c.id, _c.story).where(_c.key == bindparam("of"))
_REPLACE = update(entry).where(_c.id == bindparam("of"))
_WITHDRAW = update(entry).where(_c.id == bindparam("of")).values(withdrawn=bindparam("now"))
_FIND = (
    select(_c.key)
    .where(
        or_(
            _c.key == bindparam("address"),
            and_(_c.canonical_mark == bindparam("mark"), _c.canonical == bindparam("page")),
        )
    )
    .order_by(_c.link != bindparam("address"), _c.id)
    .limit(1)
)
_COUNT = select(func.count()).select_from(entry)
