"""The postings of all entries that may still be joined, in memory: each process follows the log of them.

The log is the truth and is written with the entries, by one writer at a time; so whoever writes sees all that others
have written. A transaction reads first what was committed since it was last looked at, which is for all that follow;
what it then writes itself is its own until the next one finds it in the log, for it may yet be undone.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, select

from feedhub.adapters.store.columns import NUMBER
from feedhub.adapters.store.tables import posting
from feedhub.adapters.store.work import Fill, InsertNew, Work
from feedhub.model.story import Fingerprint
from feedhub.text.postings import Post, Postings, keys_of

_BATCH = 10_000
"""Rows of the log read at once: 2 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The postings as far as a row of the log."""

    postings: Postings = field(default_factory=Postings)
    last: int = 0

    def after(self, work: Work) -> "View":
        """With what has been logged since."""
        postings, last = self.postings, self.last
        for rows, end in _logged(work, last):
            postings, last = postings.plus(rows), end
        return self if last == self.last else View(postings=postings, last=last)


class Index:
    """What all transactions of this process share: the view of what is committed."""

    def __init__(self) -> None:
        self.view = View()


class Follower:
    """One transaction's look at the index, and its hand on the log."""

    def __init__(self, work: Work, index: Index, *, writes: bool) -> None:
        self._work, self._index, self._writes = work, index, writes
        self._view: View | None = None

    def postings(self, since: datetime) -> Postings:
        """All postings of entries seen since, and some older ones; those of this transaction among them.

        What is too old by now is let go of for good: should the clock be set back, it is not missed.
        """
        moment = since.timestamp()
        self._view = self._follow().after(self._work)
        if self._writes:
            kept = self._index.view
            self._index.view = View(postings=kept.postings.since(moment), last=kept.last)
        return self._view.postings

    def post(self, entries: Sequence[tuple[int, Fingerprint, datetime]]) -> None:
        """Log the fingerprints of entries, each with its number and when it was seen."""
        self._follow()
        _FILL(self._work, list(_rows(entries)))

    def _follow(self) -> View:
        """The view of this transaction; of all, what was committed before it wrote anything."""
        if self._view is None:
            self._view = self._index.view.after(self._work)
            if self._writes:
                self._index.view = self._view
        return self._view


def as_post(number: int, fingerprint: Fingerprint, seen: datetime) -> Post:
    """A fingerprint as it is posted and asked for."""
    shingles = fingerprint.shingles
    return Post(number=number, seen=seen.timestamp(), size=len(shingles) // 8, keys=keys_of(shingles))


def _rows(entries: Iterable[tuple[int, Fingerprint, datetime]]) -> Iterator[dict[str, object]]:
    for number, fingerprint, seen in entries:
        post = as_post(number, fingerprint, seen)
        if post.keys:
            yield {"entry": number, "seen": seen, "size": post.size, "sample": post.keys}


def _logged(work: Work, last: int) -> Iterator[tuple[list[Post], int]]:
    """What stands in the log after a row, some at a time, each time with the last row read."""
    while rows := work.rows(_LOG, {"last": last}):
        last = rows[-1].number
        yield [Post(number=row.entry, seen=row.seen.timestamp(), size=row.size, keys=row.sample) for row in rows], last
        if len(rows) < _BATCH:
            return


_c = posting.c
_LOG = select(posting).where(_c.number > bindparam("last", type_=NUMBER)).order_by(_c.number).limit(_BATCH)
_FILL = Fill(posting, InsertNew(posting), without=["number"])
