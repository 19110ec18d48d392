"""A feed in XML, however well it is formed.

A document that is not well-formed is mended and read strictly again, so that one bare ampersand changes no id; one that
was cut short gives what stands before the cut; only then does the loose parser try.
"""

import re
from dataclasses import dataclass, replace
from typing import Final
from xml.parsers.expat import errors

from feedhub.errors import ParseError
from feedhub.model.raw import ParsedFeed
from feedhub.steps.parse.items import feed_of
from feedhub.steps.parse.repair import mended, without_controls
from feedhub.steps.parse.sniff import XmlText
from feedhub.steps.parse.xml import Collected, loosely, strictly

_CUT: Final = frozenset(
    errors.codes[name]
    for name in (
        errors.XML_ERROR_NO_ELEMENTS,
        errors.XML_ERROR_UNCLOSED_TOKEN,
        errors.XML_ERROR_PARTIAL_CHAR,
        errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
)
"""Complaints of expat about a document that ends too early."""
_TRAILING: Final = errors.codes[errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]
"""That about something behind the end."""

_ITEM = re.compile(r"<(?:[A-Za-z][\w.-]{0,60}:)?(?:item|entry)(?=[\s/>])", re.IGNORECASE)
_END = re.compile(r"</(?:[\w.-]{1,60}:)?(?:rss|feed|rdf|channel)\s*>\s*\Z", re.IGNORECASE)
_TAIL: Final = 400
"""Characters in which the end of the root element is looked for."""


def read_xml(found: XmlText, *, url: str) -> ParsedFeed:
    """A feed in XML. Raises ParseError where nothing can be read."""
    return whole(frame_of(found, url=url), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A document that is to be read, in UTF-8 and from its root element on, and what holds of all of it."""

    data: bytes
    url: str
    version: str = ""
    faults: tuple[str, ...] = ()

    def base(self, part: bytes) -> str:
        """The address to join those in a part of it to; empty where no element has a base: joining takes its time."""
        return self.url if b"xml:base" in part else ""

    def strictly(self, part: bytes) -> Collected:
        """What the strict parser finds in a part of it."""
        return strictly(part, base=self.base(part), version=self.version)


def frame_of(found: XmlText, *, url: str) -> Frame:
    """The document without what no document may hold."""
    text = without_controls(found.text)
    controls = ("it holds control characters, which were left out",) if text != found.text else ()
    return Frame(
        data=text.encode(),
        url=url,
        version="rss091n" if found.netscape else "",
        faults=(*found.faults, *controls),
    )


def whole(frame: Frame, first: Collected | None) -> ParsedFeed:
    """All of the feed; `first` is what the strict parser found in it, where it was asked already.

    Raises ParseError where nothing can be read.
    """
    run = _run(frame, first or frame.strictly(frame.data))
    if not run.got.version or (run.broken and not run.got.entries):
        raise ParseError("it is not well-formed and holds nothing that can be read; the publisher has to mend it")
    return feed_from(frame, run.got, faults=run.faults)


def feed_from(frame: Frame, got: Collected, *, faults: tuple[str, ...] = ()) -> ParsedFeed:
    """What was found as a feed."""
    return feed_of(
        form=got.version,
        feed=got.feed,
        entries=got.entries,
        withdrawn=got.withdrawn,
        skips=got.skips,
        base=got.base or frame.url,
        faults=(*frame.faults, *faults),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """What was found in the end; `broken` says that no parser reached the end."""

    got: Collected
    faults: tuple[str, ...] = ()
    broken: bool = False


def _run(frame: Frame, got: Collected) -> _Run:
    """What is found in the end, the strict parser having found this."""
    if got.problem is None:
        return _Run(got=got)
    text = frame.data.decode()
    better = mended(text)
    if better != text:
        got = strictly(better.encode(), base=frame.base(frame.data), version=frame.version)
        if got.problem is None:
            return _Run(got=got, faults=("it is not well-formed: ampersands, entities or prefixes were mended",))
    return _salvaged(better, got, frame)


def _salvaged(text: str, got: Collected, frame: Frame) -> _Run:
    """The whole items before a cut, all items before something that trails, else what the loose parser makes of it."""
    cut = got.problem in _CUT or not _END.search(text[-_TAIL:])
    if cut and got.within:
        got = replace(got, entries=got.entries[:-1])
    missed = len(_ITEM.findall(text)) - len(got.entries)
    if got.entries and missed <= cut and (cut or got.problem == _TRAILING):
        why = "it was cut short" if cut else "something follows its end"
        return _Run(got=got, faults=(f"it is not well-formed: {why}",), broken=True)
    loose = loosely(text, base=frame.base(frame.data), version=frame.version)
    best = loose if len(loose.entries) >= len(got.entries) else got
    return _Run(got=best, faults=("it is not well-formed: it was read as far as that goes",), broken=True)
