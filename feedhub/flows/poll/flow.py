"""From what a source answered to what is to be stored of it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from feedhub.errors import StoreError
from feedhub.flows.poll.close import Close
from feedhub.flows.poll.ending import ours, told
from feedhub.flows.poll.pages import Pages
from feedhub.model.brought import Brought
from feedhub.model.ending import Ended, Unread
from feedhub.model.fetching import Fetched, Validators
from feedhub.model.polling import Ending, Failed, Polled, Read, Trouble
from feedhub.model.reading import Died, ReadAsk, ReadDone, Unreadable
from feedhub.model.site import Desk
from feedhub.model.source import Source
from feedhub.model.websub import Push
from feedhub.ports import Clock, Sandbox, Store
from feedhub.steps.websub import announced

_log = logging.getLogger(__name__)

PORTION = 1000
"""New and changed entries that one poll takes: ten thousand at once would take a child longer than it has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """One source: its answer is read, and what it held is given back to be kept; a push is kept by `keep_push`."""

    store: Store
    sandbox: Sandbox
    pages: Pages
    clock: Clock
    desk: Callable[[], Desk]
    authority: str
    close: Close
    keep_push: Callable[[Source, ReadDone], Polled]

    def __call__(self, unread: Unread) -> Brought | Polled:
        """What the poll brought; what it did, where it has ended without anything to be kept."""
        source = self.desk().sources.get(unread.state.slug)
        if source is None:  # it is no more: what it answered is not looked at
            return self._closed(unread, Read(validators=unread.state.validators))
        try:
            return self._read(unread, source)
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001  # recorded on the source; the next one is polled all the same
            _log.exception("poll failed by a fault of feedhub", extra={"source": source.slug})
            (polled,) = self.close([ours(unread.state, unread.trip, error)])
            return polled

    def push(self, push: Push) -> Polled:
        """What a hub has pushed for a source, read and stored like a body; the source's own state stays as it is."""
        source = self.desk().sources.get(push.source)
        if source is None:
            return Polled(source=push.source, fault="the documents do not name this source any more")
        try:
            return self._pushed(source, push)
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001  # costs this push; the next one is read all the same
            _log.exception("push failed by a fault of feedhub", extra={"source": source.slug})
            return Polled(source=source.slug, fault=told(error))

    def _pushed(self, source: Source, push: Push) -> Polled:
        with self.store.read() as unit:
            state, seen = unit.sources.get(source.slug), unit.sources.seen(source.slug)
        url = (state.address if state else "") or source.url  # where it is polled, though it may have moved
        read = self.sandbox.read(self._ask(source, _as_fetched(push, url), push.at, seen=seen))
        match read:
            case Died() | Unreadable():
                return Polled(source=source.slug, fault=read.why)
            case ReadDone():
                return self.keep_push(source, replace(read, fresh=self.pages(source, read.fresh)))
            case _:
                assert_never(read)

    def _read(self, unread: Unread, source: Source) -> Brought | Polled:
        fetched = unread.fetched
        ask = self._ask(source, fetched, self.clock(), seen=unread.state.marks)
        read = self.sandbox.read(replace(ask, suspect=unread.state.deaths > 0))
        match read:
            case Died():
                fault = f"the feed could not be read safely: {read.why}"
                return self._failed(unread, fault=fault, trouble=Trouble.DEATH)
            case Unreadable():
                return self._failed(unread, fault=read.why)
            case ReadDone():
                done = replace(read, fresh=self.pages(source, read.fresh))
                ending = Read(
                    validators=fetched.validators,
                    body_digest=unread.digest,
                    title=read.title,
                    hints=announced(read.hints, fetched.links, fetched.url),
                    more=read.more,
                )
                return Brought(state=unread.state, source=source, done=done, ending=ending, trip=unread.trip)
            case _:
                assert_never(read)

    def _ask(self, source: Source, fetched: Fetched, now: datetime, *, seen: bytes) -> ReadAsk:
        return ReadAsk(
            source=source,
            body=fetched.body,
            media_type=fetched.media_type,
            charset=fetched.charset,
            url=fetched.url,
            now=now,
            authority=self.authority,
            seen=seen,
            most=PORTION,
        )

    def _failed(self, unread: Unread, *, fault: str, trouble: Trouble = Trouble.ERROR) -> Polled:
        return self._closed(unread, Failed(trouble=trouble, fault=fault))

    def _closed(self, unread: Unread, ending: Ending) -> Polled:
        fault = ending.fault if isinstance(ending, Failed) else ""
        done = Polled(source=unread.state.slug, fault=fault)
        (polled,) = self.close([Ended(state=unread.state, ending=ending, trip=unread.trip, done=done)])
        return polled


def _as_fetched(push: Push, url: str) -> Fetched:
    return Fetched(
        body=push.body,
        media_type=push.media_type,
        charset=push.charset,
        url=url,
        validators=Validators(),
        wire_bytes=len(push.body),
        millis=0,
    )
