"""The parts of an entry that are read for names, folded and tokenised with their offsets kept."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from feedhub.text.folded import TOKEN, fold

HEAD: Final = 1500
"""Credits stand at the beginning ..."""
TAIL: Final = 400
"""... or at the end: of a long article no more is read."""
TITLE: Final = 500

_INVISIBLE: Final = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ENDS: Final = frozenset("!?。…।۔؟։！？;")
_STOPS: Final = _ENDS | {"."}
_SHORT: Final = frozenset(
    (
        *(
            "mr",
            "mrs",
            "ms",
            "dr",
            "sen",
            "rep",
            "gov",
            "gen",
            "lt",
            "col",
            "st",
            "no",
            "vs",
            "inc",
            "corp",
            "ltd",
            "co",
        ),
        *(
            "jan",
            "feb",
            "mar",
            "apr",
            "jun",
            "jul",
            "aug",
            "sep",
            "sept",
            "oct",
            "nov",
            "dec",
            "u",
            "s",
            "e",
            "i",
            "z",
            "b",
        ),
        *("bzw", "nr", "art", "cf", "p", "pp", "av", "sr", "sra", "ee", "uu"),
        *("г", "гг", "ул", "им", "тыс", "млн", "млрд", "руб", "стр", "т", "д", "п"),
    )
)
"""A full stop after one of these ends no sentence."""


@dataclass(slots=True)
class Line:
    """The tokens of one line: `words` folded, `starts` and `ends` in the segment, `sentences` numbered from 0.

    `opening` and `closing` mark the first and the last line of the field that hold any. `runs` is for those who look at
    the same stretches of a line again and again; what they keep there is gone when a token is split.
    """

    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    opening: bool = False
    closing: bool = False
    runs: dict[tuple[int, int], list[int]] = field(default_factory=dict)

    def after(self, place: int) -> int:
        """The index of the first token that begins at or after the place."""
        return bisect_left(self.starts, place)

    def split(self, place: int) -> None:
        """Make a token end where a name begins or ends inside of it (لرويترز, Trendə)."""
        index = bisect_left(self.starts, place) - 1
        if index < 0 or self.ends[index] <= place:
            return
        self.runs.clear()
        cut = place - self.starts[index]
        self.words[index : index + 1] = [self.words[index][:cut], self.words[index][cut:]]
        self.starts.insert(index + 1, place)
        self.ends.insert(index, place)
        self.sentences.insert(index, self.sentences[index])

    def sentence(self, index: int) -> int:
        """The sentence of a token; beyond the edges that of the nearest."""
        return self.sentences[min(max(index, 0), len(self.sentences) - 1)] if self.sentences else 0


@dataclass(slots=True)
class Segment:
    """One stretch of `part`, the title or the text, without invisible signs: `raw` as given, `folded` for comparing.

    `rank` orders segments as a reader meets them, `final` marks the last of a field.
    """

    part: str
    rank: int
    base: int
    raw: str
    folded: str
    places: list[int] | None = None
    final: bool = True
    _lines: dict[int, Line] = field(default_factory=dict)

    def place(self, index: int) -> int:
        """Where a place of this segment is in the field of the entry."""
        if self.places is None:
            return self.base + index
        return self.base + (self.places[index] if index < len(self.places) else self.places[-1] + 1)

    def span(self, index: int) -> tuple[int, int]:
        """Where the line around an index begins and ends."""
        end = self.folded.find("\n", index)
        return self.folded.rfind("\n", 0, index) + 1, len(self.folded) if end < 0 else end

    def line(self, index: int) -> tuple[int, Line]:
        """Where the line around an index begins, and its tokens, cut once."""
        start, end = self.span(index)
        line = self._lines.get(start)
        if line is None:
            line = self._lines[start] = _tokenise(self.raw, self.folded, start=start, end=end)
            line.opening = self.base == 0 and not self.folded[:start].strip()
            line.closing = self.final and not self.folded[end:].strip()
        return start, line


def segments(title: str, text: str) -> Iterator[Segment]:
    """The title, and the head and the tail of the text."""
    yield _segment("title", title[:TITLE], rank=0)
    if len(text) <= HEAD + TAIL:
        yield _segment("text", text, rank=1)
        return
    head = _segment("text", text[:HEAD], rank=1)
    head.final = False
    yield head
    yield _segment("text", text[-TAIL:], rank=2, base=len(text) - TAIL)


def _segment(part: str, raw: str, *, rank: int, base: int = 0) -> Segment:
    places: list[int] | None = None
    if not raw.isascii() and _INVISIBLE.search(raw):
        places = [index for index, sign in enumerate(raw) if not _INVISIBLE.match(sign)] or [0]
        raw = _INVISIBLE.sub("", raw)
    return Segment(part=part, rank=rank, base=base, raw=raw, folded=fold(raw), places=places)


def _tokenise(raw: str, folded: str, *, start: int, end: int) -> Line:
    spans = [match.span() for match in TOKEN.finditer(folded, start, end)]
    words = [folded[first:last] for first, last in spans]
    starts, ends = map(list, zip(*spans, strict=True)) if spans else ([], [])
    line = Line(words=words, starts=starts, ends=ends)
    begun = 0
    for stop in [index for index, word in enumerate(words) if word in _STOPS]:
        if stop + 1 < len(words) and _ends(line, raw, stop):
            line.sentences.extend([line.sentences[-1] + 1 if begun else 0] * (stop + 1 - begun))
            begun = stop + 1
    line.sentences.extend([line.sentences[-1] + 1 if begun else 0] * (len(words) - begun))
    return line


def _ends(line: Line, raw: str, stop: int) -> bool:
    """Whether a sentence ends with this sign of the line."""
    if line.words[stop] != ".":
        return True
    following = line.starts[stop + 1]
    before = line.words[stop - 1] if stop else ""
    letter = raw[following]
    return following > line.ends[stop] and before not in _SHORT and letter == letter.upper()
