"""RSS and Atom of every age: with `habits`, the only importer of feedparser.

feedparser's two parsers (strict on SAX, loose on tag soup) are used below its front door, which would open files and
addresses, decode by rules that RFC 7303 has taken back, and let a document type through. Its habits that would hurt
are overridden in `Habits`. Nothing is resolved, sanitised or copied from one field to another here: that is the
cleaner's work, and ids must stay as written.
"""

from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Final
from xml.parsers.expat import ExpatError
from xml.sax import SAXException
from xml.sax.expatreader import ExpatParser
from xml.sax.handler import feature_external_ges
from xml.sax.saxutils import unescape
from xml.sax.xmlreader import AttributesNSImpl

from feedparser.api import LooseFeedParser, StrictFeedParser

from feedhub.steps.parse.habits import Habits
from feedhub.steps.parse.items import Found

MOST_ATTRIBUTES: Final = 60

UNHEARD: Final = frozenset(
    {
        *("author", "category", "cloud", "contributor", "copyright", "description", "docs", "generator", "icon"),
        *("image", "lastbuilddate", "logo", "managingeditor", "modified", "pubdate", "rating", "rights", "subtitle"),
        *("tagline", "textinput", "updated", "webmaster"),
    }
)
"""Of a feed itself we want title, link, language, hubs and when to ask. They are heard in tag soup, where one that is
never closed would take all the rest with it."""

_Name = tuple[str | None, str]
_WHOLE: Final = 2
"""Namespace and local name, as SAX has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What a parser found: `version` is feedparser's name of the dialect, empty where it saw no feed.

    `within` says that it stopped inside the last of the entries; `problem` is expat's number of what stopped it,
    0 for anything else, None if nothing did. `base` is the xml:base of the feed, empty where it has none. `skips` are
    the hours and days in which it asks not to be asked, as written.
    """

    version: str
    feed: Found
    entries: tuple[Found, ...]
    withdrawn: tuple[str, ...]
    skips: tuple[str, ...]
    base: str
    within: bool
    problem: int | None


def strictly(data: bytes, *, base: str, version: str) -> Collected:
    """What the strict parser finds in a document in UTF-8 that begins with its root element."""
    reader = _Strict(base, None, "utf-8")
    reader.version = version
    driver = ExpatParser(namespaceHandling=1)  # no DTD reaches it: the prolog was cut off
    driver.setFeature(feature_external_ges, False)  # noqa: FBT003  # the same
    driver.setContentHandler(reader)
    driver.setErrorHandler(reader)
    try:
        driver.feed(data)
        driver.close()
    except SAXException as error:
        inner = error.getException()
        return _collected(reader, problem=inner.code if isinstance(inner, ExpatError) else 0)
    return _collected(reader, problem=None)


def loosely(text: str, *, base: str, version: str) -> Collected:
    """What the loose parser finds in tag soup."""
    reader = _Loose(base, None, "utf-8", {})
    reader.version = version
    reader.feed(text)
    return _collected(reader, problem=None)


def _collected(reader: Habits, *, problem: int | None) -> Collected:
    return Collected(
        version=str(reader.version or ""),
        feed=dict(reader.feeddata),
        entries=tuple(dict(entry) for entry in reader.entries),
        withdrawn=tuple(reader.withdrawn),
        skips=tuple(reader.skips),
        base=str(reader.feed_base),
        within=bool(reader.inentry),
        problem=problem,
    )


class _Strict(Habits, StrictFeedParser):  # type: ignore[misc]  # feedparser has no types
    """The SAX handler with our habits. Text comes in scraps: it is joined before feedparser sees it."""

    unheard = UNHEARD

    def __init__(self, *args: object) -> None:
        self._scraps: list[str] = []
        self._scopes: list[tuple[str | None, str | None, dict[str, str | None]]] = []
        super().__init__(*args)

    def startPrefixMapping(self, prefix: str | None, uri: str | None) -> None:  # noqa: N802  # SAX's name
        """A prefix begins to mean something; what it meant before is remembered."""
        uri = uri or ""
        names = (prefix or "", self._matchnamespaces.get(uri.lower(), ""))
        before = {name: self.namespaces_in_use.get(name) for name in names}
        self._scopes.append((prefix, self.namespacemap.get(prefix), before))
        super().startPrefixMapping(prefix, uri)

    def endPrefixMapping(self, _: str | None) -> None:  # noqa: N802  # SAX's name
        """It ends with its element: feedparser would have it mean the same in all that follows."""
        prefix, meaning, before = self._scopes.pop()
        _put_back(self.namespacemap, prefix, meaning)
        for name, uri in before.items():
            _put_back(self.namespaces_in_use, name, uri)

    def startElementNS(self, name: _Name, qname: str | None, attrs: AttributesNSImpl) -> None:  # noqa: N802  # SAX's name
        """An element begins; of its attributes the first are enough."""
        self._flush()
        if len(attrs) > MOST_ATTRIBUTES:  # SAX looks each up in all of them
            kept = {key: attrs.getValue(key) for key in islice(attrs.getNames(), MOST_ATTRIBUTES)}
            attrs = AttributesNSImpl(kept, {key: attrs.getQNameByName(key) for key in kept})
        super().startElementNS(_two(name), qname, attrs)

    def endElementNS(self, name: _Name, qname: str | None) -> None:  # noqa: N802  # SAX's name
        """An element ends."""
        self._flush()
        super().endElementNS(_two(name), qname)

    def characters(self, text: str) -> None:
        """A scrap of text."""
        self._scraps.append(text)

    def _flush(self) -> None:
        if self._scraps:
            self.handle_data("".join(self._scraps))
            self._scraps.clear()


def _two(name: tuple[str | None, ...]) -> _Name:
    """Namespace and local name: one with a blank in it, which none may have, comes in pieces, with its prefix last."""
    *pieces, local = name if len(name) == _WHOLE else name[:-1]
    return " ".join(filter(None, pieces)) or None, local or ""


def _put_back(table: dict[str | None, str], key: str | None, value: str | None) -> None:
    if value is None:
        table.pop(key, None)
    else:
        table[key] = value


class _Loose(Habits, LooseFeedParser):  # type: ignore[misc]  # feedparser has no types
    """The reader of tag soup with our habits."""

    def decode_entities(self, element: str, data: str) -> str:
        """Ids, links, dates and names are decoded as the strict parser has them."""
        if not self.incontent:
            return unescape(data, {"&quot;": '"', "&apos;": "'"})
        return str(super().decode_entities(element, data))

    def handle_charref(self, ref: str) -> None:
        """A reference to a character that there is not is left out."""
        with suppress(ValueError, OverflowError):
            super().handle_charref(ref)
