"""What speaks against two like texts being one text. A guard excludes whatever the score says.

Bulletins are the hard case: exchange rates, forecasts, tremors, results and court reports come from one mould, today's
nine tenths the words of yesterday's, and every outlet has its own. What tells them apart is what the mould is filled
with. So the guards look at the *filling*: words beside shared runs that the other text has not, and stretches that
stand between the same runs in both and differ. A light edit swaps ordinary words there; a bulletin swaps figures and
names. In a long text one swap in some hundred words is an edit or a correction of a detail; in a short one it is news.

Each guard gives the words for people that say why it excludes, or an empty string.
"""

from dataclasses import dataclass

from feedhub.steps.cluster.fillings import Swap, loose_figures, swaps
from feedhub.steps.cluster.likeness import Likeness
from feedhub.steps.cluster.side import Side, content, is_figure
from feedhub.text.words import figures, words

_WORDS_A_FIGURE = 250
_WORDS_A_NAME = 100
"""One swapped figure (name) is borne for so many shared words."""
_FILLED = 0.97
"""Of both texts: there is no room left for another filling, whatever the titles say."""
_COMMON = 2
"""Words that two titles share if they are of one mould."""
_PARAGRAPH = 8
_PARTS, _MANY = 3, 5
_PART_OF = 0.5
_KIN, _STRANGE = 0.4, 0.15
_TITLED = 0.34
_STEM = 5
"""A digest: less than half of the longer text is shared, at least three paragraphs of eight words or more are left, and
under four in ten of them have a word stem (five letters) of the shorter text, while the title has hardly any of its own
text. Whatever the title: at
least five, and hardly any of them."""
_LABEL = 2
"""Words of a label before a title: "BREAKING:", "Live blog:", "UPDATE 1-"."""


_AGAIN, _AGAIN_LEAD, _AGAIN_TITLE = 0.8, 0.8, 0.5
"""Two items of one source are one text again: share of the shorter, of the leads, of the titles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """A guard that excludes a pair, and its words for people."""

    rule: str
    words: str


def excluded(like: Likeness) -> Objection | None:
    """Why these two cannot be one text, from whichever sources they are; None if nothing speaks against it."""
    found = swaps(like)
    said = (
        ("figures", figures_differ(like, found)),
        ("names", names_differ(like, found)),
        ("titles", titles_differ(like, found)),
        ("digest", digest(like)),
    )
    return next((Objection(rule=rule, words=why) for rule, why in said if why), None)


def same_source(like: Likeness) -> Objection | None:
    """Why two items of one source are two: anything but one text again, or a light edit of it, is another item."""
    why = _not_again(like) or _edited(like, swaps(like))
    return Objection(rule="source", words=f"two items of one source: {why}") if why else None


def figures_differ(like: Likeness, found: tuple[Swap, ...]) -> str:
    """Same words, other figures."""
    one, other = loose_figures(like)
    borne = like.shared // _WORDS_A_FIGURE
    swapped = [swap for swap in found if swap.inside and swap.figures]
    if len(swapped) > borne:
        return f"figures differ between the same words: {swapped[0]}"
    if min(len(one.enclosed), len(other.enclosed)) > borne:
        return f"figures differ: {_some(one.enclosed)} and {_some(other.enclosed)}"
    shorter = like.shorter
    agreed = {shorter.body[place] for place in shorter.read.figures} & like.longer.read.vocabulary
    least = min(len(one.beside), len(other.beside))
    if least >= _COMMON and least > len(agreed) + borne:
        return f"most figures differ: {_some(one.beside)} and {_some(other.beside)}"
    return ""


def names_differ(like: Likeness, found: tuple[Swap, ...]) -> str:
    """Same words, other names."""
    swapped = [swap for swap in found if swap.inside and swap.names]
    return f"names differ between the same words: {swapped[0]}" if len(swapped) > like.shared // _WORDS_A_NAME else ""


def titles_differ(like: Likeness, found: tuple[Swap, ...]) -> str:
    """Two titles of one mould, each with something of its own that the other entry nowhere has.

    Figures say enough. Words say so only if the texts swap the same words: editors re-title a text as they please.
    """
    one, other = like.shorter, like.longer
    first, second = (content(words(_unlabelled(side.entry.title))) - like.known for side in (one, other))
    own = (first - other.read.vocabulary, second - one.read.vocabulary)
    if len(first & second) < _COMMON or not all(own) or min(like.contained, like.contained_back) >= _FILLED:
        return ""
    swapped = any(own[0].intersection(swap.one) and own[1].intersection(swap.other) for swap in found)
    told, others = figures(one.entry.title), figures(other.entry.title)
    if swapped or (all(any(map(is_figure, words_)) for words_ in own) and told - others and others - told):
        return f"titles differ: {_some(own[0])} and {_some(own[1])}"
    return ""


def digest(like: Likeness) -> str:
    """One item that holds several stories, the other text among them.

    Its other paragraphs are about something else, and either there are many or its title ("Morning briefing") says
    nothing that it tells.
    """
    if like.contained_back >= _PART_OF:
        return ""
    rest, kin = _paragraphs(like)
    untitled = _own_title(like.longer) < _TITLED
    if (untitled and rest >= _PARTS and kin < rest * _KIN) or (rest >= _MANY and kin < rest * _STRANGE):
        return f"several stories in one item: {rest - kin} of its other {rest} paragraphs are about something else"
    return ""


def _paragraphs(like: Likeness) -> tuple[int, int]:
    """The paragraphs of the longer text that the shorter does not share, and how many of them speak of the same."""
    told = _stems(like.shorter.title + like.shorter.body) - _stems(tuple(like.known))
    start, rest, kin = 0, 0, 0
    for line in like.longer.text.split("\n"):
        paragraph = words(line)
        covered = like.longer_cover[start : start + len(paragraph)].count(1)
        start += len(paragraph)
        if len(paragraph) >= _PARAGRAPH and covered * 2 < len(paragraph):
            rest += 1
            kin += not told.isdisjoint(_stems(paragraph))
    return rest, kin


def _own_title(side: Side) -> float:
    title = _stems(side.title)
    return len(title & _stems(side.body)) / len(title) if title else 1.0


def _stems(some: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in content(some))


def _not_again(like: Likeness) -> str:
    if like.contained < _AGAIN or like.leads < _AGAIN_LEAD:
        return "the texts differ"
    return "the titles differ" if like.titles < _AGAIN_TITLE else ""


def _edited(like: Likeness, found: tuple[Swap, ...]) -> str:
    one, other = loose_figures(like)
    if one.beside and other.beside:
        return f"other figures, {_some(one.beside)} and {_some(other.beside)}"
    swapped = [swap for swap in found if swap.figures or swap.names or swap.figure_for_word]
    return f"other news between the same words, {swapped[0]}" if swapped else ""


def _unlabelled(title: str) -> str:
    """A title without the label before it."""
    for sign in (":", "-"):
        label, _, rest = title.partition(sign)
        told = words(label) if rest else ()
        if told and len(told) <= _LABEL and (sign == ":" or told[-1].isdigit()):
            return rest
    return title


def _some(some: frozenset[str]) -> str:
    return ", ".join(sorted(some)[:4])
