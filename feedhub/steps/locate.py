"""A slug as it stands in an address to the topic that is meant, whether by its name or by an old one."""

from collections.abc import Iterable

from feedhub.model.topic import Topic


def locate(slug: str, topics: Iterable[Topic]) -> Topic | None:
    """The topic of this slug, else the one that had it once; the caller sees by the slug which it was."""
    former: Topic | None = None
    for topic in topics:
        if topic.slug == slug:
            return topic
        if former is None and slug in topic.aliases:
            former = topic
    return former
