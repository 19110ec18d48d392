"""Show stories that have settled, and render every topic whose feeds want new bytes."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from feedhub.model.keys import StoryKey, TopicSlug
from feedhub.model.rendition import Form
from feedhub.model.site import Desk, Site
from feedhub.model.topic import Topic
from feedhub.ports import Clock, Store, Unit
from feedhub.steps.render import channel, render
from feedhub.steps.show import show
from feedhub.steps.tell import tell

_log = logging.getLogger(__name__)

CHUNK = 200
"""Stories shown in one transaction: a first poll of many sources must not hold the store for seconds."""


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

    def _show_ripe(self) -> int:
        shown = 0
        while True:
            with self.store.write() as unit:
                now = self.clock()
                ripe = unit.stories.ripe(now, CHUNK)
                for key in ripe:
                    self._show(unit, key, now)
            shown += len(ripe)
            if len(ripe) < CHUNK:
                return shown

    def _show(self, unit: Unit, key: StoryKey, now: datetime) -> None:
        story, reports = unit.stories.get(key), unit.stories.reports(key)
        if story is None or not reports:
            return
        telling = tell(reports)
        state = unit.sources.get(telling.lead.source)
        source = self.desk().sources.get(telling.lead.source)
        shown = show(
            telling,
            reports,
            source_title=(source and source.title) or (state and state.title) or telling.credit.publisher.name,
            source_url=state.url if state else "",
            now=now,
        )
        unit.stories.save(replace(story, shown=shown, changed=now))
        unit.renditions.mark([match.topic for match in unit.stories.matches(key)], now)

    def _render(self, wanted: frozenset[TopicSlug]) -> int:
        topics = {topic.slug: topic for topic, _ in self.desk().topics}
        with self.store.read() as unit:
            marks = unit.renditions.marked()
            missing = {slug for slug in topics if unit.renditions.get(slug, Form.RSS) is None}
        todo = [topics[slug] for slug in topics if slug in marks or slug in missing or slug in wanted]
        for topic in todo:
            self._render_topic(topic)
        with self.store.write() as unit:
            unit.renditions.clear(marks)
            unit.renditions.drop_others(topics)
        return len(todo)

    def _render_topic(self, topic: Topic) -> None:
        with self.store.read() as unit:
            stories = unit.stories.in_topic(topic.slug, limit=topic.items or self.site.items)
        renditions = [render(channel(topic, self.site), stories, form) for form in Form]
        for line in sorted({line for rendition in renditions for line in rendition.dropped}):
            _log.warning("story left out of a feed", extra={"topic": topic.slug, "fault": line})
        with self.store.write() as unit:
            for rendition in renditions:
                unit.renditions.put(rendition)
