"""What is new in a feed in XML: what was seen before is taken out before it is parsed.

The usual feed is UTF-8 without anything that no document may hold. Its items are found in the bytes as they came, and
only what is left when the known ones are out is looked at any further: a mark is known of an item that was read, so
that what it stands for was looked at then.
"""

import re
from dataclasses import dataclass, replace
from typing import Final

from feedhub.model.raw import Portion
from feedhub.steps.parse.document import Frame, feed_from, frame_of, whole
from feedhub.steps.parse.head import head
from feedhub.steps.parse.lean import lean
from feedhub.steps.parse.marks import Chosen, choose, chosen_of, mark, portion
from feedhub.steps.parse.repair import is_legal
from feedhub.steps.parse.slices import Span, slices, without
from feedhub.steps.parse.sniff import XmlText, is_utf8
from feedhub.steps.parse.xml import Collected

_USUAL: Final = re.compile(rb"(?:[ \t\r\n]++|<\?.*?\?>|<!--.*?-->)*+(?=<(?:rss|feed|rdf:RDF)[\s>])", re.DOTALL)
"""What stands before the root of the usual feed."""


def read_new_xml(found: XmlText, *, url: str, seen: bytes, most: int) -> Portion:
    """What is new in a feed in XML. Raises ParseError where nothing can be read.

    Only where what is left makes a well-formed feed that has as many entries as items were left in it. Any other feed
    is read whole, and its entries are chosen from by their digests.
    """
    frame = frame_of(found, url=url)
    cut = _cut(frame.data, seen=seen, most=most)
    if cut is None:
        return chosen_of(whole(frame, None), seen=seen, most=most)
    return _portion(frame, cut, seen=seen, most=most)


def read_new_usual(body: bytes, *, charset: str | None, url: str, seen: bytes, most: int) -> Portion | None:
    """What `read_new_xml` gives of the usual feed, for half its price; None for any other. Raises ParseError too."""
    start = _USUAL.match(body)
    if start is None or not is_utf8(body, charset=charset):
        return None
    frame = Frame(data=body[start.end() :], url=url)
    cut = _cut(frame.data, seen=seen, most=most)
    if cut is None or cut.chosen.more or not (_is_text(start[0]) and _is_text(cut.left) and is_legal(cut.left)):
        return None
    return _portion(frame, cut, seen=seen, most=most)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cut:
    """A feed that was cut into its items: what is left without those not chosen, and what stands around them all."""

    total: int
    chosen: Chosen
    left: bytes
    around: bytes


def _cut(data: bytes, *, seen: bytes, most: int) -> _Cut | None:
    """The feed, cut up; None where it cannot be."""
    items = slices(data)
    if not items:
        return None
    chosen = choose([mark(data[start:end]) for start, end in items], seen=seen, most=most)
    wanted = frozenset(chosen.wanted)
    return _Cut(
        total=len(items),
        chosen=chosen,
        left=without(data, [span for place, span in enumerate(items) if place not in wanted]),
        around=_around(data, items),
    )


def _around(data: bytes, items: tuple[Span, ...]) -> bytes:
    """What stands before and after all items, and between the first two: for between all stands as little."""
    (start, end), (second, _), (_, last) = items[0], items[min(1, len(items) - 1)], items[-1]
    return b"".join((data[:start], data[end:second], data[last:]))


def _portion(frame: Frame, cut: _Cut, *, seen: bytes, most: int) -> Portion:
    got = _got(frame, cut)
    if got.problem is None and got.version and len(got.entries) == len(cut.chosen.wanted):
        return portion(feed_from(frame, got), cut.chosen, seen=seen, total=cut.total)
    return chosen_of(whole(frame, got if cut.left == frame.data else None), seen=seen, most=most)


def _got(frame: Frame, cut: _Cut) -> Collected:
    """What is left, its items read the short way, where that knows all that is in them."""
    got = (None if frame.version else head(cut.around)) or frame.strictly(cut.around)
    if got.problem is None and not got.entries:
        entries = lean(cut.left, atom=got.version.startswith("atom"))
        if entries is not None:
            return replace(got, entries=entries)
    return frame.strictly(cut.left)


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
