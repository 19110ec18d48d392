"""Feeds by their address: stored, moved, not there yet, or nothing at all."""

from pathlib import Path

from feedhub.flows.serve_feed import ServeFeed
from feedhub.model.page import Found, NotYet, Redirect, Unknown
from feedhub.model.rendition import Form, Rendition
from feedhub.ports import Store
from tests.builders import a_newsroom, a_rendition, a_topic
from tests.stores import a_store


def _serve(store: Store, *renditions: Rendition) -> ServeFeed:
    with store.write() as unit:
        for rendition in renditions:
            unit.renditions.put(rendition)
    topics = (a_topic("ferries", aliases=("boats", "trains")), a_topic("trains"))
    return ServeFeed(store=store, newsroom=lambda: a_newsroom(topics=topics))


def test_a_feed_is_its_stored_bytes(tmp_path: Path) -> None:
    rendition = a_rendition("ferries", Form.ATOM)
    assert _serve(a_store(tmp_path), rendition)("ferries", Form.ATOM) == Found(rendition=rendition)


def test_all_needs_no_topic_in_the_documents(tmp_path: Path) -> None:
    rendition = a_rendition("all", Form.JSON)
    assert _serve(a_store(tmp_path), rendition)("all", Form.JSON) == Found(rendition=rendition)


def test_a_topic_without_bytes_is_not_there_yet(tmp_path: Path) -> None:
    assert _serve(a_store(tmp_path), a_rendition("ferries", Form.RSS))("ferries", Form.ATOM) == NotYet()


def test_an_old_slug_leads_to_the_new_one(tmp_path: Path) -> None:
    assert _serve(a_store(tmp_path))("boats", Form.RSS) == Redirect(to="ferries")


def test_a_slug_in_use_wins_over_the_same_slug_as_an_old_one(tmp_path: Path) -> None:
    rendition = a_rendition("trains")
    assert _serve(a_store(tmp_path), rendition)("trains", Form.RSS) == Found(rendition=rendition)


def test_bytes_of_a_topic_that_is_no_more_are_not_served(tmp_path: Path) -> None:
    assert _serve(a_store(tmp_path), a_rendition("trams"))("trams", Form.RSS) == Unknown()
