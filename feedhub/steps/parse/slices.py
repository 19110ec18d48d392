"""Where the raw items of a feed stand in its bytes, found without parsing it.

A scan for the starts and ends of items, of comments, CDATA sections and processing instructions is right in every
well-formed document: no other "<" can stand in one (XML 1.0, section 2.4). Whether the document is one, the parser
says that reads what is left of it when items have been taken out; an item itself was read once in a document that was.
So taking it out neither hides nor makes a fault.

Items are found where they are siblings of one name with nothing but blanks and comments between them, as in all but the
oddest feeds. Every search goes on from where the last one ended: the cost is linear in the text. The bytes are those
of UTF-8, in which no part of a letter can be taken for a sign.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

Span = tuple[int, int]

_ITEM: Final = rb"(?:[A-Za-z_][\w.\x80-\xff-]{0,60}:)?(?:item|entry)"
_OPAQUE: Final = rb"!--|!\[CDATA\[|\?"
_FIRST: Final = re.compile(rb"<(?:%b|%b(?=[\s/>]))" % (_OPAQUE, _ITEM))
_ENDS: Final = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}
"""Where that ends in which tags are no tags."""
_BETWEEN: Final = re.compile(rb"(?:[ \t\r\n]++|<!--.*?-->)*+", re.DOTALL)
_ROOT: Final = re.compile(
    rb"""<(?:rss|feed)[\s>]|<[^<>]*\sxmlns(?::[\w.\x80-\xff-]{1,60})?=["']http://purl\.org/rss/1\.0/["']"""
)
"""Roots that settle the dialect; where an item's own namespace could, items cannot stand alone."""


def slices(data: bytes) -> tuple[Span, ...]:
    """Where each item begins and ends in a feed that begins with its root element; none where the shape is odd."""
    first = next(_tags(data, _FIRST, 0), None) if _ROOT.match(data) else None
    if first is None:
        return ()
    name = re.escape(first[0][1:])
    tag = re.compile(rb"<(?:/?%b(?=[\s/>])|%b)" % (name, _OPAQUE))
    return _spans(data, _tags(data, tag, first.start()))


def without(data: bytes, spans: Iterable[Span]) -> bytes:
    """The bytes without these parts of them, which are in order and apart."""
    kept: list[bytes] = []
    at = 0
    for start, end in spans:
        kept.append(data[at:start])
        at = end
    return b"".join((*kept, data[at:]))


def _tags(data: bytes, pattern: re.Pattern[bytes], at: int) -> Iterator[re.Match[bytes]]:
    """The tags that a pattern finds, outside of what is no markup; no more of them where that is never closed."""
    while found := pattern.search(data, at):
        end = _ENDS.get(found[0])
        if end is None:
            yield found
            at = found.end()
            continue
        stop = _find(data, end, found.end())
        if stop < 0:
            return
        at = stop + len(end)


def _find(data: bytes, end: bytes, at: int) -> int:
    """Where that stands next, else -1. One byte alone is found many times as fast as three, and this one is rare."""
    first = data.find(end[0], at)
    return first if data.startswith(end, first) else data.find(end, at)


def _spans(data: bytes, tags: Iterable[re.Match[bytes]]) -> tuple[Span, ...]:
    """The items that the tags make; none where one stands in another, is empty or stands apart from the others."""
    spans: list[Span] = []
    start = -1
    for tag in tags:
        if tag[0].startswith(b"</"):
            end = data.find(b">", tag.end()) + 1
            if start < 0 or not end:
                return ()
            spans.append((start, end))
            start = -1
        elif start >= 0 or (spans and not _blank(data, spans[-1][1], tag.start())):
            return ()
        else:
            start = tag.start()
    return tuple(spans) if start < 0 else ()


def _blank(data: bytes, start: int, end: int) -> bool:
    return start == end or data[start:end].isspace() or _BETWEEN.fullmatch(data, start, end) is not None
