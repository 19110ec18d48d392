"""Which parts of a text to mark, and the passage round a mark: for showing evidence where it stands."""

from collections.abc import Iterable

PASSAGE = 320
"""Characters of a passage at most: two long sentences, what a reader takes in at a glance."""

_ENDS_BEFORE_SPACE = frozenset(".!?…؟।۔")
"""End a sentence only where white space follows: "Axar.az" and "3.5" hold a full stop."""

_ENDS_ALWAYS = frozenset("\n。！？")


def mark(text: str, spans: Iterable[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    """The text in pieces, each with whether it is marked; joined, they are the text again.

    Spans are code-point offsets in any order; those that overlap or touch are one, what lies outside is cut off.
    """
    pieces: list[tuple[str, bool]] = []
    done = 0
    for start, end in _joined(text, spans):
        if start > done:
            pieces.append((text[done:start], False))
        pieces.append((text[start:end], True))
        done = end
    if done < len(text):
        pieces.append((text[done:], False))
    return tuple(pieces)


def passage(text: str, span: tuple[int, int], *, limit: int = PASSAGE) -> tuple[str, tuple[int, int]]:
    """The sentence round a span, about `limit` characters at most, and where the span stands in it.

    What is cut within a sentence is shown as "…". A span longer than the limit is cut too.
    """
    start, end = _within(text, span)
    end = min(end, start + limit)
    room = limit - (end - start)
    first = _sentence_start(text, start, room=room // 2)
    last = _sentence_end(text, end, room=room - (start - first))
    before = "" if first == 0 or _ends(text, first - 1) else "…"
    after = "" if last == len(text) or _ends(text, last - 1) else "…"
    first += len(text[first:start]) - len(text[first:start].lstrip())
    last -= len(text[end:last]) - len(text[end:last].rstrip())
    offset = len(before) - first
    return f"{before}{text[first:last]}{after}", (start + offset, end + offset)


def _joined(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(_within(text, span) for span in spans):
        if start == end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _within(text: str, span: tuple[int, int]) -> tuple[int, int]:
    start = min(max(span[0], 0), len(text))
    return start, min(max(span[1], start), len(text))


def _sentence_start(text: str, start: int, *, room: int) -> int:
    for first in range(start, max(start - room, 0), -1):
        if _ends(text, first - 1):
            return first
    return max(start - room, 0)


def _sentence_end(text: str, end: int, *, room: int) -> int:
    for last in range(end, min(end + room, len(text))):
        if _ends(text, last):
            return last + 1
    return min(end + room, len(text))


def _ends(text: str, at: int) -> bool:
    if text[at] in _ENDS_ALWAYS:
        return True
    return text[at] in _ENDS_BEFORE_SPACE and (at + 1 == len(text) or text[at + 1].isspace())
