"""What feedparser keeps of each simple element of an item or of a feed itself, as `lean` and `head` need it.

A keeper takes the entry, or the feed, so far and the element. It raises OddError for what it does not know.
"""

import re
from collections.abc import Callable
from typing import Any, Final, NamedTuple  # Any: what feedparser keeps has no type

from feedhub.steps.parse.habits import MOST_TAGS, date_of, looks_like_html, said

Attributes = dict[str, str]
Entry = dict[str, Any]


class Part(NamedTuple):
    """A simple element: its text, its attributes as feedparser has them, and whether it is part of an Atom feed."""

    text: str
    attrs: Attributes
    atom: bool


Keeper = Callable[[Entry, Part], None]

_KINDS: Final = {
    "text": "text/plain", "plain": "text/plain", "text/plain": "text/plain",
    "html": "text/html", "text/html": "text/html",
}  # fmt: skip
SCOPED: Final = frozenset({"lang", "base"})
"""Attributes that hold for all within their element, however they are prefixed."""
LANG: Final = "http://www.w3.org/XML/1998/namespace lang"
"""Known on the root element, where it is the language of all items."""
_REFERENCE: Final = re.compile(r"&([A-Za-z0-9_]+);")


class OddError(Exception):
    """Something is not known here."""


def plain(attrs: Attributes) -> Attributes:
    """Attributes as feedparser has them; none of another namespace, nor one that holds for what is within."""
    bare: Attributes = {}
    for name, value in attrs.items():
        lower = name.lower()
        if " " in lower or lower in SCOPED:
            raise OddError
        bare[lower] = value.lower() if lower in {"rel", "type"} else value
    return bare


def _text(name: str, kind: str) -> Keeper:
    """A text construct, which says by itself or by default whether its markup is markup."""

    def keep(entry: Entry, part: Part) -> None:
        detail = _typed(part, kind)
        _set(entry, name, detail["value"])
        entry[f"{name}_detail"] = detail

    return keep


def _content(kind: str) -> Keeper:
    def keep(entry: Entry, part: Part) -> None:
        entry.setdefault("content", []).append(_typed(part, kind))

    return keep


def _value(name: str, *, but: frozenset[str] = frozenset()) -> Keeper:
    """An element that is kept as text, without attributes `but` those that do not matter."""

    def keep(entry: Entry, part: Part) -> None:
        if part.attrs.keys() - but:
            raise OddError
        _set(entry, name, said(part.text))

    return keep


def _date(name: str) -> Keeper:
    def keep(entry: Entry, part: Part) -> None:
        if part.attrs:
            raise OddError
        value = said(part.text)
        _set(entry, name, value)
        entry[f"{name}_parsed"] = date_of(value)

    return keep


def _link(entry: Entry, part: Part) -> None:
    """RSS writes the address as text, Atom as an attribute."""
    link = {"rel": "alternate", **part.attrs}
    link.setdefault("type", "application/atom+xml" if link["rel"] == "self" else "text/html")
    if part.attrs and "href" not in part.attrs:
        raise OddError
    href = "" if part.attrs else _REFERENCE.sub(r"&\g<1>", said(part.text).replace("&amp;", "&"))
    if href:
        link["href"] = href
    entry.setdefault("links", []).append(link)


def _own_link(feed: Entry, part: Part) -> None:
    """The link of a feed itself, in which feedparser leaves an ampersand that was escaped twice."""
    if "&amp;" in part.text:
        raise OddError
    _link(feed, part)


def _enclosure(entry: Entry, part: Part) -> None:
    href = part.attrs.get("url", part.attrs.get("uri", part.attrs.get("href")))
    link = {name: value for name, value in part.attrs.items() if not href or name not in {"url", "uri"}}
    entry.setdefault("links", []).append({**link, **({"href": href} if href else {}), "rel": "enclosure"})


def _category(entry: Entry, part: Part) -> None:
    """Term, scheme and label; where there is no term, the text is one."""
    tags = entry.setdefault("tags", [])
    scheme, value = part.attrs.get("scheme", part.attrs.get("domain")), said(part.text)
    _add(tags, {"term": part.attrs.get("term"), "scheme": scheme, "label": part.attrs.get("label")})
    if value and tags and not tags[-1]["term"]:
        tags[-1]["term"] = value
    elif value:
        _add(tags, {"term": value, "scheme": None, "label": None})


def _author(entry: Entry, part: Part) -> None:
    if part.attrs:
        raise OddError
    value = said(part.text)
    if value and not entry["authors"][-1].get("name"):
        entry["authors"][-1]["name"] = value


def _source(entry: Entry, part: Part) -> None:
    source = {"href": part.attrs["url"]} if "url" in part.attrs else {}
    value = said(part.text)
    _set(entry, "source", {**source, "title": value} if value else source)


def _media(name: str) -> Keeper:
    def keep(entry: Entry, part: Part) -> None:
        if part.text.strip():
            raise OddError
        entry.setdefault(name, []).append(part.attrs)

    return keep


def _nothing(_: Entry, __: Part) -> None:
    """Not kept."""


def _typed(part: Part, kind: str) -> Attributes:
    """A text with its type. RSS knows no types: what looks like markup there is markup."""
    kind = _KINDS.get(part.attrs.get("type", kind), "")
    if not kind or part.attrs.keys() - {"type"}:
        raise OddError
    value = said(part.text)
    if kind == "text/plain" and not part.atom and looks_like_html(value):
        kind = "text/html"
    return {"type": kind, "value": value}


def _set(entry: Entry, name: str, value: object) -> None:
    if name in entry:
        raise OddError
    entry[name] = value


def _add(tags: list[dict[str, str | None]], tag: dict[str, str | None]) -> None:
    if any(tag.values()) and len(tags) < MOST_TAGS and tag not in tags:
        tags.append(tag)


KEEPERS: Final[dict[str, Keeper]] = {
    "title": _text("title", "text/plain"),
    "description": _text("summary", "text/html"),
    "summary": _text("summary", "text/plain"),
    "content": _content("text/plain"),
    "content:encoded": _content("text/html"),
    "link": _link,
    "guid": _value("id", but=frozenset({"ispermalink"})),
    "id": _value("id"),
    "pubdate": _date("published"),
    "published": _date("published"),
    "updated": _date("updated"),
    "dc:date": _date("updated"),
    "category": _category,
    "author": _author,
    "dc:creator": _author,
    "source": _source,
    "enclosure": _enclosure,
    "media:content": _media("media_content"),
    "media:thumbnail": _media("media_thumbnail"),
    "comments": _value("comments"),
    "slash:comments": _value("slash_comments"),
    "wfw:commentrss": _value("wfw_commentrss"),
    "thr:total": _value("thr_total"),
    "feedburner:origlink": _value("feedburner_origlink"),
    "ignored": _nothing,
}
"""By feedparser's names of the elements."""

HEAD_KEEPERS: Final[dict[str, Keeper]] = {
    "title": KEEPERS["title"],
    "link": _own_link,
    "language": _value("language"),
    "ttl": _value("ttl"),
    "id": _nothing,
    "sy:updateperiod": _value("sy_updateperiod"),
    "sy:updatefrequency": _value("sy_updatefrequency"),
    "sy:updatebase": _nothing,
}
"""Those of a feed's own elements."""
