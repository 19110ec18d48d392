"""The directory: what the front page and the list of topics are made of."""

from pathlib import Path

from feedhub.flows.list_topics import HEADLINES, NEWEST, ListTopics
from tests.builders import a_newsroom, a_topic
from tests.shelf import Shelf


def test_topics_keep_the_order_of_the_documents_with_sizes_and_headlines(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    keys = shelf.stories(HEADLINES + 1, "ferries")
    topics = (a_topic("trains"), a_topic("ferries"))
    directory = ListTopics(store=shelf.store, newsroom=lambda: a_newsroom(topics=topics))()
    told = [(one.topic.slug, one.stories, tuple(story.key for story in one.newest)) for one in directory.shelves]
    assert told == [("trains", 0, ()), ("ferries", HEADLINES + 1, keys[:HEADLINES])]


def test_the_newest_stories_of_all_are_bounded_and_counted(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    keys = shelf.stories(NEWEST + 2)
    directory = ListTopics(store=shelf.store, newsroom=a_newsroom)()
    assert tuple(line.story.key for line in directory.newest) == keys[:NEWEST]
    assert directory.stories == NEWEST + 2


def test_reports_are_counted_now_and_not_when_the_story_was_first_shown(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.story("1")
    shelf.report("2", "1")
    (line,) = ListTopics(store=shelf.store, newsroom=a_newsroom)().newest
    assert (line.story.shown and line.story.shown.reports, line.telling.reports) == (1, 2)
