"""A topic's feed as it speaks of itself: what the topic says, over what the site says."""

from dataclasses import replace

from feedhub.model.keys import TopicSlug
from feedhub.model.site import Site
from feedhub.model.topic import Topic
from feedhub.steps.render.channel import all_topic, channel
from tests.builders import AUTHORITY, a_channel

SITE = Site(
    title="Caspian Wire",
    base_url="http://127.0.0.1:8000",
    tag_authority=AUTHORITY,
    contact="mailto:editor@example.org",
)
TOPIC = Topic(
    slug=TopicSlug("energy"), title="Caspian energy", match="gas", description="Oil, gas and power round the Caspian"
)


def test_channel_is_the_topic_under_the_settings_of_the_site() -> None:
    """Where the topic says nothing of its own."""
    assert channel(TOPIC, SITE) == a_channel()


def test_channel_follows_the_settings_of_the_site() -> None:
    """All of them, where the topic has no choice of its own."""
    site = replace(
        SITE,
        base_url="https://news.example",
        tag_authority="news.example,2026",
        language="az",
        contact="",
        content="headline",
        link="story",
        credit="bottom",
        id_scope="topic",
        hub="https://hub.example/",
        ttl_minutes=30,
        threshold=0.8,
    )
    assert channel(TOPIC, site) == a_channel(
        base_url="https://news.example",
        tag_authority="news.example,2026",
        language="az",
        contact="",
        content="headline",
        link="story",
        credit="bottom",
        id_scope="topic",
        hub="https://hub.example/",
        ttl_minutes=30,
        threshold=0.8,
    )


def test_channel_lets_the_choices_of_the_topic_win() -> None:
    """Content, link and credit are the editor's to choose."""
    topic = replace(TOPIC, description="", content="full", link="story", credit="off")
    assert channel(topic, SITE) == a_channel(description="Caspian energy", content="full", link="story", credit="off")


def test_channel_of_all_stories_stands_at_the_root() -> None:
    """Its feeds are /all.rss, /all.atom and /all.json, named like the site."""
    made = channel(all_topic(SITE), SITE)
    assert made == a_channel(
        "all", title="Caspian Wire", description="Every story of Caspian Wire", path="/all", page="/all"
    )
