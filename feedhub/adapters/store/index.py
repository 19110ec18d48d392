"""The postings of all entries that may still be joined, in memory: each process follows the log of them.

The log is the truth and is written with the entries, by one writer at a time; so whoever writes sees all that others
have written. A transaction reads first what was committed since it was last looked at, which is for all that follow;
what it then writes itself is its own until it is committed, for it may yet be undone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, bindparam, func, select

from feedhub.adapters.store.columns import NUMBER, Moment
from feedhub.adapters.store.tables import posting
from feedhub.adapters.store.work import Fill, InsertNew, Work
from feedhub.model.story import Fingerprint
from feedhub.text.postings import Post, Postings, keys_of

_BATCH = 10_000
"""Rows of the log read at once: 2 MB."""


SLACK = timedelta(hours=1)
"""How long postings stay in memory after they have become too old: clocks differ, and are set back a little."""

_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The postings as far as a row of the log; of entries seen before `floor` there may be none."""

    postings: Postings = field(default_factory=Postings)
    last: int = 0
    floor: datetime = _EVER

    def after(self, work: Work, since: datetime, *, end: int) -> "View":
        """With what has been logged after it, up to a row, of entries seen since a moment."""
        postings = self.postings
        for posts in _logged(work, since, after=self.last, end=end):
            postings = postings.plus(posts)
        return View(postings=postings, last=end, floor=max(self.floor, since))

    def plus(self, posts: Sequence[Post]) -> "View":
        """With some more, which the transaction has written itself."""
        return replace(self, postings=self.postings.plus(posts)) if posts else self

    def since(self, moment: datetime) -> "View":
        """Without what was seen before, as far as that is easily left out."""
        return View(postings=self.postings.since(moment.timestamp()), last=self.last, floor=max(self.floor, moment))


class Index:
    """What all transactions of this process share: the view of what is committed."""

    def __init__(self) -> None:
        self.view = View()


class Follower:
    """One transaction's look at the index, and its hand on the log."""

    def __init__(self, work: Work, index: Index, *, writes: bool) -> None:
        self._work, self._index, self._writes = work, index, writes
        self._view: View | None = None
        self._committed: int | None = None
        self._written: list[Post] = []
        self._ended = 0

    def postings(self, since: datetime) -> Postings:
        """All postings of entries seen since, and some older ones; those of this transaction among them."""
        end = self._last_committed()
        self._work.before()  # what waits is written first
        if self._view is None or since < self._view.floor:
            self._view = self._shared(since, since - SLACK, end)
        return self._view.plus(self._written).postings

    def post(self, entries: Sequence[tuple[int, Fingerprint, datetime]]) -> None:
        """Log the fingerprints of entries, each with its number and when it was seen."""
        self._last_committed()
        some = [(as_post(number, fingerprint, seen), seen) for number, fingerprint, seen in entries]
        some = [(post, seen) for post, seen in some if post.keys]
        _FILL(
            self._work,
            [{"entry": post.number, "seen": seen, "size": post.size, "sample": post.keys} for post, seen in some],
        )
        self._written += [post for post, _ in some]

    def finish(self) -> None:
        """Look where the log ends, as the transaction does."""
        if self._view and self._written:
            self._ended = self._work.run(_LAST).scalar_one()

    def publish(self) -> None:
        """It is committed: those that follow need not read what was written."""
        if self._view and self._written:
            self._index.view = replace(self._view.plus(self._written), last=self._ended)

    def _shared(self, since: datetime, oldest: datetime, end: int) -> View:
        """What is committed, for this transaction and those that follow; anew where the clock was set far back."""
        view = self._index.view if since >= self._index.view.floor else View()
        view = view.since(oldest).after(self._work, oldest, end=end)
        if self._writes:
            self._index.view = view
        return view

    def _last_committed(self) -> int:
        """The last row of the log that others have written: what comes after it may yet be undone."""
        if self._committed is None:
            self._work.before()  # what waits is written first, which may come here before us
        if self._committed is None:
            self._committed = self._work.run(_LAST).scalar() or 0
        return self._committed


def as_post(number: int, fingerprint: Fingerprint, seen: datetime) -> Post:
    """A fingerprint as it is posted and asked for."""
    shingles = fingerprint.shingles
    return Post(number=number, seen=seen.timestamp(), size=len(shingles) // 8, keys=keys_of(shingles))


def _logged(work: Work, since: datetime, *, after: int, end: int) -> Iterator[list[Post]]:
    """What stands in the log between two rows, some at a time."""
    while rows := work.rows(_LOG, {"since": since, "after": after, "end": end}):
        after = rows[-1].number
        yield [Post(number=row.entry, seen=row.seen.timestamp(), size=row.size, keys=row.sample) for row in rows]
        if len(rows) < _BATCH:
            return


_c = posting.c
_LAST = select(func.max(_c.number))
_LOG = (
    select(posting)
    .where(
        _c.number > bindparam("after", type_=NUMBER),
        _c.number <= bindparam("end", type_=BigInteger()),
        _c.seen >= bindparam("since", type_=Moment()),
    )
    .order_by(_c.number)
    .limit(_BATCH)
)
_FILL = Fill(posting, InsertNew(posting), without=["number"])
