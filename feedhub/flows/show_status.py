"""Show how the service is, for readers who wonder and for editors who mend."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from feedhub.model.newsroom import Newsroom
from feedhub.model.page import DOCUMENT_FAULTS, Mood, SourceLine, StatusPage
from feedhub.model.source import HostState, Source, SourceState
from feedhub.model.topic import ALL
from feedhub.ports import Clock, Store
from feedhub.steps.appraise import appraise
from feedhub.text.hosts import host_of
from feedhub.text.next_poll import tell_next


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowStatus:
    """Everything an admin asks first, in one look at the store."""

    store: Store
    newsroom: Callable[[], Newsroom]
    clock: Clock

    def __call__(self) -> StatusPage:
        """Sources by trouble, then by name."""
        now = self.clock()
        with self.store.read() as unit:
            states = unit.sources.all()
            resting = {host.host: host for host in unit.hosts.resting(now)}
            faults = unit.book.fact(DOCUMENT_FAULTS) or ""
            entries = unit.entries.count()
            stories = unit.stories.sizes().get(ALL, 0)
            waiting = len(unit.renditions.marked())
        return StatusPage(
            sources=self._lines(states, resting, now),
            faults=tuple(faults.splitlines()),
            entries=entries,
            stories=stories,
            topics=len(self.newsroom().topics),
            last_poll=max((state.last_poll for state in states if state.last_poll), default=None),
            waiting=waiting,
        )

    def _lines(
        self, states: tuple[SourceState, ...], resting: Mapping[str, HostState], now: datetime
    ) -> tuple[SourceLine, ...]:
        newsroom = self.newsroom()
        sources = {source.slug: source for source in newsroom.sources}
        names = {slug: outlet.name for slug, outlet in newsroom.outlets.by_slug.items()}

        def line(state: SourceState) -> SourceLine:
            source: Source | None = sources.get(state.slug)
            outlet = names.get(source.outlet, source.outlet) if source else state.slug
            rests = resting.get(host_of(state.address or state.url))
            mood = appraise(state, now, rests=bool(rests))
            return SourceLine(state=state, outlet=outlet, mood=mood, next=tell_next(state, now, rests=rests))

        order = {mood: place for place, mood in enumerate(Mood)}
        return tuple(
            sorted(map(line, states), key=lambda one: (order[one.mood], one.outlet.casefold(), one.state.slug))
        )
