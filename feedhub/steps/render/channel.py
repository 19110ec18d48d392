"""A topic's feed as it speaks of itself: the operator's settings under what the topic's editor says."""

from feedhub.model.rendition import Channel
from feedhub.model.site import Site
from feedhub.model.topic import ALL, Topic


def channel(topic: Topic, site: Site) -> Channel:
    """The channel of a topic; the topic's own choices win over the site's."""
    path = f"/{ALL}" if topic.slug == ALL else f"/topics/{topic.slug}"
    return Channel(
        topic=topic.slug,
        title=topic.title,
        description=topic.description or topic.title,
        base_url=site.base_url,
        path=path,
        page=path,
        tag_authority=site.tag_authority,
        language=site.language,
        contact=site.contact,
        content=topic.content or site.content,
        link=topic.link or site.link,
        credit=topic.credit or site.credit,
        id_scope=site.id_scope,
        hub=site.hub,
        ttl_minutes=site.ttl_minutes,
        threshold=site.threshold,
    )


def all_topic(site: Site) -> Topic:
    """The topic that holds every story, named like the site."""
    return Topic(slug=ALL, title=site.title, match="", description=f"Every story of {site.title}")
