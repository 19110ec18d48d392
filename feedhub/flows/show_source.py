"""Show one source: how it is, why it is asked when it is, and what its last polls brought."""

from collections.abc import Callable
from dataclasses import dataclass

from feedhub.errors import NotFoundError
from feedhub.model.keys import SourceSlug
from feedhub.model.newsroom import Newsroom
from feedhub.model.page import SourceLine, SourcePage
from feedhub.ports import Clock, Store
from feedhub.steps.appraise import appraise
from feedhub.text.hosts import host_of
from feedhub.text.next_poll import tell_next


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowSource:
    """Everything that the store knows of one source."""

    store: Store
    newsroom: Callable[[], Newsroom]
    clock: Clock

    def __call__(self, slug: SourceSlug) -> SourcePage:
        """The source. Raises NotFoundError where the documents name no such source, or disable it."""
        now = self.clock()
        with self.store.read() as unit:
            state = unit.sources.get(slug)
            host = unit.hosts.get([host_of(state.address or state.url)]) if state else {}
            subscription = unit.subscriptions.get(slug)
            history = unit.sources.history(slug)
        newsroom = self.newsroom()
        source = next((source for source in newsroom.sources if source.slug == slug and source.enabled), None)
        if state is None or source is None:
            raise NotFoundError(kind="source", name=slug)
        rests = next((one for one in host.values() if one.until and one.until > now), None)
        outlet = newsroom.outlets.by_slug[source.outlet].name
        mood = appraise(state, now, rests=bool(rests))
        return SourcePage(
            line=SourceLine(state=state, outlet=outlet, mood=mood, next=tell_next(state, now, rests=rests)),
            history=history,
            subscription=subscription,
        )
