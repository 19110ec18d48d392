"""What feedparser does otherwise here than by itself: habits that would hurt are overridden, each with its reason.

Nothing is resolved, sanitised or copied from one field to another: that is the cleaner's work, and ids must stay as
written. What an item leaves behind in feedparser's state (an open element, a base, a prefix) ends with the item, so
that every item reads the same whichever others stand before it.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import ClassVar, Final

from feedparser.datetimes import _parse_date
from feedparser.html import _cp1252
from feedparser.mixin import _FeedParserMixin

STUMBLES: Final = (LookupError, ValueError, TypeError, AttributeError, AssertionError, ArithmeticError, RecursionError)
"""What feedparser raises over documents that it did not foresee."""
STRUCTURE: Final = frozenset({"rss", "rdf", "feed", "channel", "item", "entry"})
ITEMS: Final = frozenset({"item", "entry"})
FEED_LEVEL: Final = frozenset({"", "dc", "dcterms", "rdf", "sy"})
"""Prefixes that may speak of the feed itself; podcast and media elements would overwrite its title and link."""
_STATE: Final = (
    *("inentry", "incontent", "intextinput", "inimage", "inauthor", "incontributor", "inpublisher", "insource"),
    *("svgOK", "title_depth", "hasContent", "_summaryKey", "ingeometry", "psc_chapters_flag"),
    *("baseuri", "lang", "infeed", "feed_base", "_muted", "_text_name"),
)
"""What feedparser and we remember from one element to the next."""
_WINDOWS: Final = re.compile("[\x80-\x9f]")
"""Signs of Windows under the numbers of controls. Most texts have none, and looking is far cheaper than translating."""
_LONGEST_DATE: Final = 80
MOST_TAGS: Final = 100
_MOST_SKIPS: Final = 200
"""Hours and days that a feed asks not to be asked in: there are 31 that differ."""

Attributes = dict[str, str]


def said(text: str) -> str:
    """What feedparser makes of the text of an element: UTF-8 that was encoded twice and signs of Windows are mended."""
    text = text.strip()
    if text.isascii():
        return text
    text = _encoded_once(text)
    return text.translate(_cp1252) if _WINDOWS.search(text) else text


def _encoded_once(text: str) -> str:
    try:
        return text.encode("iso-8859-1").decode("utf-8")
    except UnicodeError:
        return text


def date_of(text: str) -> tuple[int, ...] | None:
    """A date as feedparser reads it, None for one that is too long: its patterns are quadratic in what they read."""
    found = _parse_date(text) if text and len(text) <= _LONGEST_DATE else None
    return tuple(found) if found else None


def looks_like_html(text: str) -> bool:
    """Whether feedparser takes a text that should be plain for markup."""
    return ("<" in text or "&" in text) and bool(_FeedParserMixin.looks_like_html(text))


def tag_of(uri: str, name: str) -> str:
    """What feedparser calls an element: its own prefix for the namespace, and the name; empty where it knows none."""
    prefix = "" if "backend.userland.com/rss" in uri.lower() else PREFIXES.get(uri.lower())
    if prefix is None:
        return ""
    return f"{prefix}:{name}".lower() if prefix else name.lower()


PREFIXES: Final = {uri.lower(): prefix for uri, prefix in _FeedParserMixin.namespaces.items()}


def _text_element(name: str) -> tuple[Callable[["Habits", Attributes], None], Callable[["Habits"], None]]:
    """Handlers of an element whose text is kept under a name of its own: a caption is no title and no content."""

    def start(reader: "Habits", attrs: Attributes) -> None:
        reader.open_text(name, attrs, "text/plain")

    def end(reader: "Habits") -> None:
        reader.close_text(name)

    return start, end


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outer:
    """What feedparser remembers as an item begins."""

    state: dict[str, object]
    version: str
    language: str | None
    depth: int
    elements: int


class Habits(_FeedParserMixin):  # type: ignore[misc]  # feedparser has no types
    """What both parsers do otherwise than feedparser: see each method."""

    can_be_relative_uri: ClassVar[frozenset[str]] = frozenset()
    resolve_relative_uris = False
    sanitize_html = False
    depth: int
    version: str
    basestack: list[str]
    langstack: list[str | None]
    unheard: ClassVar[frozenset[str]] = frozenset()
    """Elements of the feed itself that are passed over: nobody asks for them, and each takes as long as an item's."""
    feed_base = ""
    _muted = 0
    _outer: _Outer | None = None

    def __init__(self, *args: object) -> None:
        self.withdrawn: list[str] = []
        self.skips: list[str] = []
        super().__init__(*args)

    def resolve_uri(self, uri: str) -> str:
        """Addresses stay as written: a relative one must not change a digest when the feed moves."""
        return uri

    def unknown_starttag(self, tag: str, attrs: list[tuple[str, str]]) -> None:
        """At feed level, unheard elements, those of foreign namespaces and tombstones go with all that they hold."""
        prefix, _, name = tag.rpartition(":")
        if tag in ITEMS and self._outer is None:
            self._outer = self._remembered()
        if name in STRUCTURE:
            self._muted = 0
        if self._muted or self._foreign(prefix, name):
            self._muted += 1
            if name == "deleted-entry":
                self.withdrawn += [value for key, value in attrs if key == "ref"]
            return
        with suppress(*STUMBLES):  # a bad element costs that element
            super().unknown_starttag(tag, attrs)

    def unknown_endtag(self, tag: str) -> None:
        """The end of what `unknown_starttag` passed over, or of anything else."""
        if self._muted:
            self._muted -= 1
            return
        depth, level = self.depth, len(self.basestack)
        try:
            super().unknown_endtag(tag)
        except STUMBLES:
            self.depth = depth - 1
            del self.basestack[level - 1 :], self.langstack[level - 1 :]
        if tag in ITEMS and self._outer is not None and self.depth <= self._outer.depth:
            self._recall(self._outer)

    def _remembered(self) -> _Outer:
        return _Outer(
            state={name: getattr(self, name) for name in _STATE},
            version=self.version,
            language=self.feeddata.get("language"),
            depth=self.depth,
            elements=len(self.elementstack),
        )

    def _recall(self, outer: _Outer) -> None:
        """An item leaves nothing behind but its entry."""
        self._outer = None
        for name, value in outer.state.items():
            setattr(self, name, value)
        self.version = outer.version or self.version
        if outer.language is None:
            self.feeddata.pop("language", None)
        else:
            self.feeddata["language"] = outer.language
        self.sourcedata.clear()
        self.contentparams.clear()
        del self.elementstack[outer.elements :], self.basestack[outer.depth :], self.langstack[outer.depth :]

    def _foreign(self, prefix: str, name: str) -> bool:
        if self.inentry or name in STRUCTURE:
            return False
        if not prefix and name in self.unheard:
            return True
        return self.namespacemap.get(prefix, prefix) not in FEED_LEVEL

    def _start_channel(self, attrs: Attributes) -> None:
        self.feed_base = self.baseuri
        super()._start_channel(attrs)

    def _start_feed(self, attrs: Attributes) -> None:
        self.feed_base = self.baseuri
        super()._start_feed(attrs)

    def _start_item(self, attrs: Attributes) -> None:
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
        if value:
            self._save(f"{name}_parsed", date_of(value), overwrite=True)

    def _end_published(self) -> None:
        self._date("published")

    def _end_updated(self) -> None:
        self._date("updated")

    def _end_created(self) -> None:
        self._date("created")

    _end_issued = _end_pubdate = _end_published
    _end_modified = _end_lastbuilddate = _end_updated

    def _end_hour(self) -> None:
        """An hour, or a day, in which the feed asks not to be asked."""
        self._skip("hour")

    def _end_day(self) -> None:
        self._skip("day")

    def _skip(self, name: str) -> None:
        value = self.pop(name)
        if value and not self.inentry and len(self.skips) < _MOST_SKIPS:
            self.skips.append(value)

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
        if len(self._get_context().get("tags", ())) < MOST_TAGS:
            super()._add_tag(term, scheme, label)

    def open_text(self, name: str, attrs: Attributes, kind: str) -> None:
        """Open a text element; what comes twice in an item is kept apart, so that the first one stays."""
        again = self.inentry and not self.insource and name in self.entries[-1]
        self._text_name = f"other_{name}" if again else name
        expected = self.infeed or self.inentry or self.insource
        self.push_content(self._text_name, attrs, kind, expected)

    def close_text(self, name: str) -> None:
        """Close what `open_text` opened."""
        self.pop_content(f"other_{name}" if self._text_name == f"other_{name}" else name)
        self._text_name = ""

    _text_name = ""

    def _start_description(self, attrs: Attributes) -> None:
        self.open_text("summary" if self.inentry and not self.insource else "description", attrs, "text/html")

    def _end_description(self) -> None:
        self.close_text("summary" if self.inentry and not self.insource else "description")

    _start_summary, _end_summary = _start_abstract, _end_abstract = _text_element("summary")
    _start_media_title, _end_media_title = _text_element("media_title")
    _start_media_description, _end_media_description = _text_element("media_description")
    _start_itunes_summary, _end_itunes_summary = _text_element("itunes_summary")

    def _start_content(self, attrs: Attributes) -> None:
        self.push_content("content", attrs, "text/plain", 1)

    def _end_content(self) -> None:
        """Content stays content: feedparser copies it into the summary."""
        self.pop_content("content")

    _end_body = _end_xhtml_body = _end_content_encoded = _end_fullitem = _end_content

    def _start_dc_source(self, _: Attributes) -> None:
        self.push("dc_source", 1)

    def _end_dc_source(self) -> None:
        value = self.pop("dc_source")
        if value:
            self._get_context().setdefault("dc_sources", []).append(value)
