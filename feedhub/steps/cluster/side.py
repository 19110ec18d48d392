"""One of two texts that are compared: its words, its shingles, and what belongs to outlets rather than to the news."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from feedhub.model.credit import Credit
from feedhub.model.entry import Entry
from feedhub.text.shingles import Shingles, shingle
from feedhub.text.words import figures, names, words, words_of

_LETTERS = 40_000
_WORDS = 4_000
"""How much of a text is read: enough for any article; what a book has in common shows by then."""
_KEPT = 64
"""Texts kept read, about 100 kB each at most: the entries of one poll meet the same candidates again and again."""
_CONTENT = 4
"""Letters from which on a word says what a text is about; shorter ones are mostly glue."""
_PHRASE = 80
"""Letters of a credit phrase whose words are set aside."""
_SPACELESS_FROM = "\u0e00"


@dataclass(frozen=True, kw_only=True, eq=False)
class Read:
    """A text taken apart: its words, all that occur in it, and where its figures stand."""

    title: tuple[str, ...]
    body: tuple[str, ...]
    vocabulary: frozenset[str]
    figures: tuple[int, ...]

    @cached_property
    def shingles(self) -> Shingles:
        """The shingles of the body, made when they are asked for: equal texts need none."""
        return shingle(self.body)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Side:
    """One text of a pair. `known` holds the words that name the outlets of its credit: copies differ in them."""

    entry: Entry
    credit: Credit
    text: str
    read: Read
    known: frozenset[str]

    @property
    def title(self) -> tuple[str, ...]:
        """The words of the title."""
        return self.read.title

    @property
    def body(self) -> tuple[str, ...]:
        """The words of the body, the first few thousand."""
        return self.read.body


def side(entry: Entry, credit: Credit) -> Side:
    """An entry made ready for comparison."""
    text = entry.text[:_LETTERS]
    read = _read(entry.title[:_LETTERS], text)
    return Side(entry=entry, credit=credit, text=text, read=read, known=_outlet_words(credit))


def content(some: tuple[str, ...]) -> frozenset[str]:
    """The words that say what a text is about: long ones, numbers, letters of scripts without spaces."""
    return frozenset(word for word in set(some) if len(word) >= _CONTENT or is_figure(word) or word >= _SPACELESS_FROM)


def is_figure(word: str) -> bool:
    """Whether a word is a number."""
    return "0" <= word < ":"


@lru_cache(maxsize=_KEPT)
def side_names(text: str) -> frozenset[str]:
    """The words of a text that are names."""
    return names(text)


@lru_cache(maxsize=_KEPT)
def side_figures(text: str) -> frozenset[str]:
    """The figures of a text, in whatever way they are written."""
    return figures(text)


@lru_cache(maxsize=_KEPT)
def _read(title: str, text: str) -> Read:
    head, body = words_of(title)[:_WORDS], words_of(text)[:_WORDS]
    return Read(
        title=head,
        body=body,
        vocabulary=frozenset(head + body),
        figures=tuple([place for place, word in enumerate(body) if "0" <= word < ":"]),
    )


@lru_cache(maxsize=_KEPT)
def _outlet_words(credit: Credit) -> frozenset[str]:
    outlets = {credit.publisher.name, *(ref.name for ref in credit.chain)}
    outlets.update(evidence.outlet.name for evidence in credit.evidence)
    outlets.update(evidence.words[:_PHRASE] for evidence in credit.evidence)
    return frozenset(word for name in outlets for word in words(name))
