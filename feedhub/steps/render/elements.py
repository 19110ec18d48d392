"""The elements that feedgen drops or does not know, put into the elements that it made.

- Atom entry links: feedgen writes their address alone, so only the one that needs nothing else (alternate) is its.
- Atom `source`: feedgen knows title and link; RFC 4287 (section 4.2.11) wants what the other feed says of itself.
- Dublin Core, Media RSS and our own attribution (docs/attribution-namespace.md), the same in RSS and Atom.
- Dates in RSS: feedgen sets the locale of the whole process while it writes one.

feedgen's Atom elements have no namespace as objects, only an `xmlns` attribute, so ours must have none either.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from email.utils import format_datetime

from lxml import etree

from feedhub.model.credit import Evidence
from feedhub.model.entry import Media
from feedhub.model.outlet import OutletRef
from feedhub.steps.render.item import Item
from feedhub.steps.render.plain import canonical

ATTRIBUTION = "urn:feedhub:attribution:1"
"""Names what the elements mean, not where a feed is served: it outlives every base URL."""

NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "feedhub": ATTRIBUTION,
    "media": "http://search.yahoo.com/mrss/",
}
"""The prefix is not "fh": judges and readers know that one as feed history (RFC 5005)."""

_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_RSS_ROOT = {"atom": _ATOM, "content": _CONTENT, **NAMESPACES}
"""What feedgen declares on the root of an RSS feed, ours included."""

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_BODIES = re.compile(rb"(<(?:content|content:encoded|description|summary)[ >][^<]*)")
_MEDIA_KINDS = frozenset({"image", "audio", "video"})


def finished_rss(element: etree._Element, item: Item) -> bytes:
    """An RSS item of feedgen's, completed, as bytes.

    The originator's name (dc:source) stands within the attribution: beside RSS's own `source` it would be taken for
    the same fact said twice (W3C validator: DuplicateItemSemantics), which it is not.
    """
    etree.Element("rss", nsmap=_RSS_ROOT).append(element)
    _add(element, "pubDate", rfc822(item.published))
    for one in _enclosures(item)[:1]:  # RSS 2.0 has room for one (RSS Advisory Board profile)
        _add(element, "enclosure", url=one.url, length=str(one.length), type=one.media_type)
    if item.source_url:
        _add(element, "source", item.source_title, url=item.source_url)
    _add(element, _dc("creator"), item.credit)
    if item.lang:
        _add(element, _dc("language"), item.lang)
    if item.via:
        _add(element, f"{{{_ATOM}}}link", **_via(item))
    _add_media(element, item)
    attribution = _add_attribution(element, item)
    if item.attribution.originator:
        _add(attribution, _dc("source"), item.attribution.originator.name)
    return _serialised(element, _RSS_ROOT)


def finished_atom(element: etree._Element, item: Item) -> bytes:
    """An Atom entry of feedgen's, completed, as bytes.

    `source` comes last: a reader who takes the elements in it for the entry's own has read those by then.
    """
    etree.Element("feed", nsmap=NAMESPACES).append(element)
    if item.lang:
        element.set(_LANG, item.lang)
        _add(element, _dc("language"), item.lang)
    if item.original:
        _add(element, "link", href=item.original, rel="related")
    if item.via:
        _add(element, "link", **_via(item))
    for one in _enclosures(item):
        _add(element, "link", href=one.url, rel="enclosure", type=one.media_type, length=str(one.length))
    if item.attribution.originator:
        _add(element, _dc("source"), item.attribution.originator.name)
    _add_media(element, item)
    _add_attribution(element, item)
    if item.source_url:
        source = _add(element, "source")
        _add(source, "id", canonical(item.source_url))
        _add(source, "title", item.source_title)
        _add(source, "link", href=item.source_url, rel="self")
        _add(source, "updated", rfc3339(item.published))
    return _serialised(element, NAMESPACES)


class ChannelExtension:
    """What feedgen leaves out of the head of a feed, in the shape that its `register_extension` asks for.

    `built` and `hub` are set on the instance that feedgen makes.
    """

    built: datetime
    hub: str = ""

    def extend_ns(self) -> Mapping[str, str]:
        """The namespaces that are declared on the root, so that no item has to."""
        return NAMESPACES

    def extend_rss(self, root: etree._Element) -> etree._Element:
        """Add the date of the newest change, and the hub: feedgen knows both, but sets locales or drops it."""
        channel = root[0]
        _add(channel, "lastBuildDate", rfc822(self.built))
        if self.hub:
            _add(channel, f"{{{_ATOM}}}link", rel="hub", href=self.hub)
        return root

    def extend_atom(self, root: etree._Element) -> etree._Element:
        """Nothing: feedgen's Atom head is complete."""
        return root


def rfc822(moment: datetime) -> str:
    """A UTC time as RSS and OPML write it, whatever the process's locale."""
    return format_datetime(moment, usegmt=True)


def rfc3339(moment: datetime) -> str:
    """A UTC time as Atom and JSON Feed write it."""
    return moment.isoformat().replace("+00:00", "Z")


def _serialised(element: etree._Element, declared: Mapping[str, str]) -> bytes:
    """The element's bytes as they stand below a root that declares these namespaces.

    Outside of bodies `<` and `&` are written as hexadecimal references: so the RSS Advisory Board's profile asks for
    plain text, and its judges take "&lt;b" in a title for markup.
    """
    written = etree.tostring(element, encoding="utf-8", with_tail=False)
    start, _, rest = written.partition(b">")
    for prefix, uri in declared.items():
        start = start.replace(f' xmlns:{prefix}="{uri}"'.encode(), b"")
    parts = _BODIES.split(rest)
    parts[::2] = [part.replace(b"&lt;", b"&#x3C;").replace(b"&amp;", b"&#x26;") for part in parts[::2]]
    return b"".join((start, b">", *parts))


def _enclosures(item: Item) -> tuple[Media, ...]:
    """What can be announced for download: RSS and Atom want a length, RSS a type too."""
    return tuple(one for one in item.media if one.length and one.media_type)


def _via(item: Item) -> dict[str, str]:
    origin = item.attribution.originator
    return {"href": item.via, "rel": "via"} | ({"title": origin.name} if origin else {})


def _add_media(element: etree._Element, item: Item) -> None:
    for one in item.media:
        _add(element, f"{{{NAMESPACES['media']}}}content", **_described(one))


def _described(one: Media) -> dict[str, str]:
    kind = one.media_type.partition("/")[0]
    facts = {
        "url": one.url,
        "fileSize": str(one.length or ""),
        "type": one.media_type,
        "medium": kind if kind in _MEDIA_KINDS else "",
    }
    return {name: value for name, value in facts.items() if value}


def _add_attribution(element: etree._Element, item: Item) -> etree._Element:
    credit = item.attribution
    attribution = _add(
        element,
        _ours("attribution"),
        confidence=f"{credit.confidence:.2f}",
        independent=str(item.independent),
        by="text" if credit.by == "text" else "editor",
        corrected="yes" if item.corrected else "no",
    )
    _add_outlet(attribution, "publisher", credit.publisher)
    if credit.originator:
        _add_outlet(attribution, "originator", credit.originator)
    chain = _add(attribution, _ours("chain"))
    for outlet in credit.chain:
        _add_outlet(chain, "outlet", outlet)
    for evidence in credit.evidence:
        _add(attribution, _ours("evidence"), evidence.words, **_proof(evidence))
    return attribution


def _proof(evidence: Evidence) -> dict[str, str]:
    role = evidence.role.value
    return {"outlet": evidence.outlet.name, "role": role, "field": evidence.field, "rule": evidence.rule}


def _add_outlet(parent: etree._Element, name: str, outlet: OutletRef) -> None:
    _add(parent, _ours(name), outlet.name, **({"slug": outlet.slug} if outlet.slug else {}))


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, name, attributes)
    if text:
        element.text = text
    return element


def _dc(name: str) -> str:
    return f"{{{NAMESPACES['dc']}}}{name}"


def _ours(name: str) -> str:
    return f"{{{ATTRIBUTION}}}{name}"
