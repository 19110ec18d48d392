"""A feed in XML, however well it is formed.

A document that is not well-formed is mended and read strictly again, so that one bare ampersand changes no id; one that
was cut short gives what stands before the cut; only then does the loose parser try. Where only what is new in it is
asked for, what was seen before is taken out before it is parsed.
"""

import re
from dataclasses import dataclass, replace
from typing import Final
from xml.parsers.expat import errors

from feedhub.errors import ParseError
from feedhub.model.raw import ParsedFeed, Portion
from feedhub.steps.parse.items import feed_of
from feedhub.steps.parse.lean import lean
from feedhub.steps.parse.marks import choose, chosen_of, mark, portion
from feedhub.steps.parse.repair import mended, without_controls
from feedhub.steps.parse.slices import Span, slices, without
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
    return _whole(_frame(found, url), None)


def read_new_xml(found: XmlText, *, url: str, seen: bytes, most: int) -> Portion:
    """What is new in a feed in XML: what was seen is not even parsed. Raises ParseError where nothing can be read.

    Only where what is left makes a well-formed feed that has as many entries as items were left in it. Any other feed
    is read whole, and its entries are chosen from by their digests.
    """
    frame = _frame(found, url)
    items = slices(frame.text)
    if not items:
        return chosen_of(_whole(frame, None), seen=seen, most=most)
    marks = [mark(frame.text[start:end]) for start, end in items]
    chosen = choose(marks, seen=seen, most=most)
    wanted = frozenset(chosen.wanted)
    left = without(frame.text, [span for place, span in enumerate(items) if place not in wanted])
    got = _leanly(frame, left, items) or strictly(left, base=frame.base(left), version=frame.version)
    if got.problem is None and got.version and len(got.entries) == len(wanted):
        return portion(_feed(frame, _Run(got=got)), chosen, seen=seen, total=len(items))
    return chosen_of(_whole(frame, got if left == frame.text else None), seen=seen, most=most)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """A document that is to be read, and what holds of all of it."""

    text: str
    url: str
    version: str
    faults: tuple[str, ...]

    def base(self, part: str) -> str:
        """The address to join those in a part of it to; empty where no element has a base: joining takes its time."""
        return self.url if "xml:base" in part else ""


def _frame(found: XmlText, url: str) -> _Frame:
    text = without_controls(found.text)
    controls = ("it holds control characters, which were left out",) if text != found.text else ()
    return _Frame(
        text=text,
        url=url,
        version="rss091n" if found.netscape else "",
        faults=(*found.faults, *controls),
    )


def _leanly(frame: _Frame, left: str, items: tuple[Span, ...]) -> Collected | None:
    """What is left, its items read the short way, where that knows all that is in them."""
    around = without(frame.text, items)
    got = strictly(around, base=frame.base(around), version=frame.version)
    if got.problem is not None or got.entries:
        return None
    entries = lean(left, atom=got.version.startswith("atom"))
    return None if entries is None else replace(got, entries=entries)


def _whole(frame: _Frame, first: Collected | None) -> ParsedFeed:
    """All of the feed; `first` is what the strict parser found in it, where it was asked already."""
    base = frame.base(frame.text)
    got = first or strictly(frame.text, base=base, version=frame.version)
    run = _run(frame.text, got, base=base, version=frame.version)
    if not run.got.version or (run.broken and not run.got.entries):
        raise ParseError("it is not well-formed and holds nothing that can be read; the publisher has to mend it")
    return _feed(frame, run)


def _feed(frame: _Frame, run: "_Run") -> ParsedFeed:
    got = run.got
    return feed_of(
        form=got.version,
        feed=got.feed,
        entries=got.entries,
        withdrawn=got.withdrawn,
        skips=got.skips,
        base=got.base or frame.url,
        faults=(*frame.faults, *run.faults),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """What was found in the end; `broken` says that no parser reached the end."""

    got: Collected
    faults: tuple[str, ...] = ()
    broken: bool = False


def _run(text: str, got: Collected, *, base: str, version: str) -> _Run:
    """What is found in the end, the strict parser having found this."""
    if got.problem is None:
        return _Run(got=got)
    whole = mended(text)
    if whole != text:
        got = strictly(whole, base=base, version=version)
        if got.problem is None:
            return _Run(got=got, faults=("it is not well-formed: ampersands, entities or prefixes were mended",))
    return _salvaged(whole, got, base=base, version=version)


def _salvaged(text: str, got: Collected, *, base: str, version: str) -> _Run:
    """The whole items before a cut, all items before something that trails, else what the loose parser makes of it."""
    cut = got.problem in _CUT or not _END.search(text[-_TAIL:])
    if cut and got.within:
        got = replace(got, entries=got.entries[:-1])
    missed = len(_ITEM.findall(text)) - len(got.entries)
    if got.entries and missed <= cut and (cut or got.problem == _TRAILING):
        why = "it was cut short" if cut else "something follows its end"
        return _Run(got=got, faults=(f"it is not well-formed: {why}",), broken=True)
    loose = loosely(text, base=base, version=version)
    best = loose if len(loose.entries) >= len(got.entries) else got
    return _Run(got=best, faults=("it is not well-formed: it was read as far as that goes",), broken=True)
