"""The list of feeds, dated by the document that defines them."""

from datetime import timedelta
from pathlib import Path

from feedhub.flows.serve_opml import UNDATED, ServeOpml
from feedhub.model.decision import Revision
from tests.builders import NOW, a_newsroom, a_site, a_topic
from tests.stores import a_store


def test_opml_lists_all_stories_and_every_topic_in_order(tmp_path: Path) -> None:
    topics = (a_topic("trains", title="Trains"), a_topic("ferries"))
    serve = ServeOpml(store=a_store(tmp_path), newsroom=lambda: a_newsroom(topics=topics), site=a_site())
    body = serve().body.decode()
    places = [
        body.index(f'xmlUrl="http://feeds.example/{path}.rss"') for path in ("all", "topics/trains", "topics/ferries")
    ]
    assert places == sorted(places)


def test_opml_has_the_age_of_the_newest_revision_of_the_topics(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    at = NOW + timedelta(microseconds=7)
    with store.write() as unit:
        unit.book.add_revision(Revision(document="topics.toml", digest="d", text="", at=at, author="file"))
    assert ServeOpml(store=store, newsroom=a_newsroom, site=a_site())().modified == NOW


def test_opml_without_a_known_age_is_of_a_fixed_day(tmp_path: Path) -> None:
    assert ServeOpml(store=a_store(tmp_path), newsroom=a_newsroom, site=a_site())().modified == UNDATED
