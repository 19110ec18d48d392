"""One item of one source, cleaned: the only form in which text goes further down the line."""

from dataclasses import dataclass
from datetime import datetime

from feedhub.model.keys import Digest, EntryKey, Guid, SourceSlug


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A picture, sound or film that belongs to an entry; `url` is absolute http or https."""

    url: str
    media_type: str = ""
    length: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """An entry's own claim of where it was taken from; `kind` is `source`, `dc_source` or `via`."""

    name: str
    url: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """One more thing that an entry says, under the element's usual name ("itunes:duration", "georss:point").

    `value` is one line of plain text, or an absolute http or https URL.
    """

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item as one source gave it, safe to store, compare and show.

    `title` and `text` are plain text (`text` is the body with paragraphs on lines of their own); `summary` and
    `content` are HTML that the cleaner has passed, `content` empty where the feed gave only a summary. `link` is
    the address to send a reader to, `canonical` the same without what varies (tracking, AMP, mobile host); both
    may be empty. `published` is what the source said, or None; `seen` is when we first read the entry.
    `raw` is the digest of the raw item, `digest` that of what a reader would see (title, link, text).
    """

    key: EntryKey
    source: SourceSlug
    guid: Guid
    title: str
    link: str
    canonical: str
    text: str
    summary: str
    content: str
    lang: str | None
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    published: datetime | None
    updated: datetime | None
    seen: datetime
    media: tuple[Media, ...]
    origins: tuple[Origin, ...]
    raw: Digest
    digest: Digest
    extras: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """The folded words of an entry's title and text, with single spaces between them (see text/words)."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEntry:
    """An entry as far as it matters for whether one that its source lists now is the same.

    `raw` is None for one that was withdrawn: it is back when it is listed, with whatever text. One that is `forgotten`
    has left its guid, key and `raw` alone.
    """

    guid: Guid
    key: EntryKey
    raw: Digest | None
    title: str = ""
    link: str = ""
    canonical: str = ""
    published: datetime | None = None
    forgotten: bool = False
