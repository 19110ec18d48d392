"""Who publishes an entry, and what its own elements claim of where it was taken from.

A feed's claim never outranks what the registry knows: the source belongs to its outlet, a link to the outlet whose
domain it is at. Only where the source is an aggregator, or of no known outlet, do link and source element tell who
publishes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from feedhub.model.credit import Evidence
from feedhub.model.cue import Role
from feedhub.model.entry import Entry
from feedhub.model.outlet import Outlet, OutletRef
from feedhub.model.source import Source
from feedhub.steps.attribute.lexicon import Lexicon
from feedhub.text.folded import fold

AGGREGATOR: Final = "aggregator"
"""The kind of outlets that publish under the names of others."""

_WEIGHTS: Final = {"source": 0.7, "dc_source": 0.6, "via": 0.6, "author": 0.6, "link": 0.7}
_SEPARATORS: Final = re.compile(r"[\W_]+")
_TLD: Final = re.compile(
    r"\.(?:com|net|org|info|news|tv|media|press|example|gov|co)?(?:\.[a-z]{2})?(?<!\.)\Z|\.[a-z]{2}\Z"
)
_CODE: Final = len("AZ")
_COUNTRIES: Final = {"UK": "GB", "COM": "", "EU": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Who publishes: `outlet` where the registry knows it, `marks` by which a text names it."""

    ref: OutletRef
    outlet: Outlet | None
    country: str
    marks: frozenset[str]

    def is_self(self, ref: OutletRef, *, written: str = "") -> bool:
        """Whether a credit of this outlet would be the publisher's own."""
        return (ref.slug is not None and ref.slug == self.ref.slug) or squash(written or ref.name) in self.marks


def who_publishes(entry: Entry, *, source: Source, lexicon: Lexicon) -> Publisher:
    """The outlet of the source; for an aggregator or a stranger the owner of the link, else of its source element."""
    own = lexicon.get(source.outlet)
    if own is not None and own.kind != AGGREGATOR:
        return _publisher(own.ref, own, source)
    found = lexicon.owner(entry.link) or _from_source_element(entry, lexicon) or own
    if found is not None:
        return _publisher(found.ref, found, source)
    return _publisher(OutletRef(slug=None, name=source.title or str(source.outlet)), None, source)


def claims(entry: Entry, *, publisher: Publisher, lexicon: Lexicon) -> Iterator[Evidence]:
    """What the entry's elements say of where it was taken from, the publisher itself left out."""
    for origin in entry.origins:
        outlet = lexicon.named(origin.name) or lexicon.owner(origin.url)
        if outlet is not None and not publisher.is_self(outlet.ref):
            yield _claim(outlet, origin.kind, origin.name or origin.url)
    for author in entry.authors:
        outlet = lexicon.named(author)
        if outlet is not None and outlet.kind == "agency" and not publisher.is_self(outlet.ref):
            yield _claim(outlet, "author", author)
    owner = lexicon.owner(entry.link)
    if owner is not None and not publisher.is_self(owner.ref) and not _related(owner, publisher):
        yield _claim(owner, "link", entry.link)


def squash(name: str) -> str:
    """A name without case, signs and the ending of a domain: "News.Az", "news.az" and "NEWS" are alike."""
    return _SEPARATORS.sub("", _TLD.sub("", fold(name).removeprefix("www.").strip(' "')))


def _publisher(ref: OutletRef, outlet: Outlet | None, source: Source) -> Publisher:
    marks = _marks((ref.name, *outlet.aliases) if outlet else (ref.name,))
    country = outlet.country if outlet and outlet.country else _country(ref.name) or _country(source.url)
    return Publisher(ref=ref, outlet=outlet, country=country, marks=marks)


@lru_cache(maxsize=1024)  # a source gives many entries
def _marks(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(mark for name in names if (mark := squash(name)))


def _country(address: str) -> str:
    """The country of the top-level domain that a name or an address ends with, if it has one."""
    host = address.partition("://")[2].partition("/")[0] or address
    last = host.rpartition(".")[2].upper() if "." in host else ""
    return _COUNTRIES.get(last, last if len(last) == _CODE else "")


def _from_source_element(entry: Entry, lexicon: Lexicon) -> Outlet | None:
    for origin in entry.origins:
        outlet = (lexicon.owner(origin.url) or lexicon.named(origin.name)) if origin.kind == "source" else None
        if outlet is not None:
            return outlet
    return None


def _related(outlet: Outlet, publisher: Publisher) -> bool:
    return publisher.outlet is not None and (
        outlet.parent == publisher.outlet.slug or publisher.outlet.parent == outlet.slug
    )


def _claim(outlet: Outlet, field: str, words: str) -> Evidence:
    return Evidence(
        outlet=outlet.ref,
        role=Role.ORIGINATOR,
        rule=f"structure.{field}",
        field=field,
        start=0,
        end=len(words),
        name_start=0,
        name_end=len(words),
        words=words,
        weight=_WEIGHTS[field],
    )
