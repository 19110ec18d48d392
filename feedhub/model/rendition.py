"""The bytes of a feed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from feedhub.model.keys import TopicSlug


class Form(StrEnum):
    """In which format a topic is published; the value is the ending of its address."""

    RSS = "rss"
    ATOM = "atom"
    JSON = "json"

    @property
    def media_type(self) -> str:
        """The Content-Type that the form is served with."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    Form.RSS: "application/rss+xml; charset=utf-8",
    Form.ATOM: "application/atom+xml; charset=utf-8",
    Form.JSON: "application/feed+json; charset=utf-8",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """What a feed says of itself, all addresses absolute.

    `base_url` has no slash at its end. `content` is headline, summary or full; `link` original or story; `credit`
    top, bottom or off; `id_scope` story or topic. `path` is the feed's path without its ending ("/topics/energy").
    """

    topic: TopicSlug
    title: str
    description: str
    base_url: str
    path: str
    page: str
    tag_authority: str
    language: str
    contact: str
    content: str
    link: str
    credit: str
    id_scope: str
    hub: str
    ttl_minutes: int
    threshold: float
    """Confidence under which a credit is shown as "X (citing Y)"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """The bytes of one topic in one form, with a gzip twin and a strong ETag for each encoding.

    `modified` is when the newest change in it happened, whole seconds, never the time of rendering.
    """

    topic: TopicSlug
    form: Form
    body: bytes
    etag: str
    gzip: bytes
    gzip_etag: str
    modified: datetime
    dropped: tuple[str, ...] = ()
    """Stories that could not be written, each with why: dropped alone."""
