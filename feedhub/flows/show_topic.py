"""Show one topic: its stories, newest first, a page at a time."""

from collections.abc import Callable
from dataclasses import dataclass

from feedhub.model.newsroom import Newsroom
from feedhub.model.page import Redirect, StoryLine, TopicPage, Unknown
from feedhub.model.site import Site
from feedhub.model.topic import ALL, Topic
from feedhub.ports import Store
from feedhub.steps.locate import locate
from feedhub.steps.render import all_topic
from feedhub.steps.tell import tell

PAGE = 25
"""Stories on one page: what a reader scrolls through, and what one look at the store should cost."""
FURTHEST = 5_000
"""No page begins beyond: skipping rows costs the store, and older stories are found by their own address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowTopic:
    """A topic as people read it, whether its feeds have been rendered or not."""

    store: Store
    newsroom: Callable[[], Newsroom]
    site: Site

    def __call__(self, slug: str, offset: int = 0) -> TopicPage | Redirect | Unknown:
        """The page that begins after `offset` stories; Unknown where there is none that far back."""
        topic = all_topic(self.site) if slug == ALL else locate(slug, self.newsroom().topics)
        if topic is None:
            return Unknown()
        if topic.slug != slug:
            return Redirect(to=topic.slug)
        return self._page(topic, offset) if 0 <= offset <= FURTHEST else Unknown()

    def _page(self, topic: Topic, offset: int) -> TopicPage | Unknown:
        with self.store.read() as unit:
            total = unit.stories.sizes().get(topic.slug, 0)
            stories = unit.stories.in_topic(topic.slug, limit=PAGE, offset=offset)
            lines = tuple(StoryLine(story=story, telling=tell(unit.stories.reports(story.key))) for story in stories)
        if offset and not lines:
            return Unknown()
        older = offset + PAGE
        return TopicPage(
            topic=topic,
            stories=lines,
            total=total,
            offset=offset,
            newer=max(offset - PAGE, 0) if offset else None,
            older=older if older < total and older <= FURTHEST else None,
        )
