"""Shingles of words as 64-bit numbers, and how much of one text stands in another.

A shingle is a run of three words, or of five characters where a script is written without spaces. Its number is a
polynomial over the code points of the run, modulo 2^64, stirred so that every bit depends on every letter; it is the
same on every machine and in every process. All runs of a text are numbered in one pass of array operations: with
`sum(c[i] * P^i)` kept as running totals, the number of any run is a difference of two totals times a power of the
inverse of P.

Everything it hands out is bytes, numbers or `Shingles`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

_Numbers = npt.NDArray[np.uint64]

_WIDTH = 3
_LETTERS = 5
"""Three letters of Han or kana are an ordinary word; five are seldom met by chance."""

_P = 0x9E3779B97F4A7C15
"""Odd, so that it has an inverse modulo 2^64; the golden ratio's bits, as is usual for stirring."""
_INVERSE = pow(_P, -1, 1 << 64)
_STIR = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))
"""Shifts and factors of the finisher of SplitMix64 (Steele, Lea, Flood 2014)."""

_LETTER = 2
"""A letter and the space after it."""
_SPACELESS_FROM = 0x0E00
"""Thai is the first script without spaces."""

_BYTES = 8
"""Of a packed number."""

_TABLE = 1 << 16
"""Code points: a long article."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shingles:
    """The shingles of a text: one number for each place where a run of `width` words begins."""

    size: int
    """Words in the text."""
    width: int
    runs: _Numbers
    sorted: _Numbers
    """The different numbers, ascending."""


def shingle(words: Sequence[str]) -> Shingles:
    """The shingles of a text's words. A text shorter than a run has one, made of all its words; no words, none."""
    width, runs = _runs(words)
    return Shingles(size=len(words), width=width, runs=runs, sorted=_distinct(runs))


def sample(words: Sequence[str], *, lead: int, one_in: int, most: int) -> bytes:
    """The numbers of the first `lead` runs and of one in `one_in` of the rest, chosen by value: ascending bytes.

    `one_in` is a power of two. What two texts share is chosen in both or in neither; beyond `most` the largest of the
    rest are dropped, which keeps that true.
    """
    _, runs = _runs(words)
    head, rest = _distinct(runs[:lead]), runs[lead:]
    rest = _distinct(rest[(rest & np.uint64(one_in - 1)) == 0])
    kept = _distinct(np.concatenate((head, rest[: max(0, most - head.size)])))
    return kept.astype("<u8").tobytes()


def numbers(packed: bytes) -> tuple[int, ...]:
    """The numbers in the bytes that `sample` gave."""
    return tuple(np.frombuffer(packed, dtype="<u8").tolist())


def shared_with(one: bytes, others: Sequence[bytes]) -> list[int]:
    """Of each packed sample how many numbers it has in common with the first; all in one pass.

    Bytes that make no number, as damage leaves them, are passed over.
    """
    mine = np.frombuffer(one, dtype="<u8", count=len(one) // _BYTES)
    if not others or not mine.size:
        return [0] * len(others)
    whole = [other[: len(other) - len(other) % _BYTES] for other in others]
    theirs = np.frombuffer(b"".join(whole), dtype="<u8")
    at = mine.searchsorted(theirs)
    at[at == mine.size] = 0
    totals = np.zeros(theirs.size + 1, np.int64)
    np.cumsum(mine[at] == theirs, out=totals[1:])
    ends = totals[np.cumsum([0, *map(len, whole)]) // _BYTES]
    shared: list[int] = (ends[1:] - ends[:-1]).tolist()
    return shared


def cover(first: Shingles, second: Shingles) -> bytes:
    """A byte for each word of the first text: 1 where the word stands in a run that the second text has too."""
    if not first.size or not second.size or first.width != second.width:
        return bytes(first.size)
    at = np.searchsorted(second.sorted, first.runs)
    at[at == second.sorted.size] = 0
    hits = second.sorted[at] == first.runs
    flags = np.zeros(max(first.size, hits.size + first.width - 1), np.uint8)
    for step in range(first.width):
        flags[step : step + hits.size] |= hits
    return flags[: first.size].tobytes()


def _distinct(values: _Numbers) -> _Numbers:
    """The different numbers, ascending, as `np.unique` has them, which takes three times as long for so few."""
    ascending = np.sort(values)
    first = np.ones(ascending.size, np.bool_)
    np.not_equal(ascending[1:], ascending[:-1], out=first[1:])
    return ascending[first]


def _runs(words: Sequence[str]) -> tuple[int, _Numbers]:
    """The width that suits the script, and the number of the run that begins at each word."""
    if not words:
        return _WIDTH, np.empty(0, np.uint64)
    points = np.frombuffer(" ".join(words).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    ends = np.cumsum(np.fromiter(map(len, words), np.int64, len(words)) + 1)
    starts = np.concatenate((np.zeros(1, np.int64), ends[:-1]))
    width = _width(points[starts], ends - starts)
    first, after = starts[: max(1, len(words) - width + 1)], ends[min(width, len(words)) - 1 :] - 1
    return width, _numbered(points, first, after)


def _width(firsts: npt.NDArray[np.uint32], lengths: npt.NDArray[np.int64]) -> int:
    """Five where most words are single letters of a script without spaces (see `words`), else three."""
    letters = np.count_nonzero((lengths == _LETTER) & (firsts >= _SPACELESS_FROM))
    return _LETTERS if letters * 2 > lengths.size else _WIDTH


def _numbered(points: npt.NDArray[np.uint32], starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]) -> _Numbers:
    """The number of each stretch of code points from a start to its end."""
    totals = np.zeros(points.size + 1, np.uint64)
    np.cumsum(points * _powers(_P, points.size), dtype=np.uint64, out=totals[1:])
    runs = (totals[ends] - totals[starts]) * _powers(_INVERSE, points.size)[starts]
    for shift, factor in _STIR:
        runs = (runs ^ (runs >> np.uint64(shift))) * np.uint64(factor)
    return runs ^ (runs >> np.uint64(31))


def _powers(base: int, count: int) -> _Numbers:
    """The powers of a number modulo 2^64, from the zeroth; a table is kept for texts of a usual length."""
    return _table(base)[:count] if count <= _TABLE else _made(base, count)


@cache
def _table(base: int) -> _Numbers:
    return _made(base, _TABLE)


def _made(base: int, count: int) -> _Numbers:
    factors = np.full(count, base, np.uint64)
    factors[:1] = 1
    return np.cumprod(factors, dtype=np.uint64)
