"""RSS and Atom of every age: the only importer of feedparser.

feedparser's two parsers (strict on SAX, loose on tag soup) are used below its front door, which would open files and
addresses, decode by rules that RFC 7303 has taken back, and let a document type through. Its habits that would hurt
are overridden in `_Habits`. Nothing is resolved, sanitised or copied from one field to another here: that is the
cleaner's work, and ids must stay as written.
"""

import io
import xml.sax
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import ClassVar, Final
from xml.parsers.expat import ExpatError
from xml.sax.handler import feature_external_ges, feature_namespaces
from xml.sax.saxutils import unescape
from xml.sax.xmlreader import AttributesNSImpl, InputSource

from feedparser.api import LooseFeedParser, StrictFeedParser
from feedparser.datetimes import _parse_date
from feedparser.mixin import _FeedParserMixin

from feedhub.steps.parse.items import Found

_STUMBLES: Final = (LookupError, ValueError, TypeError, AttributeError, AssertionError, ArithmeticError, RecursionError)
"""What feedparser raises over documents that it did not foresee."""
_STRUCTURE: Final = frozenset({"rss", "rdf", "feed", "channel", "item", "entry"})
_FEED_LEVEL: Final = frozenset({"", "dc", "dcterms", "rdf"})
"""Prefixes that may speak of the feed itself; podcast and media elements would overwrite its title and link."""
_LONGEST_DATE: Final = 80
_MOST_TAGS: Final = 100
_MOST_ATTRIBUTES: Final = 60

_Name = tuple[str | None, str]
"""Namespace and local name, as SAX has them."""
_Attributes = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What a parser found: `version` is feedparser's name of the dialect, empty where it saw no feed.

    `within` says that it stopped inside the last of the entries; `problem` is expat's number of what stopped it,
    0 for anything else, None if nothing did. `base` is the xml:base of the feed, empty where it has none.
    """

    version: str
    feed: Found
    entries: tuple[Found, ...]
    withdrawn: tuple[str, ...]
    base: str
    within: bool
    problem: int | None


def strictly(text: str, *, base: str, version: str) -> Collected:
    """What the strict parser finds in a document that begins with its root element."""
    reader = _Strict(base, None, "utf-8")
    reader.version = version
    driver = xml.sax.make_parser()  # noqa: S317  # no DTD reaches it: the prolog was cut off
    driver.setFeature(feature_namespaces, True)  # noqa: FBT003  # SAX has it so
    driver.setFeature(feature_external_ges, False)  # noqa: FBT003  # the same
    driver.setContentHandler(reader)
    driver.setErrorHandler(reader)
    source = InputSource()
    source.setByteStream(io.BytesIO(text.encode("utf-8", "replace")))
    source.setEncoding("utf-8")
    try:
        driver.parse(source)
    except xml.sax.SAXException as error:
        inner = error.getException()
        return _collected(reader, problem=inner.code if isinstance(inner, ExpatError) else 0)
    return _collected(reader, problem=None)


def loosely(text: str, *, base: str, version: str) -> Collected:
    """What the loose parser finds in tag soup."""
    reader = _Loose(base, None, "utf-8", {})
    reader.version = version
    reader.feed(text)
    return _collected(reader, problem=None)


def _collected(reader: "_Habits", *, problem: int | None) -> Collected:
    return Collected(
        version=str(reader.version or ""),
        feed=dict(reader.feeddata),
        entries=tuple(dict(entry) for entry in reader.entries),
        withdrawn=tuple(reader.withdrawn),
        base=str(reader.feed_base),
        within=bool(reader.inentry),
        problem=problem,
    )


def _text_element(name: str) -> tuple[Callable[["_Habits", _Attributes], None], Callable[["_Habits"], None]]:
    """Handlers of an element whose text is kept under a name of its own: a caption is no title and no content."""

    def start(reader: "_Habits", attrs: _Attributes) -> None:
        reader.open_text(name, attrs, "text/plain")

    def end(reader: "_Habits") -> None:
        reader.close_text(name)

    return start, end


class _Habits(_FeedParserMixin):  # type: ignore[misc]  # feedparser has no types
    """What both parsers do otherwise than feedparser: see each method."""

    can_be_relative_uri: ClassVar[frozenset[str]] = frozenset()
    resolve_relative_uris = False
    sanitize_html = False
    depth: int
    basestack: list[str]
    langstack: list[str | None]
    feed_base = ""
    _muted = 0

    def __init__(self, *args: object) -> None:
        self.withdrawn: list[str] = []
        super().__init__(*args)

    def resolve_uri(self, uri: str) -> str:
        """Addresses stay as written: a relative one must not change a digest when the feed moves."""
        return uri

    def unknown_starttag(self, tag: str, attrs: list[tuple[str, str]]) -> None:
        """At feed level, elements of foreign namespaces and tombstones are passed over with all they hold."""
        prefix, _, name = tag.rpartition(":")
        if name in _STRUCTURE:
            self._muted = 0
        if self._muted or self._foreign(prefix, name):
            self._muted += 1
            if name == "deleted-entry":
                self.withdrawn += [value for key, value in attrs if key == "ref"]
            return
        with suppress(*_STUMBLES):  # a bad element costs that element
            super().unknown_starttag(tag, attrs)

    def unknown_endtag(self, tag: str) -> None:
        """The end of what `unknown_starttag` passed over, or of anything else."""
        if self._muted:
            self._muted -= 1
            return
        depth, level = self.depth, len(self.basestack)
        try:
            super().unknown_endtag(tag)
        except _STUMBLES:
            self.depth = depth - 1
            del self.basestack[level - 1 :], self.langstack[level - 1 :]

    def _foreign(self, prefix: str, name: str) -> bool:
        if self.inentry or name in _STRUCTURE:
            return False
        return self.namespacemap.get(prefix, prefix) not in _FEED_LEVEL

    def _start_channel(self, attrs: _Attributes) -> None:
        self.feed_base = self.baseuri
        super()._start_channel(attrs)

    def _start_feed(self, attrs: _Attributes) -> None:
        self.feed_base = self.baseuri
        super()._start_feed(attrs)

    def _start_item(self, attrs: _Attributes) -> None:
        super()._start_item(attrs)
        self.entries[-1]["item_base"] = self.baseuri
        self.entries[-1]["item_lang"] = self.lang

    _start_entry = _start_item

    def _end_guid(self) -> None:
        """An id is an id: never a link, never resolved."""
        self.pop("id")

    _end_id = _end_guid

    def _date(self, name: str) -> None:
        value = self.pop(name)
        if value and len(value) <= _LONGEST_DATE:  # its patterns are quadratic in what they read
            self._save(f"{name}_parsed", _parse_date(value), overwrite=True)

    def _end_published(self) -> None:
        self._date("published")

    def _end_updated(self) -> None:
        self._date("updated")

    def _end_created(self) -> None:
        self._date("created")

    _end_issued = _end_pubdate = _end_published
    _end_modified = _end_lastbuilddate = _end_updated

    def _end_author(self) -> None:
        """The text of an author is kept whole: feedparser's search for a mail address in it is quadratic."""
        value = self.pop("author")
        self.inauthor = 0
        authors = self._get_context().get("authors")
        if value and authors and not authors[-1].get("name"):
            authors[-1]["name"] = value

    _end_managingeditor = _end_author

    def _sync_author_detail(self, key: str = "author") -> None:
        """Nothing: see `_end_author`."""

    def _add_tag(self, term: str | None, scheme: str | None, label: str | None) -> None:
        """No more than enough: each tag is compared with all before it."""
        if len(self._get_context().get("tags", ())) < _MOST_TAGS:
            super()._add_tag(term, scheme, label)

    def open_text(self, name: str, attrs: _Attributes, kind: str) -> None:
        """Open a text element; what comes twice in an item is kept apart, so that the first one stays."""
        again = self.inentry and not self.insource and name in self.entries[-1]
        self._text_name = f"other_{name}" if again else name
        expected = self.infeed or self.inentry or self.insource
        self.push_content(self._text_name, attrs, kind, expected)

    def close_text(self, name: str) -> None:
        self.pop_content(f"other_{name}" if self._text_name == f"other_{name}" else name)
        self._text_name = ""

    _text_name = ""

    def _start_description(self, attrs: _Attributes) -> None:
        self.open_text("summary" if self.inentry and not self.insource else "description", attrs, "text/html")

    def _end_description(self) -> None:
        self.close_text("summary" if self.inentry and not self.insource else "description")

    _start_summary, _end_summary = _start_abstract, _end_abstract = _text_element("summary")
    _start_media_title, _end_media_title = _text_element("media_title")
    _start_media_description, _end_media_description = _text_element("media_description")
    _start_itunes_summary, _end_itunes_summary = _text_element("itunes_summary")

    def _start_content(self, attrs: _Attributes) -> None:
        self.push_content("content", attrs, "text/plain", 1)

    def _end_content(self) -> None:
        """Content stays content: feedparser copies it into the summary."""
        self.pop_content("content")

    _end_body = _end_xhtml_body = _end_content_encoded = _end_fullitem = _end_content

    def _start_dc_source(self, _: _Attributes) -> None:
        self.push("dc_source", 1)

    def _end_dc_source(self) -> None:
        value = self.pop("dc_source")
        if value:
            self._get_context().setdefault("dc_sources", []).append(value)


class _Strict(_Habits, StrictFeedParser):  # type: ignore[misc]  # feedparser has no types
    """The SAX handler with our habits. Text comes in scraps: it is joined before feedparser sees it."""

    def __init__(self, *args: object) -> None:
        self._scraps: list[str] = []
        super().__init__(*args)

    def startElementNS(self, name: _Name, qname: str | None, attrs: AttributesNSImpl) -> None:  # noqa: N802  # SAX's name
        """An element begins; of its attributes the first are enough."""
        self._flush()
        if len(attrs) > _MOST_ATTRIBUTES:  # SAX looks each up in all of them
            kept = {key: attrs.getValue(key) for key in islice(attrs.getNames(), _MOST_ATTRIBUTES)}
            attrs = AttributesNSImpl(kept, {key: attrs.getQNameByName(key) for key in kept})
        super().startElementNS(name, qname, attrs)

    def endElementNS(self, name: _Name, qname: str | None) -> None:  # noqa: N802  # SAX's name
        """An element ends."""
        self._flush()
        super().endElementNS(name, qname)

    def characters(self, text: str) -> None:
        """A scrap of text."""
        self._scraps.append(text)

    def _flush(self) -> None:
        if self._scraps:
            self.handle_data("".join(self._scraps))
            self._scraps.clear()


class _Loose(_Habits, LooseFeedParser):  # type: ignore[misc]  # feedparser has no types
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
