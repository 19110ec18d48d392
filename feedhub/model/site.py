"""What the operator says of the whole service, as plain values for flows and pages."""

from collections.abc import Mapping
from dataclasses import dataclass

from feedhub.model.keys import SourceSlug
from feedhub.model.newsroom import Newsroom
from feedhub.model.source import Source
from feedhub.model.topic import Rule, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The service's own name and address, and how its feeds are made where a topic does not say otherwise.

    `base_url` has no slash at its end. `items` is how many stories a feed holds at least. The meaning of `content`,
    `link`, `credit`, `id_scope`, `hub` and `threshold` is that of `Channel`. `ttl_minutes` tells readers how often
    to ask.
    """

    title: str
    base_url: str
    tag_authority: str
    language: str = "en"
    timezone: str = "UTC"
    contact: str = ""
    items: int = 50
    content: str = "summary"
    link: str = "original"
    credit: str = "top"
    id_scope: str = "story"
    hub: str = ""
    ttl_minutes: int = 15
    threshold: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A newsroom in use: its sources by slug, its topics with their rules compiled, `all` last."""

    newsroom: Newsroom
    sources: Mapping[SourceSlug, Source]
    topics: tuple[tuple[Topic, Rule], ...]
