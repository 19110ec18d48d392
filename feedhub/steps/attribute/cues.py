"""Cues, compiled into two tries of tokens: what stands before a name, read leftwards, and what follows it.

A name is held against all cues of all languages at once; the price of a walk depends on the text round the name, not on
the number of cues. Gaps are bounded, and so are the steps of one walk: hostile text costs no more than other text.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, cast

from feedhub.model.cue import Cue, CueKind, Cues
from feedhub.steps.attribute.reading import Line
from feedhub.text.phrases import read_phrase

GAP: Final = 5
"""`*`: words between, at most."""
WIDE: Final = 16
"""`**`: words and signs between, at most."""
STEPS: Final = 600
"""Nodes that one walk looks at, at most."""

_ORDER: Final = {kind: number for number, kind in enumerate(CueKind)}
_SPECIAL: Final = {"*": "gap", "**": "wide", "#": "number"}


@dataclass(slots=True)
class _Node:
    exact: dict[str, "_Node"] = field(default_factory=dict)
    stems: dict[int, dict[str, "_Node"]] = field(default_factory=dict)
    number: "_Node | None" = None
    gap: "_Node | None" = None
    wide: "_Node | None" = None
    ends: list[int] = field(default_factory=list)
    loose: bool = False
    """Whether anything but exact words leads on from here."""

    def child(self, token: str) -> "_Node":
        """The node that a token of a phrase leads to, made where it is new."""
        if token in _SPECIAL:
            self.loose = True
            name = _SPECIAL[token]
            if getattr(self, name) is None:
                setattr(self, name, _Node())
            return cast("_Node", getattr(self, name))
        if len(token) > 1 and token.endswith("~"):
            self.loose = True
            return self.stems.setdefault(len(token) - 1, {}).setdefault(token[:-1], _Node())
        return self.exact.setdefault(token, _Node())


class Wording:
    """A set of words, some of which (`newspaper~`) stand for all words that begin so."""

    def __init__(self, words: Iterable[str]) -> None:
        exact: set[str] = set()
        stems: dict[int, set[str]] = defaultdict(set)
        for word in words:
            if word.endswith("~"):
                stems[len(word) - 1].add(word[:-1])
            else:
                exact.add(word)
        self._exact = frozenset(exact)
        self._stems = tuple((size, frozenset(heads)) for size, heads in sorted(stems.items()))

    def __contains__(self, word: str) -> bool:
        if word in self._exact:
            return True
        for size, heads in self._stems:  # noqa: SIM110  # asked of every second word: a generator costs three times as much
            if word[:size] in heads:
                return True
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrasebook:
    """All cues, compiled: a trie for each side, and which sides a cue asks of."""

    cues: tuple[Cue, ...]
    left: _Node
    right: _Node
    sides: tuple[tuple[bool, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """A cue that fired, and the outermost tokens that it covers on either side of the name."""

    cue: Cue
    first: int
    last: int


def compile_cues(cues: Cues) -> Phrasebook:
    """The cues, ready to be held against names."""
    left, right = _Node(), _Node()
    sides: list[tuple[bool, bool]] = []
    for index, cue in enumerate(cues.cues):
        phrase = read_phrase(cue.pattern)
        for before in phrase.before:
            _add(left, reversed(before), index)
        for after in phrase.after:
            _add(right, after, index)
        sides.append((() not in phrase.before, () not in phrase.after))
    return Phrasebook(cues=cues.cues, left=left, right=right, sides=tuple(sides))


def fire(book: Phrasebook, line: Line, *, before: range, after: range, where: str) -> tuple[Fired, ...]:
    """The cues that fire for a name, best first.

    `before` and `after` are the tokens next to the name, nearest first: several, where words between may be left out.
    `where` is the field that the line is from.
    """
    left: dict[int, int] = {}
    right: dict[int, int] = {}
    for at in before:
        _walk(book.left, line, at=at, step=-1, found=left)
    for at in after:
        _walk(book.right, line, at=at, step=1, found=right)
    fired = [
        Fired(
            cue=book.cues[index],
            first=left.get(index, before.start + 1),
            last=right.get(index, after.start - 1),
        )
        for index in left.keys() | right.keys()
        if (index in left or not book.sides[index][0])
        and (index in right or not book.sides[index][1])
        and book.cues[index].where in {"", where}
    ]
    return tuple(sorted(fired, key=_rank))


def _rank(fired: Fired) -> tuple[int, float, int, str]:
    cue = fired.cue
    return _ORDER[cue.kind], -cue.weight, fired.first - fired.last, cue.rule


def _add(node: _Node, tokens: Iterable[str], index: int) -> None:
    empty = True
    for token in tokens:
        node = node.child(token)
        empty = False
    if not empty:
        node.ends.append(index)


def _walk(root: _Node, line: Line, *, at: int, step: int, found: dict[int, int]) -> None:
    """Every cue whose tokens stand from `at` on, with the last of them."""
    words, size = line.words, len(line.words)
    stack = [(root, at)]
    for _ in range(STEPS):
        if not stack:
            return
        node, index = stack.pop()
        for cue in node.ends:
            found.setdefault(cue, index - step)
        if not 0 <= index < size:
            stack.extend(_edge(node, line, index=index, step=step))
            continue
        child = node.exact.get(words[index])
        if child is not None:
            stack.append((child, index + step))
        if node.loose:
            _loosely(node, line, index=index, step=step, stack=stack)


def _edge(node: _Node, line: Line, *, index: int, step: int) -> Iterator[tuple[_Node, int]]:
    """Where the edge of the line leads, if this is it; an empty gap before it leads there too."""
    if index not in {-1, len(line.words)}:
        return
    yield from ((gap, index) for gap in (node.gap, node.wide) if gap is not None)
    signs = ("^", "^^" if line.opening else "") if index < 0 else ("$", "$$" if line.closing else "")
    for sign in signs:
        child = node.exact.get(sign)
        if child is not None:
            yield child, index + step


def _loosely(node: _Node, line: Line, *, index: int, step: int, stack: list[tuple[_Node, int]]) -> None:
    """Put on the stack where stems, numbers and gaps lead from this token."""
    word, size = line.words[index], len(line.words)
    for length, table in node.stems.items():
        child = table.get(word[:length])
        if child is not None:
            stack.append((child, index + step))
    if node.number is not None and word[0].isdigit():
        stack.append((node.number, index + step))
    for gap, limit in ((node.gap, GAP), (node.wide, WIDE)):
        if gap is not None:
            places = _run(line, index, step=step, limit=limit)
            if not (gap.loose or gap.ends):
                places = [place for place in places if not 0 <= place < size or line.words[place] in gap.exact]
            stack.extend([(gap, place) for place in places])


def _run(line: Line, index: int, *, step: int, limit: int) -> list[int]:
    """Places that a gap may lead to: up to the limit, the end of the sentence, a colon or, in a narrow gap, a sign."""
    key = (index, step * limit)
    if key in line.runs:
        return line.runs[key]
    words, sentences, size = line.words, line.sentences, len(line.words)
    places = line.runs[key] = [index]
    for place in range(index, index + step * limit, step):
        if not 0 <= place < size or sentences[place] != sentences[index]:
            break
        if words[place] == ":" or not (limit == WIDE or words[place][0].isalnum()):
            break
        places.append(place + step)
    return places
