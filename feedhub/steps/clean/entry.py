"""One raw item to one entry."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from feedhub.errors import ParseError
from feedhub.model.entry import Entry, Media, Origin
from feedhub.model.keys import Digest
from feedhub.model.raw import RawDate, RawEntry, RawMedia, RawOrigin
from feedhub.model.source import Source
from feedhub.steps.clean.body import Body, body
from feedhub.steps.clean.extras import extras_of
from feedhub.steps.clean.identity import guid_of
from feedhub.steps.clean.words import cut, person, plain
from feedhub.text import lang
from feedhub.text.dates import EARLIEST, is_impossible, parse_date
from feedhub.text.digest import digest
from feedhub.text.mint import entry_key
from feedhub.text.urls import absolute, canonical, unwrapped

_LONGEST_TITLE: Final = 1000
_MADE_TITLE: Final = 80
"""Characters of a title that is made of the text."""
_AHEAD: Final = timedelta(hours=48)
"""Dates further in the future are wrong."""
_MOST_TAGS: Final = 20
_MOST_AUTHORS: Final = 10
_MOST_MEDIA: Final = 20
_LONGEST_TAG: Final = 100
_KINDS: Final = {
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp",
    "avif": "image/avif", "mp3": "audio/mpeg", "m4a": "audio/mp4", "mp4": "video/mp4", "webm": "video/webm",
}  # fmt: skip


def clean(
    raw: RawEntry,
    source: Source,
    *,
    feed_lang: str,
    now: datetime,
    authority: str,
    names: frozenset[str] = frozenset(),
) -> Entry:
    """The entry that an item is, safe to store, compare and show.

    `feed_lang` is the language that the feed claims for all items, `names` are title and addresses of the feed, which
    are no item's id. Raises ParseError only where title, text and link
    are all missing.
    """
    link = _link(raw)
    page = canonical(link)
    words = body(raw)
    title = _title(raw, words, page)
    if not title:
        raise ParseError(f"an item without title, text and link was left out (guid {raw.guid[:80]!r})")
    media = _media(raw)
    guid = guid_of(raw.guid, names=names, page=page, media=media, text=f"{title}\n{words.text}")
    published, updated = _moment(raw.published, now), _moment(raw.updated, now)
    return Entry(
        key=entry_key(authority, source.slug, guid),
        source=source.slug,
        guid=guid,
        title=title,
        link=link,
        canonical=page,
        text=words.text,
        summary=words.summary,
        content=words.content,
        lang=_lang(raw, source, feed_lang=feed_lang, text=f"{title}\n{words.text}"),
        authors=_listed((person(author) for author in raw.authors), _MOST_AUTHORS),
        tags=_listed((cut(plain(tag, html=True), _LONGEST_TAG) for tag in raw.tags), _MOST_TAGS),
        published=published or updated,
        updated=updated,
        seen=now,
        media=media,
        origins=_origins(raw),
        raw=raw.digest,
        digest=seen_digest(title, page, words.text),
        extras=extras_of(raw),
    )


def seen_digest(title: str, page: str, text: str) -> Digest:
    """The digest of what a reader would see."""
    return digest(title, page, text)


def _link(raw: RawEntry) -> str:
    """Where the item's link leads, else its id where that is an address."""
    return unwrapped(absolute(raw.base, raw.link) or (raw.guid if "://" in raw.guid else ""))


def _title(raw: RawEntry, words: Body, page: str) -> str:
    title = cut(plain(raw.title.value, html=raw.title.html), _LONGEST_TITLE)
    return title or cut(plain(words.text, html=False), _MADE_TITLE) or cut(page.removeprefix("https://"), _MADE_TITLE)


def _moment(date: RawDate | None, now: datetime) -> datetime | None:
    if date is None:
        return None
    moment = parse_date(date.text) or (None if is_impossible(date.text) else date.value)
    return moment if moment and moment.year >= EARLIEST and moment <= now + _AHEAD else None


def _lang(raw: RawEntry, source: Source, *, feed_lang: str, text: str) -> str | None:
    """The item's own claim, else the editor's word, else the feed's claim, else a guess."""
    for claim in (raw.lang, source.lang or "", feed_lang):
        if claim and (tag := lang.tag(claim)):
            return tag
    return lang.guess(text)


def _listed(values: Iterable[str], most: int) -> tuple[str, ...]:
    """Each value once, whatever its case, the first spelling, without empty ones."""
    kept: dict[str, str] = {}
    for value in values:
        if value and len(kept) < most:
            kept.setdefault(value.casefold(), value)
    return tuple(kept.values())


def _media(raw: RawEntry) -> tuple[Media, ...]:
    kept: dict[str, Media] = {}
    for item in raw.media:
        url = absolute(raw.base, item.url)
        if url and len(kept) < _MOST_MEDIA:
            kept.setdefault(url, Media(url=url, media_type=_kind(item, url), length=item.length or None))
    return tuple(kept.values())


def _kind(item: RawMedia, url: str) -> str:
    """The media type as told, else by the address; a bare kind ("image") says too little to be one."""
    told = item.media_type.partition(";")[0].strip().lower()
    main, slash, sub = told.partition("/")
    if (
        slash
        and main.isalpha()
        and sub
        and sub.replace("-", "").replace("+", "").replace(".", "").isalnum()
        and told.isascii()
    ):
        return told
    ending = url.partition("?")[0].rpartition(".")[2].lower()
    return _KINDS.get(ending, "")


def _origins(raw: RawEntry) -> tuple[Origin, ...]:
    found = (_origin(raw, origin) for origin in raw.origins)
    return tuple(dict.fromkeys(origin for origin in found if origin.name or origin.url))


def _origin(raw: RawEntry, origin: RawOrigin) -> Origin:
    name = cut(plain(origin.name, html=True), _LONGEST_TAG * 2)
    return Origin(name=name, url=absolute(raw.base, origin.url), kind=origin.kind)
