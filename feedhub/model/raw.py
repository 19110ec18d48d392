"""What a parser read, before anything is trusted."""

from dataclasses import dataclass
from datetime import datetime

from feedhub.model.hints import Hints
from feedhub.model.keys import Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class RawText:
    """A text construct as given: `html` says whether its markup is markup or plain text."""

    value: str
    html: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDate:
    """A date as written, and the parser's own reading of it (aware UTC), if it had one."""

    text: str
    value: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawMedia:
    """An enclosure or media element: absolute or relative URL, media type, length in bytes if told."""

    url: str
    media_type: str = ""
    length: int | None = None
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawOrigin:
    """What an entry says of where it was taken from (RSS source, atom:source, dc:source, rel=via)."""

    name: str = ""
    url: str = ""
    kind: str = "source"
    """`source` (RSS source or atom:source), `dc_source` or `via`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawExtra:
    """One more thing that an item says, under the element's usual name ("itunes:duration", "georss:point")."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RawEntry:
    """One item as the feed gave it. Anything may be missing; nothing is cleaned.

    `digest` covers every field but counts of comments: an item whose digest is known is skipped unread.
    `base` is the URL that relative links resolve against.
    """

    digest: Digest
    guid: str = ""
    link: str = ""
    title: RawText = RawText(value="")
    summary: RawText = RawText(value="")
    content: RawText = RawText(value="")
    authors: tuple[str, ...] = ()
    published: RawDate | None = None
    updated: RawDate | None = None
    tags: tuple[str, ...] = ()
    lang: str = ""
    base: str = ""
    media: tuple[RawMedia, ...] = ()
    origins: tuple[RawOrigin, ...] = ()
    extras: tuple[RawExtra, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """A feed as read: what it says of itself and its entries in document order.

    `form` names the dialect ("rss20", "atom10", "json11", "sitemap", "page" ...). `faults` are plain sentences on what
    was wrong but survivable. `withdrawn` holds the ids of tombstones (RFC 6721). `hints` say when and where to ask for
    it.
    """

    form: str
    title: str = ""
    link: str = ""
    lang: str = ""
    entries: tuple[RawEntry, ...] = ()
    withdrawn: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    hints: Hints = Hints()


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """What is new in a body: `feed` with those entries alone that were not seen before.

    `total`, `seen` and `more` are as in `ReadDone`, which hands them on.
    """

    feed: ParsedFeed
    total: int
    seen: bytes = b""
    more: bool = False
