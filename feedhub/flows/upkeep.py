"""Let go of what nothing needs any more, a little at a time, so that the store does not grow for ever.

Three things leave: postings once their entries are too old to be joined, stories that have not changed for
as long as the operator keeps them, and lines of the audit log of the same age; with them, uncounted, the few rows of
sources and topics that have been gone for as long. All pollers share one round an hour; where it did not suffice, the
next comes within minutes. A round is many short transactions, so that polls go on.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from feedhub.model.decision import AuditLine
from feedhub.model.upkeep import Kept
from feedhub.ports import Clock, Store, Unit

_log = logging.getLogger(__name__)

EVERY = timedelta(hours=1)
LEAP = timedelta(days=30)
"""After so long without a round nothing is forgotten in the next one: a clock that is wrong once must cost nothing."""

SOON = timedelta(minutes=2)
"""When the next round comes if work was left: a round takes a few seconds at most, polls have the rest."""

SLACK = timedelta(hours=1)
"""How much longer than the window postings are kept, because the clocks of pollers differ."""

STUBS = 5_000
"""Forgotten entries of one source that are still known: no feed lists more items that are all this old."""

LAST = "upkeep_last"
"""Fact: when the last round was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portions:
    """How much one transaction takes, a few dozen milliseconds each, and how many of them one round has."""

    stories: int = 500
    chunks: int = 10
    postings: int = 5_000
    lines: int = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Upkeep:
    """One round, if it is due. Stories are joined within `window` and kept for `keep` after their last change."""

    store: Store
    clock: Clock
    window: timedelta
    keep: timedelta
    portions: Portions = Portions()

    def __call__(self) -> Kept:
        """What left the store; nothing, at the cost of one look, where the last round was less than an hour ago."""
        now = self.clock()
        due, leapt = self._claim(now)
        if not due:
            return Kept()
        postings, unposted = (0, True) if leapt else self._unpost(now)
        stories, entries, done = (0, 0, True) if leapt else self._forget(now)
        with self.store.write() as unit:
            lines = unit.book.forget_lines(now - self.keep, self.portions.lines)
            unit.sources.forget(now - self.keep)
            unit.renditions.forget(now - self.keep)
            more = not (unposted and done and lines < self.portions.lines)
            kept = Kept(stories=stories, entries=entries, postings=postings, lines=lines, more=more)
            _record(unit, kept, now)
        return kept

    def _claim(self, now: datetime) -> tuple[bool, bool]:
        """Whether a round is due, which then is ours and no other poller's; and whether the clock has leapt since."""
        with self.store.write() as unit:
            due = _due(unit, LAST, every=EVERY, now=now)
            last = unit.book.fact(LAST)
            if due:
                unit.book.set_fact(LAST, now.isoformat())
        leapt = bool(last) and datetime.fromisoformat(last or "") < now - LEAP
        if due and leapt:
            _log.warning("nothing forgotten, the last round was long ago: is the clock right?", extra={"last": last})
        return due, leapt

    def _unpost(self, now: datetime) -> tuple[int, bool]:
        """Drop what is too old to be joined; gives how many postings went, and whether none is left."""
        dropped = 0
        for _ in range(self.portions.chunks):
            with self.store.write() as unit:
                gone = unit.entries.forget_postings(now - self.window - SLACK, self.portions.postings)
            dropped += gone
            if gone < self.portions.postings:
                return dropped, True
        return dropped, False

    def _forget(self, now: datetime) -> tuple[int, int, bool]:
        """Let old stories go; gives how many went, with how many entries, and whether none is left."""
        stories = entries = 0
        for _ in range(self.portions.chunks):
            with self.store.write() as unit:
                gone = unit.stories.forget(now - self.keep, self.portions.stories, stubs=STUBS)
                unit.renditions.mark(gone.topics, now)
            stories, entries = stories + gone.stories, entries + gone.entries
            if gone.stories < self.portions.stories:
                return stories, entries, True
        return stories, entries, False


def _due(unit: Unit, fact: str, *, every: timedelta, now: datetime) -> bool:
    """Whether what happens every so often is due; a last time in the future is some clock's mistake."""
    last = unit.book.fact(fact)
    return not last or not now - every < datetime.fromisoformat(last) <= now


def _record(unit: Unit, kept: Kept, now: datetime) -> None:
    """Tell the log and the audit log what went; have the next round come early if work is left."""
    if kept.more:
        unit.book.set_fact(LAST, (now - EVERY + SOON).isoformat())
    if kept.stories:  # postings go each hour; and a line that only told of the line that it replaced would never end
        counts = {"stories": kept.stories, "entries": kept.entries, "postings": kept.postings, "lines": kept.lines}
        detail = ", ".join(f"{count} {what}" for what, count in counts.items())
        unit.book.note(AuditLine(at=now, by="feedhub", action="forgot", subject="store", detail=detail))
        _log.info("old rows forgotten", extra=counts)
