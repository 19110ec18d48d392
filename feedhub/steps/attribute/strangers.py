"""Names that no registry knows, where a cue says that an outlet stands there.

Only what looks like the name of an outlet is held against the cues: words in quotation marks, a host, the call sign of
a station, capitalised words beside a word for a kind of outlet ("the newspaper X"), between a comma and a verb of
reporting (", X reports"), or with a word of the press in them ("Morning Herald"). A person, a ministry or a network is
none of these, and words that only such names hold rule a candidate out.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from feedhub.steps.attribute.lexicon import Lexicon
from feedhub.steps.attribute.names import Found, Spelling, Spotted
from feedhub.steps.attribute.reading import Line, Segment

MOST: Final = 12
"""So many candidates of one segment are looked at."""
WORDS: Final = 5
"""A name has no more words."""

_QUOTED: Final = re.compile(r'[«“"„《「『]([^«»“”"„《》「」『』\n,;!?]{2,40})[»”"“》」』]')
_HOST: Final = re.compile(
    r"(?<![\w@./-])(?:[A-Za-z0-9İ][\w-]{1,30}\.){1,2}(?:com|net|org|info|news|media|tv|[a-z]{2}|[A-Z][a-z])(?![\w/@])"
)
_DOT: Final = re.compile(r"\.[A-Za-z]")
_CALL: Final = re.compile(r"[KWANCF](?:[A-Z]{2}|ox|hannel|anal)")
"""What every host and every call sign holds; most texts have none, and this is found faster."""
_STATION: Final = re.compile(r"\b(?:[KW][A-Z]{3}(?:-TV|-FM)?|(?:ABC|NBC|CBS|FOX|Fox|Channel|Kanal|Canal) ?\d{1,2})\b")
_BETWEEN: Final = len(' " ')
"""So much may stand between two words that are next to each other."""
_NEAR: Final = 80
"""Three words that are longer are not looked through for every hint in them, but once with their line."""
_FIGURE: Final = re.compile(r"\d")
_INNER: Final = frozenset(("of", "the", "de", "del", "di", "do", "da", "la", "el", "al", "and", "-", "&", "'"))


def candidates(segment: Segment, lexicon: Lexicon, spotted: Spotted) -> tuple[tuple[Found, bool], ...]:
    """Possible names of unknown outlets, those apart that a word for a kind of outlet vouches for."""
    found: list[tuple[Found, bool]] = []
    for start, end, vouched in _looked_for(segment, lexicon, spotted.hints):
        if len(found) >= MOST:
            break
        if any(start < hit.last and hit.start < end for hit in spotted.found):
            continue
        if any(start < other.end and other.start < end for other, _ in found):
            continue
        text = segment.raw[start:end]
        found.append((Found(spelling=Spelling(text=text, needs_cue=True), start=start, end=end, last=end), vouched))
    return tuple(found)


def _looked_for(
    segment: Segment, lexicon: Lexicon, hints: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, int, bool]]:
    for match in _QUOTED.finditer(segment.raw) if '"' in segment.folded else ():
        start, end = match.span(1)
        if _capital(segment.raw[start]) and not _body(segment, (start, end), lexicon):
            yield start, end, _vouched(segment, (start, end), lexicon)
    for match in _HOST.finditer(segment.raw) if _DOT.search(segment.raw) else ():
        yield match.start(), match.end(), _vouched(segment, match.span(), lexicon)
    for match in _STATION.finditer(segment.raw) if _CALL.search(segment.raw) else ():
        yield match.start(), match.end(), True
    seen = -1
    for hint in hints:
        if hint[0] > seen and _beside_name(segment, hint):
            start, line = segment.line(hint[0])
            yield from _runs(segment, line, lexicon)
            seen = segment.span(start)[1]


def _beside_name(segment: Segment, hint: tuple[int, int]) -> bool:
    """Whether a capital or a figure is in the word of a hint or in one next to it, as in the name of an outlet."""
    first = segment.folded.rfind(" ", 0, max(hint[0] - _BETWEEN, 0)) + 1
    last = segment.folded.find(" ", hint[1] + _BETWEEN)
    near = segment.raw[first : last if last >= 0 else None]
    return len(near) > _NEAR or near != near.lower() or _FIGURE.search(near) is not None


def _runs(segment: Segment, line: Line, lexicon: Lexicon) -> Iterator[tuple[int, int, bool]]:
    """Capitalised words in a row that a neighbour or one of them marks as the name of an outlet."""
    spans = zip(line.starts, line.ends, strict=True)
    capitals = [(word := segment.raw[start:end]) != word.lower() for start, end in spans]
    last = -1
    for index in [place for place, capital in enumerate(capitals) if capital]:
        if index <= last:
            continue
        last = _run_end(line, index, capitals=capitals)
        start, end = line.starts[index], line.ends[last]
        if _outlet_like(line, (index, last), lexicon) and not _body(segment, (start, end), lexicon):
            yield start, end, True


def _run_end(line: Line, index: int, *, capitals: list[bool]) -> int:
    last = index
    for place in range(index + 1, len(line.words)):
        if capitals[place] or line.words[place][0].isdigit():
            last = place
        elif line.words[place] not in _INNER:
            break
    return last


def _outlet_like(line: Line, run: tuple[int, int], lexicon: Lexicon) -> bool:
    first, last = run
    inside = last > first and (line.words[first] in lexicon.press or line.words[last] in lexicon.press)
    before = first > 0 and line.words[first - 1] in lexicon.around.kinds
    told = first > 0 and line.words[first - 1] == "," and last + 1 < len(line.words)
    return inside or before or (told and line.words[last + 1] in lexicon.verbs)


def _vouched(segment: Segment, span: tuple[int, int], lexicon: Lexicon) -> bool:
    """Whether a word for a kind of outlet stands next to it."""
    line = segment.line(span[0])[1]
    left, right = line.after(span[0]) - 1, line.after(span[1])
    return (left >= 0 and line.words[left] in lexicon.around.kinds) or (
        right < len(line.words) and line.words[right] in lexicon.around.kinds
    )


def _body(segment: Segment, span: tuple[int, int], lexicon: Lexicon) -> bool:
    """Whether a word that no outlet has in its name is in it."""
    line = segment.line(span[0])[1]
    words = line.words[line.after(span[0]) : line.after(span[1])]
    return len(words) > WORDS or any(word in lexicon.bodies for word in words)


def _capital(sign: str) -> bool:
    return sign.isalnum() and sign == sign.upper()
