"""What else an item says: podcasts, places, threads, rights. Kept under the names by which publishers write it.

Podcasting (itunes, podcast), Dublin Core, GeoRSS and W3C geo, Atom threading (RFC 4685), Media RSS. What has a field of
its own (title, authors, tags, enclosures) is not kept twice.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from feedhub.model.raw import RawExtra

Found = Mapping[str, object]

_TEXTS: Final = {
    "itunes_duration": "itunes:duration",
    "itunes_episode": "itunes:episode",
    "itunes_season": "itunes:season",
    "itunes_episodetype": "itunes:episodeType",
    "podcast_episode": "podcast:episode",
    "podcast_season": "podcast:season",
    "podcast_person": "podcast:person",
    "rights": "rights",
    "publisher": "publisher",
    "dc_identifier": "dc:identifier",
    "dc_type": "dc:type",
    "dc_format": "dc:format",
    "dc_relation": "dc:relation",
    "dc_coverage": "dc:coverage",
    "dcterms_license": "dcterms:license",
    "geo_lat": "geo:lat",
    "geo_long": "geo:long",
    "georss_featurename": "georss:featureName",
    "thr_total": "thr:total",
    "slash_comments": "slash:comments",
    "comments": "comments",
    "wfw_commentrss": "wfw:commentRss",
    "media_description": "media:description",
}
"""Elements that are text, by feedparser's name of them."""

_PARTS: Final = {
    "image": ("itunes:image", ("href",)),
    "podcast_transcript": ("podcast:transcript", ("url",)),
    "podcast_chapters": ("podcast:chapters", ("url",)),
    "podcast_location": ("podcast:location", ("geo",)),
    "podcast_person": ("podcast:person", ("href",)),
    "thr_in-reply-to": ("thr:in-reply-to", ("href", "ref")),
    "media_copyright": ("media:copyright", ("content", "url")),
    "media_license": ("media:license", ("content", "href")),
    "media_rating": ("media:rating", ("content",)),
    "media_rights": ("media:rights", ("status",)),
}
"""Elements of which feedparser keeps the attributes, and those that say what is wanted, the best first."""

_KEYS: Final = frozenset({*_TEXTS, *_PARTS, "itunes_explicit", "where", "media_credit", "contributors"})
"""Without any of these there is nothing, as in most items."""

_MOST_CREDITS: Final = 5


def extras_of(found: Found) -> tuple[RawExtra, ...]:
    """All of it that an item has, always in the same order."""
    if _KEYS.isdisjoint(found):
        return ()
    return tuple(RawExtra(name=name, value=value) for name, value in _pairs(found) if value)


def _pairs(found: Found) -> Iterable[tuple[str, str]]:
    for key, name in _TEXTS.items():
        if key in found:
            yield name, _string(found[key])
    for key, (name, attributes) in _PARTS.items():
        if key in found and isinstance(part := found[key], Mapping):
            yield name, _first(dict(part), attributes)
    explicit = found.get("itunes_explicit")
    yield "itunes:explicit", str(explicit).lower() if isinstance(explicit, bool) else _string(explicit)
    yield "georss:point", _point(found.get("where"))
    for name, key, inner in (("media:credit", "media_credit", "content"), ("contributor", "contributors", "name")):
        listed = found.get(key)
        for part in listed[:_MOST_CREDITS] if isinstance(listed, list) else ():
            yield name, _first(dict(part), (inner,))


def _string(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _first(part: Found, attributes: Iterable[str]) -> str:
    return next((text for name in attributes if (text := _string(part.get(name)))), "")


def _point(where: object) -> str:
    """`45.1 -71.9`, latitude first as GeoRSS writes it; feedparser turns the pair round, as GeoJSON has it."""
    if not isinstance(where, Mapping) or where.get("type") != "Point":
        return ""
    return " ".join(str(number) for number in reversed(where["coordinates"][:2]))
