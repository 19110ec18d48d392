"""A story made ready to be asked: folded once, however many rules ask."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from functools import cached_property, lru_cache
from itertools import accumulate

from feedhub.model.topic import Subject
from feedhub.text.words import run_of, words

_EDGES = " \t\"'“”„‘’‚«»‹›()[]{}<>.,;:!?…،؛؟。、·–—-*/|"
"""What may stand around a word of running text without being part of it."""
_SHORT = 40
"""Letters of a chunk whose length is remembered: most such are met again and again."""


class Text:
    """A title or a text as its folded words, each between single spaces, so that a phrase is a substring."""

    def __init__(self, original: str, run: str | None) -> None:
        """`run` is its words with spaces between them, where they are known."""
        self._original = original
        run = run_of(original) if run is None else run
        self.words = run.split()
        self.run = f" {run} "

    def spelled(self, at: int, length: int) -> str:
        """The `length` words from offset `at` of the run, as the story spells them; '' for parts of words."""
        first = self.run.count(" ", 0, at + 1) - 1
        before = self._before
        start, end = bisect_right(before, first) - 1, bisect_left(before, first + length)
        if before[start : start + 1] + before[end : end + 1] != [first, first + length]:
            return ""
        return " ".join(self._chunks[start:end]).strip(_EDGES)

    @cached_property
    def _chunks(self) -> tuple[str, ...]:
        return tuple(self._original.split())

    @cached_property
    def _before(self) -> list[int]:
        """How many words stand before each chunk, and in all: folding joins and parts no chunks."""
        return [0, *accumulate(map(_length, self._chunks))]


def _length(chunk: str) -> int:
    """How many words a chunk of running text has."""
    return _remembered(chunk) if len(chunk) <= _SHORT else len(words(chunk))


@lru_cache(maxsize=20_000)
def _remembered(chunk: str) -> int:
    return len(words(chunk))


class Seen:
    """A subject as rules look at it. `words` are all words of title and text."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        folded = subject.folded
        self.title = Text(subject.title, folded.title if folded else None)
        self.text = Text(subject.text, folded.text if folded else None)
        self.words = frozenset(self.title.words).union(self.text.words)

    @cached_property
    def names(self) -> Mapping[str, Mapping[str, str]]:
        """By field, the names of the subject by their folded words."""
        subject = self._subject
        return {
            "source": _by_words(subject.sources),
            "outlet": _by_words(subject.outlets),
            "origin": _by_words(subject.origins),
            "lang": _by_words(subject.langs),
            "tag": _by_words(subject.tags),
        }


@lru_cache(maxsize=4)
def see(subject: Subject) -> Seen:
    """The subject made ready; the last few are remembered, because all rules ask about one story in a row."""
    return Seen(subject)


def _by_words(names: frozenset[str]) -> Mapping[str, str]:
    return {" ".join(words(name)): name for name in sorted(names, reverse=True)}
