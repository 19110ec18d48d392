"""From what a source answered to one transaction that holds all that follows from it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from feedhub.errors import StoreError
from feedhub.flows.poll.absorb import Absorb, Placing
from feedhub.model.polling import Ending, Failed, Pace, Polled, Read, Trouble
from feedhub.model.reading import Died, PageAsk, ReadAsk, ReadDone, ReadEntry, Unreadable
from feedhub.model.site import Desk
from feedhub.model.source import (
    Ask,
    Fetched,
    Gone,
    Moved,
    NotModified,
    Outcome,
    Refused,
    Source,
    SourceState,
    Validators,
)
from feedhub.ports import Clock, Fetcher, Sandbox, Store
from feedhub.steps.conclude import conclude
from feedhub.text.digest import digest

_log = logging.getLogger(__name__)

PAGES = 30
"""Article pages fetched in one poll at most: a first poll of a long feed must not look like an attack."""

PORTION = 1000
"""New and changed entries that one poll takes: ten thousand at once would keep every other poll from writing."""

BUSY = {429, 503}


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """One source: its answer is read, and what it held is placed, routed and stored together with its new state."""

    store: Store
    sandbox: Sandbox
    fetcher: Fetcher
    clock: Clock
    desk: Callable[[], Desk]
    placing: Placing
    pace: Pace

    def __call__(self, state: SourceState, outcome: Outcome) -> Polled:
        """What the poll did. Raises LeaseLostError, having written nothing, if another worker has the source now."""
        now = self.clock()
        source = self.desk().sources.get(state.slug)
        if source is None:
            return Polled(source=state.slug, fault="it was taken out of the documents while it was asked")
        try:
            return self._poll(state, source, outcome=outcome, now=now)
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001  # recorded on the source; the next one is polled all the same
            _log.exception("poll failed by a fault of feedhub", extra={"source": source.slug})
            fault = f"a fault in feedhub itself, please report it: {type(error).__name__}: {str(error)[:200]}"
            return self._close(state, source, ending=Failed(trouble=Trouble.ERROR, fault=fault), now=now)

    def _poll(self, state: SourceState, source: Source, *, outcome: Outcome, now: datetime) -> Polled:
        answer = outcome.then if isinstance(outcome, Moved) else outcome
        state = replace(state, moved_to=outcome.url if isinstance(outcome, Moved) else None)
        match answer:
            case NotModified():
                ending = Read(validators=_renewed(state.validators, answer.validators), body_digest=None)
                return self._close(state, source, ending=ending, now=now)
            case Gone():
                failed = Failed(
                    trouble=Trouble.GONE,
                    fault="the publisher says that this feed is gone for good (410): look for its new address",
                )
                return self._close(state, source, ending=failed, now=now)
            case Refused():
                return self._close(state, source, ending=_failed(answer), now=now)
            case Fetched():
                return self._read(state, source, fetched=answer, now=now)
            case _:
                assert_never(answer)

    def _read(self, state: SourceState, source: Source, *, fetched: Fetched, now: datetime) -> Polled:
        body = digest(fetched.body)
        if body == state.body_digest:
            ending = Read(validators=fetched.validators, body_digest=body)
            return self._close(state, source, ending=ending, now=now)
        with self.store.read() as unit:
            known = unit.entries.known(source.slug)
        read = self.sandbox.read(
            ReadAsk(
                source=source,
                body=fetched.body,
                media_type=fetched.media_type,
                charset=fetched.charset,
                url=fetched.url,
                now=now,
                authority=self.placing.authority,
                known=known,
            )
        )
        match read:
            case Died():
                failed = Failed(trouble=Trouble.DEATH, fault=f"the feed could not be read safely: {read.why}")
                return self._close(state, source, ending=failed, now=now)
            case Unreadable():
                return self._close(state, source, ending=Failed(trouble=Trouble.ERROR, fault=read.why), now=now)
            case ReadDone():
                done = replace(read, fresh=self._with_pages(source, read.fresh[:PORTION]))
                more = len(read.fresh) > PORTION
                ending = Read(validators=fetched.validators, body_digest=body, title=read.title, more=more)
                return self._store(state, source, done=done, ending=ending, now=now)
            case _:
                assert_never(read)

    def _store(self, state: SourceState, source: Source, *, done: ReadDone, ending: Read, now: datetime) -> Polled:
        with self.store.write() as unit:
            absorb = Absorb(
                unit=unit, desk=self.desk(), placing=self.placing, now=now, backlog=state.last_success is None
            )
            gone = frozenset(done.withdrawn)
            listed = [read for read in done.fresh if read.entry.guid not in gone]
            new, changed = absorb(listed, source=source.slug)
            withdrawn = absorb.withdraw(source.slug, done.withdrawn)
            ending = replace(ending, changed=bool(new or changed or withdrawn))
            after = conclude(state, source=source, ending=ending, pace=self.pace, now=now)
            unit.sources.save(after, fence=state.fence)
        return Polled(
            source=source.slug,
            total=done.total,
            new=new,
            changed=changed,
            withdrawn=withdrawn,
            dropped=done.dropped,
            faults=done.faults,
        )

    def _close(self, state: SourceState, source: Source, *, ending: Ending, now: datetime) -> Polled:
        """End a poll that brought no entries: only the source's own row is written."""
        after = conclude(state, source=source, ending=ending, pace=self.pace, now=now)
        with self.store.write() as unit:
            unit.sources.save(after, fence=state.fence)
        return Polled(source=source.slug, fault=after.fault, unchanged=isinstance(ending, Read))

    def _with_pages(self, source: Source, fresh: tuple[ReadEntry, ...]) -> tuple[ReadEntry, ...]:
        """For a source that asks for full text: each new entry with the text of its article where that can be had."""
        if not source.fulltext:
            return fresh
        wanted = {read.entry.key: read for read in fresh[:PAGES] if read.entry.link}
        asks = [Ask(ref=key, url=read.entry.link, accept="text/html") for key, read in wanted.items()]
        pages = {ask.ref: outcome for ask, outcome in self.fetcher(asks)}
        return tuple(self._with_page(source, read, outcome=pages.get(read.entry.key)) for read in fresh)

    def _with_page(self, source: Source, read: ReadEntry, *, outcome: Outcome | None) -> ReadEntry:
        page = outcome.then if isinstance(outcome, Moved) else outcome
        if not isinstance(page, Fetched):
            return read
        ask = PageAsk(
            source=source,
            entry=read.entry,
            body=page.body,
            media_type=page.media_type,
            charset=page.charset,
            url=page.url,
        )
        fuller = self.sandbox.page(ask)
        return fuller if isinstance(fuller, ReadEntry) else read


def _renewed(before: Validators, after: Validators) -> Validators:
    """What a 304 left out stays as it was (RFC 9110, section 15.4.5)."""
    return Validators(
        etag=after.etag or before.etag,
        last_modified=after.last_modified or before.last_modified,
    )


def _failed(refused: Refused) -> Failed:
    trouble = Trouble.BUSY if refused.status in BUSY else Trouble.ERROR
    return Failed(trouble=trouble, fault=refused.detail, retry_after=refused.retry_after)
