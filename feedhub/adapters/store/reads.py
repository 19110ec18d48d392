"""Entries with all that belongs to them, each read once in a transaction: what is near new ones is reported again."""

from collections.abc import Collection, Mapping

from sqlalchemy import select

from feedhub.adapters.store.columns import Texts, each
from feedhub.adapters.store.rows import read_of
from feedhub.adapters.store.tables import credit, entry
from feedhub.adapters.store.work import Work
from feedhub.model.keys import EntryKey
from feedhub.model.reading import ReadEntry


class Reads:
    """One transaction's. Nobody else can change an entry while it writes, so what it knows stays true until it does."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self._known: dict[EntryKey, ReadEntry] = {}

    def __getitem__(self, key: EntryKey) -> ReadEntry:
        """One of those that were asked for or put."""
        return self._known[key]

    def know(self, keys: Collection[EntryKey]) -> Mapping[EntryKey, ReadEntry]:
        """All that are known, these among them as far as they are stored."""
        if self._unknown(keys):
            self.work.before()  # what waits is written first, which may change some that are known
            for row in self.work.rows(_WHOLE, {"keys": self._unknown(keys)}):
                self._known[EntryKey(row.key)] = read_of(row)
        return self._known

    def _unknown(self, keys: Collection[EntryKey]) -> list[EntryKey]:
        return [key for key in keys if key not in self._known]

    def put(self, read: ReadEntry) -> None:
        """Know a new one."""
        self._known[read.entry.key] = read

    def forget(self) -> None:
        """Some are about to be changed."""
        self._known = {}


_WHOLE = (
    select(entry, credit.c.value.label("credit_value"))
    .join(credit, credit.c.entry == entry.c.id)
    .where(entry.c.key.in_(select(each("keys", Texts()).c.value)))
)
