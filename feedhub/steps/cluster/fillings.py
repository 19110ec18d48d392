"""What two texts of one mould are filled with: figures and names that stand where the other text has others."""

from collections.abc import Iterator
from dataclasses import dataclass

from feedhub.steps.cluster.likeness import Likeness
from feedhub.steps.cluster.side import Side, side_figures, side_names
from feedhub.text.words import figures

_STRETCH = 12
"""Words: a longer stretch is a passage of its own, not the filling of a gap."""
_BESIDE = 3
"""A figure so many words away from a shared run belongs to the sentence that is shared."""
_EDGE = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """Two stretches that differ between the same shared runs. `inside` is false at the very start or end of a text."""

    one: tuple[str, ...]
    other: tuple[str, ...]
    inside: bool
    names: bool
    """Both sides have a name that the other has not."""

    @property
    def figures(self) -> bool:
        """Both sides have figures, and not the same."""
        one, other = _figures(self.one), _figures(self.other)
        return bool(one and other and one != other)

    @property
    def figure_for_word(self) -> bool:
        """One side has figures where the other has only words: more than a number spelled out ("6 1/4" for "six")."""
        one, other = _figures(self.one), _figures(self.other)
        return bool(one) != bool(other) and len(one | other) > 1

    def __str__(self) -> str:
        """The two stretches as they are shown to people."""
        return f"{' '.join(self.one)} / {' '.join(self.other)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loose:
    """Figures of one text that the other has nowhere: next to a shared run, and between two shared runs."""

    beside: frozenset[str]
    enclosed: frozenset[str]


def swaps(like: Likeness) -> tuple[Swap, ...]:
    """The stretches of at most twelve words that stand between the same shared runs in both texts and differ.

    Words that name the outlets are left out of them; what is then empty on a side is no swap.
    """
    others = dict(_stretches(like.longer, like.longer_cover))
    found = []
    for flanks, one in _stretches(like.shorter, like.shorter_cover):
        other = others.get(flanks)
        if other is not None:
            found.append(_swap(like, one, other, inside=_EDGE not in flanks))
    return tuple(swap for swap in found if swap.one and swap.other)


def loose_figures(like: Likeness) -> tuple[Loose, Loose]:
    """The loose figures of the shorter text and of the longer one."""
    shorter, longer = like.shorter, like.longer
    one = _loose(shorter, like.shorter_cover, longer.read.vocabulary | like.known)
    other = _loose(longer, like.longer_cover, shorter.read.vocabulary | like.known)
    if not one.beside or not other.beside:
        return one, other
    return _without(one, side_figures(longer.text)), _without(other, side_figures(shorter.text))


def _without(loose: Loose, figures_there: frozenset[str]) -> Loose:
    """The figures that the other text has not in another way of writing either."""
    return Loose(beside=loose.beside - figures_there, enclosed=loose.enclosed - figures_there)


def _stretches(side: Side, covered: bytes) -> Iterator[tuple[tuple[int, int], tuple[str, ...]]]:
    """Each short stretch of words that are not shared, by the numbers of the shared runs before and after it."""
    start = covered.find(0)
    if start < 0:
        return
    runs, width = side.read.shingles.runs, side.read.shingles.width
    while start >= 0:
        end = covered.find(1, start)
        end = len(covered) if end < 0 else end
        if end - start <= _STRETCH:
            before = int(runs[start - width]) if start >= width else _EDGE
            after = int(runs[end]) if end < len(runs) else _EDGE
            if before != _EDGE or after != _EDGE:
                yield (before, after), side.body[start:end]
        start = covered.find(0, end)


def _swap(like: Likeness, one: tuple[str, ...], other: tuple[str, ...], *, inside: bool) -> Swap:
    first, second = (tuple(word for word in stretch if word not in like.known) for stretch in (one, other))
    own, others = set(first) - set(second), set(second) - set(first)
    both = bool(own & side_names(like.shorter.text) and others & side_names(like.longer.text))
    return Swap(one=first, other=second, inside=inside, names=both)


def _loose(side: Side, covered: bytes, elsewhere: frozenset[str]) -> Loose:
    beside, enclosed = set(), set()
    for place in side.read.figures:
        word = side.body[place]
        if covered[place] or word in elsewhere:
            continue
        before = 1 in covered[max(0, place - _BESIDE) : place]
        after = 1 in covered[place + 1 : place + 1 + _BESIDE]
        if before or after:
            beside.add(word)
        if before and after:
            enclosed.add(word)
    return Loose(beside=frozenset(beside), enclosed=frozenset(enclosed))


def _figures(stretch: tuple[str, ...]) -> frozenset[str]:
    """The figures of a stretch, "1 200" and "1200" being one."""
    return figures(" ".join(stretch))
