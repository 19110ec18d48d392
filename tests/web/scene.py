"""The app over a small real store, and clients that ask it."""

from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from feedhub.flows.explain import Explain
from feedhub.flows.list_topics import ListTopics
from feedhub.flows.receive_push import ReceivePush
from feedhub.flows.serve_feed import ServeFeed
from feedhub.flows.serve_opml import ServeOpml
from feedhub.flows.show_health import ShowHealth
from feedhub.flows.show_source import ShowSource
from feedhub.flows.show_status import ShowStatus
from feedhub.flows.show_story import ShowStory
from feedhub.flows.show_topic import ShowTopic
from feedhub.flows.verify_subscription import VerifySubscription
from feedhub.model.rendition import Form
from feedhub.model.site import Desk, Site
from feedhub.ports import Store
from feedhub.web import WebFlows, create_app
from tests.builders import NOW, a_newsroom, a_rendition, a_site, a_topic
from tests.shelf import Shelf

AGENT = "feedhub/0 (+http://feeds.example/about)"
NEWSROOM = a_newsroom(
    topics=(a_topic("ferries", aliases=("boats",), match="ferry", description="Boats & harbours"), a_topic("trains"))
)
DESK = Desk(newsroom=NEWSROOM, sources={source.slug: source for source in NEWSROOM.sources}, topics=())


def an_app(store: Store, site: Site | None = None) -> Flask:
    """The whole public app over a store."""
    site = site or a_site()
    reasons = Explain(store=store, newsroom=lambda: NEWSROOM, site=site)
    flows = WebFlows(
        feed=ServeFeed(store=store, newsroom=lambda: NEWSROOM),
        opml=ServeOpml(store=store, newsroom=lambda: NEWSROOM, site=site),
        topics=ListTopics(store=store, newsroom=lambda: NEWSROOM),
        topic=ShowTopic(store=store, newsroom=lambda: NEWSROOM, site=site),
        story=ShowStory(store=store, explain=reasons),
        status=ShowStatus(store=store, newsroom=lambda: NEWSROOM, clock=lambda: NOW),
        source=ShowSource(store=store, newsroom=lambda: NEWSROOM, clock=lambda: NOW),
        health=ShowHealth(store=store),
        verify=VerifySubscription(store=store, clock=lambda: NOW),
        receive=ReceivePush(store=store, clock=lambda: NOW, desk=lambda: DESK),
    )
    return create_app(flows, site=site, user_agent=AGENT)


def a_client(store: Store, site: Site | None = None) -> FlaskClient:
    """A client of the app over a store."""
    return an_app(store, site).test_client(use_cookies=False)


def a_served_shelf(folder: Path) -> Shelf:
    """Two stories in the topic `ferries`, whose feeds and those of `all` are rendered; `trains` has none yet."""
    shelf = Shelf(folder)
    shelf.story("1", "ferries")
    shelf.story("2", "ferries", title="Storm closes <three> harbours & a pier")
    with shelf.store.write() as unit:
        for slug in ("ferries", "all"):
            for form in Form:
                unit.renditions.put(a_rendition(slug, form))
    return shelf
