"""One topic, a page at a time."""

from pathlib import Path

import pytest

from feedhub.flows.show_topic import FURTHEST, PAGE, ShowTopic
from feedhub.model.page import Redirect, TopicPage, Unknown
from tests.builders import a_newsroom, a_site, a_topic
from tests.shelf import Shelf


def _show(shelf: Shelf) -> ShowTopic:
    newsroom = a_newsroom(topics=(a_topic("ferries", aliases=("boats",)),))
    return ShowTopic(store=shelf.store, newsroom=lambda: newsroom, site=a_site())


def _told(page: object) -> tuple[list[str], int, int | None, int | None]:
    assert isinstance(page, TopicPage)
    return [line.story.key for line in page.stories], page.total, page.newer, page.older


def test_the_first_page_holds_the_newest_stories(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    keys = shelf.stories(PAGE + 2, "ferries")
    assert _told(_show(shelf)("ferries")) == (list(keys[:PAGE]), PAGE + 2, None, PAGE)


def test_the_last_page_leads_back(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    keys = shelf.stories(PAGE + 2, "ferries")
    assert _told(_show(shelf)("ferries", PAGE)) == (list(keys[PAGE:]), PAGE + 2, 0, None)


def test_a_page_between_two_offsets_leads_back_to_the_first(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    keys = shelf.stories(3, "ferries")
    assert _told(_show(shelf)("ferries", 1)) == (list(keys[1:]), 3, 0, None)


def test_an_empty_topic_has_a_page(tmp_path: Path) -> None:
    assert _told(_show(Shelf(tmp_path))("ferries")) == ([], 0, None, None)


def test_all_is_a_topic_named_like_the_site(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    key = shelf.story("1")
    page = _show(shelf)("all")
    assert isinstance(page, TopicPage)
    assert (page.topic.title, [line.story.key for line in page.stories]) == ("Caspian Wire", [key])


@pytest.mark.parametrize("offset", [-1, 3, FURTHEST + 1, 10**30])
def test_no_page_begins_where_no_story_is(tmp_path: Path, offset: int) -> None:
    shelf = Shelf(tmp_path)
    shelf.stories(3, "ferries")
    assert _show(shelf)("ferries", offset) == Unknown()


def test_old_slugs_lead_on_and_others_are_unknown(tmp_path: Path) -> None:
    show = _show(Shelf(tmp_path))
    assert (show("boats"), show("trams")) == (Redirect(to="ferries"), Unknown())
