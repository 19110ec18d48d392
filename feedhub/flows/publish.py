"""Show stories that have settled, and render every topic whose feeds want new bytes."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import datetime

from feedhub.model.dossier import Dossier
from feedhub.model.keys import SourceSlug, StoryKey, TopicSlug
from feedhub.model.rendition import Form
from feedhub.model.site import Desk, Site
from feedhub.model.source import SourceState
from feedhub.model.story import Story
from feedhub.model.topic import Topic
from feedhub.ports import Clock, Store, Unit
from feedhub.steps.render import channel, render
from feedhub.steps.show import show_at
from feedhub.steps.tell import tell
from feedhub.text.digest import digest

_log = logging.getLogger(__name__)

CHUNK = 200
"""Stories shown in one transaction: a first poll of many sources must not hold the store for seconds."""

SETTINGS = "published_with"
"""The fact that stands for the settings with which the stored feeds were made: another base_url wants other bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publish:
    """From stored stories to stored bytes."""

    store: Store
    clock: Clock
    desk: Callable[[], Desk]
    site: Site

    def __call__(self, topics: frozenset[TopicSlug] | None = None) -> tuple[int, int]:
        """How many stories were shown for the first time, and how many topics were rendered.

        `topics` are rendered whether they want it or not.
        """
        shown = self._show_ripe()
        rendered = self._render(topics or frozenset())
        return shown, rendered

    def current(self) -> bool:
        """Whether every topic has all its feeds, made with the settings as they are."""
        with self.store.read() as unit:
            return not self._stale(unit)

    def _show_ripe(self) -> int:
        shown = 0
        while True:
            with self.store.write() as unit:
                now = self.clock()
                ripe = unit.stories.ripe(now, CHUNK)
                more = self._show_all(unit, ripe, now) if ripe else 0
            shown += more
            if len(ripe) < CHUNK or not more:  # those that cannot be shown would come again and again
                return shown

    def _show_all(self, unit: Unit, ripe: Sequence[StoryKey], now: datetime) -> int:
        """How many of the stories had something to show."""
        told = [one for one in unit.stories.dossiers(ripe) if one.reports]
        states: dict[SourceSlug, SourceState | None] = {}
        changes = [(one, replace(one, story=self._shown(unit, one, states, now=now))) for one in told]
        unit.stories.renew(changes, now)
        unit.renditions.mark({match.topic for one in told for match in one.matches}, now)
        return len(told)

    def _shown(self, unit: Unit, one: Dossier, states: dict[SourceSlug, SourceState | None], *, now: datetime) -> Story:
        """The story as feeds will show it; `states` remembers the sources that were asked for."""
        telling = tell(one.reports)
        slug = telling.lead.source
        if slug not in states:
            states[slug] = unit.sources.get(slug)
        shown = show_at(self.desk(), telling, one.reports, state=states[slug], now=now)
        return replace(one.story, shown=shown, changed=now)

    def _render(self, wanted: frozenset[TopicSlug]) -> int:
        topics = {topic.slug: topic for topic, _ in self.desk().topics}
        with self.store.read() as unit:
            marked, stale = unit.renditions.marked(), self._stale(unit)
        todo = [topics[slug] for slug in topics if slug in marked or slug in stale or slug in wanted]
        rendered = sum(map(self._render_topic, todo))
        with self.store.write() as unit:
            unit.renditions.drop_others(topics)
            if stale:
                unit.book.set_fact(SETTINGS, self._settings())
        return rendered

    def _stale(self, unit: Unit) -> frozenset[TopicSlug]:
        """Topics without all their feeds; all of them where the operator's settings are others than they were."""
        topics = frozenset(topic.slug for topic, _ in self.desk().topics)
        if unit.book.fact(SETTINGS) != self._settings():
            return topics
        forms = unit.renditions.forms()
        return frozenset(slug for slug in topics for form in Form if (slug, form) not in forms)

    def _settings(self) -> str:
        return digest(*(str(value) for value in astuple(self.site)))

    def _render_topic(self, topic: Topic) -> bool:
        """Whether the bytes were put: where another poller has put later ones meanwhile, they are too old."""
        with self.store.read() as unit:
            marks = unit.renditions.marks(topic.slug)
            stories = unit.stories.in_topic(topic.slug, limit=topic.items or self.site.items)
        renditions = [render(channel(topic, self.site), stories, form) for form in Form]
        for line in sorted({line for rendition in renditions for line in rendition.dropped}):
            _log.warning("story left out of a feed", extra={"topic": topic.slug, "fault": line})
        with self.store.write() as unit:
            settled = unit.renditions.settle(topic.slug, marks)
            for rendition in renditions if settled else ():
                unit.renditions.put(rendition)
        return settled
