"""A look for due sources: claim some, ask them side by side, put each answer through the line, publish."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from feedhub.errors import FeedhubError, LeaseLostError, StoreError
from feedhub.model.polling import Polled, Ticked
from feedhub.model.source import Ask, Outcome, SourceState
from feedhub.ports import Clock, Dispatcher, Fetcher, Store

_log = logging.getLogger(__name__)

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1"
)

LEASE = timedelta(minutes=10)
"""Longer than the slowest batch: a worker that lives must not lose what it works on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """One batch of due sources.

    `reload` looks at the documents, `poll` puts one answer through the line, `publish` renders what changed, `upkeep`
    lets go of what is too old (and knows when that is due).
    """

    store: Store
    fetcher: Fetcher
    dispatcher: Dispatcher
    clock: Clock
    reload: Callable[[], object]
    poll: Callable[[SourceState, Outcome], Polled]
    publish: Callable[[], tuple[int, int]]
    upkeep: Callable[[], object]
    worker: str
    batch: int = 200
    per_host: int = 4

    def __call__(self) -> Ticked:
        """What was polled and published; nothing due is an empty tick, which still publishes what has settled.

        Whatever goes wrong ends in the log and in `fault`: the next tick comes all the same.
        """
        try:
            return self._tick()
        except Exception as error:  # noqa: BLE001  # told in the log and to the caller
            return Ticked(polls=(), published=0, rendered=0, fault=_failed("tick failed", error))

    def _tick(self) -> Ticked:
        self.reload()
        with self.store.write() as unit:
            leased = unit.sources.lease(
                now=self.clock(), worker=self.worker, span=LEASE, limit=self.batch, per_host=self.per_host
            )
        polls = tuple(self.dispatcher.map(self._finish, self._answers(leased)))
        published, rendered = self.publish()
        return Ticked(polls=polls, published=published, rendered=rendered, fault=self._keep_up())

    def _keep_up(self) -> str:
        """Upkeep may fail, the tick has done its work all the same; gives what went wrong."""
        try:
            self.upkeep()
        except Exception as error:  # noqa: BLE001  # told in the log and to the caller
            return _failed("upkeep failed", error)
        return ""

    def _answers(self, leased: Iterable[SourceState]) -> Iterator[tuple[SourceState, Outcome]]:
        states = {str(state.slug): state for state in leased}
        asks = [
            Ask(ref=slug, url=state.url, validators=state.validators, accept=ACCEPT) for slug, state in states.items()
        ]
        for ask, outcome in self.fetcher(asks):
            yield states[ask.ref], outcome

    def _finish(self, work: tuple[SourceState, Outcome]) -> Polled:
        state, outcome = work
        try:
            polled = self.poll(state, outcome)
        except LeaseLostError:
            _log.warning("poll dropped, another worker has the source", extra={"source": state.slug})
            return Polled(source=state.slug, fault="another worker has taken this source over")
        except StoreError as error:
            _log.error("poll not stored", extra={"source": state.slug, "fault": str(error)})
            return Polled(source=state.slug, fault=str(error))
        _tell(polled)
        return polled


def _failed(what: str, error: Exception) -> str:
    """Tell the log; gives the error in words. One that was raised on purpose says all there is to know."""
    if isinstance(error, FeedhubError):
        _log.error(what, extra={"fault": str(error)})
        return str(error)
    _log.error(what, exc_info=error)
    return f"{type(error).__name__}: {error}"


def _tell(polled: Polled) -> None:
    facts = {
        "source": polled.source,
        "total": polled.total,
        "new": polled.new,
        "changed": polled.changed,
        "withdrawn": polled.withdrawn,
    }
    if polled.fault:
        _log.warning("source failed", extra=facts | {"fault": polled.fault})
    else:
        _log.info("source polled", extra=facts)
    for sentence in (*polled.faults, *polled.dropped):
        _log.info("feed was not in order", extra={"source": polled.source, "fault": sentence})
