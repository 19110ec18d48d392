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
    text = without_controls(found.text)
    base = url if "xml:base" in text else ""  # joining addresses at every element takes its time
    run = _run(text, base=base, version="rss091n" if found.netscape else "")
    got = run.got
    if not got.version or (run.broken and not got.entries):
        raise ParseError("it is not well-formed and holds nothing that can be read; the publisher has to mend it")
    controls = ("it holds control characters, which were left out",) if text != found.text else ()
    return feed_of(
        form=got.version,
        feed=got.feed,
        entries=got.entries,
        withdrawn=got.withdrawn,
        base=got.base or url,
        faults=(*found.faults, *controls, *run.faults),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """What was found in the end; `broken` says that no parser reached the end."""

    got: Collected
    faults: tuple[str, ...] = ()
    broken: bool = False


def _run(text: str, *, base: str, version: str) -> _Run:
    got = strictly(text, base=base, version=version)
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
