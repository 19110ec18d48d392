"""Where the raw items of a feed stand in its text, found without parsing it.

A scan for the starts and ends of items, of comments, CDATA sections and processing instructions is right in every
well-formed document: no other "<" can stand in one (XML 1.0, section 2.4). Whether the document is one, the parser
says that reads what is left of it when items have been taken out; an item itself was read once in a document that was.
So taking it out neither hides nor makes a fault.

Items are found where they are siblings of one name with nothing but blanks and comments between them, as in all but the
oddest feeds. Every search goes on from where the last one ended: the cost is linear in the text.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

Span = tuple[int, int]

_ITEM: Final = r"(?:[A-Za-z_][\w.-]{0,60}:)?(?:item|entry)"
_OPAQUE: Final = r"!--|!\[CDATA\[|\?"
_FIRST: Final = re.compile(rf"<(?:{_OPAQUE}|{_ITEM}(?=[\s/>]))")
_ENDS: Final = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>"}
"""Where that ends in which tags are no tags."""
_BETWEEN: Final = re.compile(r"(?:[ \t\r\n]++|<!--.*?-->)*+", re.DOTALL)
_ROOT: Final = re.compile(r"""<(?:rss|feed)[\s>]|<[^<>]*\sxmlns(?::[\w.-]{1,60})?=["']http://purl\.org/rss/1\.0/["']""")
"""Roots that settle the dialect; where an item's own namespace could, items cannot stand alone."""


def slices(text: str) -> tuple[Span, ...]:
    """Where each item begins and ends in a feed that begins with its root element; none where the shape is odd."""
    first = next(_tags(text, _FIRST, 0), None) if _ROOT.match(text) else None
    if first is None:
        return ()
    name = re.escape(first[0][1:])
    return _spans(text, _tags(text, re.compile(rf"<(?:{_OPAQUE}|/?{name}(?=[\s/>]))"), first.start()))


def without(text: str, spans: Iterable[Span]) -> str:
    """The text without these parts of it, which are in order and apart."""
    kept: list[str] = []
    at = 0
    for start, end in spans:
        kept.append(text[at:start])
        at = end
    return "".join((*kept, text[at:]))


def _tags(text: str, pattern: re.Pattern[str], at: int) -> Iterator[re.Match[str]]:
    """The tags that a pattern finds, outside of what is no markup; no more of them where that is never closed."""
    while found := pattern.search(text, at):
        end = _ENDS.get(found[0])
        if end is None:
            yield found
            at = found.end()
            continue
        stop = text.find(end, found.end())
        if stop < 0:
            return
        at = stop + len(end)


def _spans(text: str, tags: Iterable[re.Match[str]]) -> tuple[Span, ...]:
    """The items that the tags make; none where one stands in another, is empty or stands apart from the others."""
    spans: list[Span] = []
    start = -1
    for tag in tags:
        if tag[0].startswith("</"):
            end = text.find(">", tag.end()) + 1
            if start < 0 or not end:
                return ()
            spans.append((start, end))
            start = -1
        elif start >= 0 or (spans and not _blank(text, spans[-1][1], tag.start())):
            return ()
        else:
            start = tag.start()
    return tuple(spans) if start < 0 else ()


def _blank(text: str, start: int, end: int) -> bool:
    return start == end or _BETWEEN.fullmatch(text, start, end) is not None
