"""JSON Feed 1.0 and 1.1 (jsonfeed.org): what can be read of it, whatever its types are."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

import orjson

from feedhub.errors import ParseError
from feedhub.model.keys import Digest
from feedhub.model.raw import ParsedFeed, RawDate, RawEntry, RawMedia, RawOrigin, RawText
from feedhub.steps.parse.hints import hints_of_json
from feedhub.steps.parse.seal import sealed
from feedhub.steps.parse.sniff import JsonText

Found = Mapping[str, object]

_SURROGATE = re.compile("[\ud800-\udfff]")
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\Z)|[{}\[\]]', re.DOTALL)
_ITEM_DEPTH: Final = 2
"""Brackets that are open between two items: the feed's object and the list of items."""
_MOST: Final = 50
_NO_FEED: Final = "this is JSON, but not a JSON Feed; check the address of the source"
_MARKS: Final = frozenset({"id", "url", "title", "content_html", "content_text", "summary"})


def read_json(found: JsonText, *, url: str) -> ParsedFeed:
    """A JSON Feed. Raises ParseError where it is none or cannot be read at all."""
    feed, faults = _loaded(found.text)
    items = feed.get("items")
    version = _text(feed, "version")
    if not isinstance(items, list) or not ("jsonfeed" in version or any(_like_item(item) for item in items)):
        raise ParseError(_NO_FEED)
    objects = [item for item in items if isinstance(item, dict)]
    if len(objects) < len(items):
        faults = (*faults, f"items that are no objects were left out: {len(items) - len(objects)}")
    return ParsedFeed(
        form="json11" if version.endswith("1.1") else "json10",
        title=_text(feed, "title"),
        link=_text(feed, "home_page_url"),
        lang=_text(feed, "language"),
        entries=tuple(_entry(item, url=url) for item in objects),
        faults=(*found.faults, *faults),
        hints=hints_of_json(feed),
    )


def _loaded(text: str) -> tuple[Found, tuple[str, ...]]:
    """The feed's object. orjson reads what RFC 8259 allows; the slower reader also lone surrogates and raw controls."""
    try:
        value = orjson.loads(text)
    except (orjson.JSONDecodeError, UnicodeEncodeError):
        value, faults = _leniently(text)
    else:
        faults = ()
    return (value if isinstance(value, dict) else {"items": value}), faults


def _leniently(text: str) -> tuple[object, tuple[str, ...]]:
    try:
        return json.loads(text, strict=False), ("it is not strict JSON; what can be read was read",)
    except (ValueError, RecursionError):
        pass
    try:
        return json.loads(_cut_back(text), strict=False), ("it was cut short; the items before the cut were read",)
    except (ValueError, RecursionError):
        raise ParseError("this is broken JSON and cannot be read; the publisher has to mend it") from None


def _cut_back(text: str) -> str:
    """The text up to the end of its last whole item, closed again; empty if there is none."""
    depth = 0
    end = 0
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign in "{[":
            depth += 1
        elif sign in "}]":
            depth -= 1
            end = token.end() if depth == _ITEM_DEPTH and sign == "}" else end
    return f"{text[:end]}]}}" if end else ""


def _like_item(item: object) -> bool:
    return isinstance(item, dict) and not _MARKS.isdisjoint(item)


def _entry(item: Found, *, url: str) -> RawEntry:
    link, elsewhere = _text(item, "url"), _text(item, "external_url")
    return sealed(
        RawEntry(
            digest=Digest(""),
            guid=_text(item, "id"),
            link=link or elsewhere,
            title=RawText(value=_text(item, "title"), html=False),
            summary=RawText(value=_text(item, "summary"), html=False),
            content=_content(item),
            authors=tuple(_authors(item)),
            published=_date(item, "date_published"),
            updated=_date(item, "date_modified"),
            tags=tuple(_strings(item.get("tags"))),
            lang=_text(item, "language"),
            base=url,
            media=tuple(_media(item)),
            origins=(RawOrigin(url=elsewhere, kind="via"),) if link and elsewhere else (),
        )
    )


def _text(found: Found, name: str) -> str:
    return _string(found.get(name))


def _string(value: object) -> str:
    """Text for what is text or a number (ids often are), without halves of characters."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value.strip())
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _strings(value: object) -> list[str]:
    listed = value if isinstance(value, list) else [value]
    return list(dict.fromkeys(text for part in listed[:_MOST] if (text := _string(part))))


def _content(item: Found) -> RawText:
    markup = _text(item, "content_html")
    return RawText(value=markup) if markup else RawText(value=_text(item, "content_text"), html=False)


def _date(item: Found, name: str) -> RawDate | None:
    text = _text(item, name)
    return RawDate(text=text) if text else None


def _authors(item: Found) -> list[str]:
    """Names of version 1.1's list and version 1.0's single author."""
    listed = item.get("authors")
    people = [*(listed if isinstance(listed, list) else [listed]), item.get("author")][:_MOST]
    names = (_text(person, "name") if isinstance(person, dict) else _string(person) for person in people)
    return list(dict.fromkeys(name for name in names if name))


def _media(item: Found) -> Iterator[RawMedia]:
    for name in ("image", "banner_image"):
        url = _text(item, name)
        if url:
            yield RawMedia(url=url, media_type="image")
    attached = item.get("attachments")
    for part in attached[:_MOST] if isinstance(attached, list) else ():
        if isinstance(part, dict) and _text(part, "url"):
            size = part.get("size_in_bytes")
            yield RawMedia(
                url=_text(part, "url"),
                media_type=_text(part, "mime_type"),
                length=size if isinstance(size, int) and not isinstance(size, bool) and size >= 0 else None,
                title=_text(part, "title"),
            )
