"""Show what there is: the newest stories of all, and every topic."""

from collections.abc import Callable
from dataclasses import dataclass

from feedhub.model.newsroom import Newsroom
from feedhub.model.page import Directory, Shelf, StoryLine
from feedhub.model.topic import ALL
from feedhub.ports import Store, Unit
from feedhub.steps.tell import tell

NEWEST = 18
"""Stories of the front page: what a reader looks through before choosing a topic."""
HEADLINES = 3
"""Of each topic: enough to show what it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTopics:
    """The front page and the directory of topics are made of the same."""

    store: Store
    newsroom: Callable[[], Newsroom]

    def __call__(self) -> Directory:
        """Topics in the order of the documents, each with its size and newest headlines."""
        with self.store.read() as unit:
            sizes = unit.stories.sizes()
            shelves = tuple(
                Shelf(
                    topic=topic,
                    stories=sizes.get(topic.slug, 0),
                    newest=unit.stories.in_topic(topic.slug, limit=HEADLINES),
                )
                for topic in self.newsroom().topics
            )
            return Directory(newest=_newest(unit), shelves=shelves, stories=sizes.get(ALL, 0))


def _newest(unit: Unit) -> tuple[StoryLine, ...]:
    stories = unit.stories.in_topic(ALL, limit=NEWEST)
    return tuple(StoryLine(story=story, telling=tell(unit.stories.reports(story.key))) for story in stories)
