"""What every view has at hand: the flows to ask, and what addresses and answers are made of."""

from dataclasses import dataclass

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
from feedhub.model.site import Site
from feedhub.web.assets import Asset
from feedhub.web.places import Places


@dataclass(frozen=True, slots=True, kw_only=True)
class WebFlows:
    """The use cases that the public pages and feeds ask, and those of the callbacks that hubs call."""

    feed: ServeFeed
    opml: ServeOpml
    topics: ListTopics
    topic: ShowTopic
    story: ShowStory
    status: ShowStatus
    source: ShowSource
    health: ShowHealth
    verify: VerifySubscription
    receive: ReceivePush


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One app's flows and plain values, handed to each view as its first argument."""

    flows: WebFlows
    site: Site
    places: Places
    assets: dict[str, Asset]
    user_agent: str
