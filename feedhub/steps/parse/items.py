"""What feedparser collected, as our nouns."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from feedhub.model.keys import Digest
from feedhub.model.raw import ParsedFeed, RawDate, RawEntry, RawMedia, RawOrigin, RawText
from feedhub.steps.parse.extras import extras_of
from feedhub.steps.parse.hints import hints_of
from feedhub.steps.parse.seal import sealed
from feedhub.text.html import lines, to_line
from feedhub.text.urls import absolute

Found = Mapping[str, object]
"""What feedparser knows of a feed, an item or a part of one."""

_MARKUP = frozenset({"text/html", "html", "xhtml", "application/xhtml+xml"})
_MOST: Final = 50
"""Authors, tags, media and origins that are kept of one item."""


_LONGEST_SIZE: Final = 16


def feed_of(
    *,
    form: str,
    feed: Found,
    entries: Sequence[Found],
    withdrawn: tuple[str, ...],
    skips: tuple[str, ...],
    base: str,
    faults: tuple[str, ...],
) -> ParsedFeed:
    """The feed as read; `base` is what its own addresses resolve against, `skips` when it asks not to be asked."""
    lang = _text(feed, "language")
    title, link = _first(feed, "title"), _link(feed, _maps(feed, "links"))
    return ParsedFeed(
        form=form,
        title=to_line(title.value) if title.html else lines(title.value).replace("\n", " "),
        link=absolute(base, link) or link,
        lang=lang,
        entries=tuple(_entry(found, base=base, lang=lang, atom=form.startswith("atom")) for found in entries),
        withdrawn=withdrawn,
        faults=faults,
        hints=hints_of(feed, skips=skips),
    )


def _entry(found: Found, *, base: str, lang: str, atom: bool) -> RawEntry:
    content = _content(found)
    own = _joined(base, _text(found, "item_base"))
    inner = _joined(own, _text(content, "base"))
    links = _maps(found, "links")
    link = _link(found, links)
    own_lang = _text(found, "language") or _text(content, "language") or _text(found, "item_lang")
    published, updated = _dates(found, atom=atom)
    entry = RawEntry(
        digest=Digest(""),
        guid=_text(found, "id"),
        link=absolute(own, link) or link if inner != own else link,
        title=_first(found, "title", "media_title", "itunes_title"),
        summary=_first(found, "summary", "itunes_summary", "media_description", "subtitle"),
        content=RawText(value=_text(content, "value"), html=_text(content, "type") in _MARKUP),
        authors=tuple(_authors(found)),
        published=published,
        updated=updated,
        tags=tuple(_tags(found)),
        lang="" if own_lang == lang else own_lang,
        base=inner,
        media=tuple(_media(found, links, base=own if inner != own else ""))[:_MOST],
        origins=tuple(_origins(found, links))[:_MOST],
        extras=extras_of(found),
    )
    return sealed(entry, own_base=inner != base)


def _joined(base: str, own: str) -> str:
    """The base that holds where one of its own is told, or none."""
    return (absolute(base, own) or base) if own else base


def _text(found: Found, name: str) -> str:
    value = found.get(name)
    return value.strip() if isinstance(value, str) else ""


def _maps(found: Found, name: str) -> list[Found]:
    """The parts of that name, each a mapping that is looked at without feedparser's aliases."""
    value = found.get(name)
    return [_bare(part) for part in value if isinstance(part, Mapping)] if isinstance(value, list) else []


def _map(found: Found, name: str) -> Found:
    value = found.get(name)
    return _bare(value) if isinstance(value, Mapping) else {}


def _bare(part: Found) -> Found:
    return part if type(part) is dict else dict(part)


def _first(found: Found, *names: str) -> RawText:
    """The first of these texts that says anything."""
    for name in names:
        if value := _text(found, name):
            return RawText(value=value, html=_text(_map(found, f"{name}_detail"), "type") in _MARKUP)
    return RawText(value="")


def _content(found: Found) -> Found:
    """The first content that says anything, markup before plain text, else the full text of Yandex's dialect."""
    parts = [part for part in _maps(found, "content") if _text(part, "value")]
    parts.sort(key=lambda part: _text(part, "type") not in _MARKUP)
    if parts:
        return parts[0]
    full = _text(found, "yandex_full-text") or _text(found, "full-text") or _text(found, "fulltext")
    return {"value": full, "type": "text/html"} if full else {"value": "", "type": "text/html"}


def _related(links: Iterable[Found], rel: str) -> list[Found]:
    return [link for link in links if _text(link, "rel") == rel and _text(link, "href")]


def _link(found: Found, links: Iterable[Found]) -> str:
    """FeedBurner's note of the true address, else the first alternate that is a page, else any alternate."""
    original = _text(found, "feedburner_origlink")
    alternates = _related(links, "alternate")
    pages = [link for link in alternates if _text(link, "type") in _MARKUP]
    chosen = (pages or alternates or [{}])[0]
    return original or _text(chosen, "href")


def _dates(found: Found, *, atom: bool) -> tuple[RawDate | None, RawDate | None]:
    """Published and updated. Where RSS has only dc:date, that is when it was published."""
    published = _date(found, "published") or _date(found, "created")
    updated = _date(found, "updated")
    if published is None and not atom:
        return updated, None
    return published, updated


def _date(found: Found, name: str) -> RawDate | None:
    text = _text(found, name)
    parsed = found.get(f"{name}_parsed")
    return RawDate(text=text, value=_moment(parsed) if isinstance(parsed, tuple) else None) if text else None


def _moment(parsed: tuple[int, ...]) -> datetime | None:
    """A struct_time as a datetime; 61 seconds or a year 0 make none."""
    year, month, day, hour, minute, second = parsed[:6]
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None


def _authors(found: Found) -> Iterable[str]:
    names = (_text(author, "name") or _text(author, "email") for author in _maps(found, "authors")[:_MOST])
    return dict.fromkeys(name for name in names if name)


def _tags(found: Found) -> Iterable[str]:
    terms = (_text(tag, "label") or _text(tag, "term") for tag in _maps(found, "tags")[:_MOST])
    return dict.fromkeys(term for term in terms if term)


def _media(found: Found, links: Iterable[Found], *, base: str) -> Iterable[RawMedia]:
    """Enclosures, media:content and media:thumbnail, each address once; resolved where the content has its own base."""
    parts = [(part, _text(part, "href")) for part in _related(links, "enclosure")]
    for name in ("media_content", "media_thumbnail"):
        parts += [(part, _text(part, "url")) for part in _maps(found, name)]
    seen: dict[str, RawMedia] = {}
    for part, url in parts:
        if url:
            where = (absolute(base, url) or url) if base else url
            seen.setdefault(where, _medium(part, where))
    return seen.values()


def _medium(part: Found, url: str) -> RawMedia:
    size = _text(part, "length") or _text(part, "filesize")
    return RawMedia(
        url=url,
        media_type=_text(part, "type") or _text(part, "medium"),
        length=int(size) if size.isascii() and size.isdecimal() and len(size) < _LONGEST_SIZE else None,
        title=_text(part, "title"),
    )


def _origins(found: Found, links: Iterable[Found]) -> Iterable[RawOrigin]:
    """RSS source and atom:source, dc:source, links that say where it was seen first."""
    source = _map(found, "source")
    name = _text(source, "title")
    url = _text(source, "href") or _link(source, _maps(source, "links")) or _text(source, "id")
    if name or url:
        yield RawOrigin(name=name, url=url, kind="source")
    claims = found.get("dc_sources")
    for claim in claims if isinstance(claims, list) else ():
        is_url = str(claim).startswith(("http://", "https://"))
        yield RawOrigin(name="" if is_url else str(claim), url=str(claim) if is_url else "", kind="dc_source")
    for link in _related(links, "via"):
        yield RawOrigin(name=_text(link, "title"), url=_text(link, "href"), kind="via")
