"""The story page: shown, merged, withdrawn, too early, or nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from feedhub.errors import NotFoundError
from feedhub.flows.explain import Explain
from feedhub.flows.show_story import ShowStory
from feedhub.model.explanation import Explanation
from feedhub.model.page import NotYet, Redirect, Unknown, Withdrawn
from tests.builders import NOW, a_newsroom, a_site, ref
from tests.shelf import Shelf, story_key


def _show(shelf: Shelf) -> ShowStory:
    explain = Explain(store=shelf.store, newsroom=a_newsroom, site=a_site())
    return ShowStory(store=shelf.store, explain=explain)


def _change(shelf: Shelf, ident: str, **changes: object) -> None:
    with shelf.store.write() as unit:
        story = unit.stories.get(story_key(ident))
        assert story is not None
        unit.stories.save(replace(story, **changes))  # type: ignore[arg-type]  # a test names fields of its own choice


def test_a_story_is_explained(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    key = shelf.story("1")
    page = _show(shelf)("1")
    assert isinstance(page, Explanation)
    assert page.story.key == key


def test_a_merged_story_leads_on(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    older, younger = shelf.story("1"), shelf.story("2")
    with shelf.store.write() as unit:
        unit.stories.merge(older, younger, NOW)
    assert _show(shelf)("2") == Redirect(to="1")


def test_a_withdrawn_story_says_who_and_when_and_no_more(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.story("1")
    _change(shelf, "1", withdrawn=NOW)
    assert _show(shelf)("1") == Withdrawn(at=NOW, publisher=ref())


def test_a_story_withdrawn_before_it_was_shown_names_nobody(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.story("1")
    _change(shelf, "1", withdrawn=NOW, shown=None)
    assert _show(shelf)("1") == Withdrawn(at=NOW, publisher=None)


def test_a_story_that_still_settles_is_not_there_yet(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.story("1")
    _change(shelf, "1", shown=None)
    assert _show(shelf)("1") == NotYet()


@pytest.mark.parametrize("ident", ["2", "", "a" * 65, "1\x00", "1 ", "ü", "../1"])
def test_what_is_no_story_is_unknown(tmp_path: Path, ident: str) -> None:
    shelf = Shelf(tmp_path)
    shelf.story("1")
    assert _show(shelf)(ident) == Unknown()


def test_a_story_that_vanishes_while_it_is_looked_at_is_unknown(tmp_path: Path) -> None:
    def vanished(address: str) -> Explanation:
        raise NotFoundError(kind="story", name=address)

    shelf = Shelf(tmp_path)
    shelf.story("1")
    assert ShowStory(store=shelf.store, explain=vanished)("1") == Unknown()
