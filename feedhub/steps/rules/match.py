"""The nodes of a rule as functions over a story, and the words without which none of them can hold."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import assert_never

from feedhub.steps.rules.seen import Seen, Text
from feedhub.steps.rules.terms import TEXT_FIELDS
from feedhub.steps.rules.tree import Either, Every, Node, Term, Without

Ask = Callable[[Seen], tuple[str, ...] | None]
"""The words of the story that meet a node, or None where it does not hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    """How to ask a node. It cannot hold in a story that has none of the words in `needs`; None: it may in any."""

    ask: Ask
    needs: frozenset[str] | None


def matcher(node: Node) -> Matcher:
    """The node as a function; as deep as its parentheses, which the parser limits."""
    match node:
        case Term(field=field) if field and field not in TEXT_FIELDS:
            return _name(node)
        case Term():
            return _words(node)
        case Without(part=part):
            return _without(matcher(part))
        case Every(parts=parts):
            return _every(tuple(map(matcher, parts)))
        case Either(parts=parts):
            return either(tuple(map(matcher, parts)))
        case _:
            assert_never(node)


def either(parts: tuple[Matcher, ...]) -> Matcher:
    """The first of the parts that holds."""
    asks = tuple(part.ask for part in parts)
    needs = _union(part.needs for part in parts)

    def ask(seen: Seen) -> tuple[str, ...] | None:
        if needs is not None and needs.isdisjoint(seen.words):
            return None
        return next((found for each in asks if (found := each(seen)) is not None), None)

    return Matcher(ask=ask, needs=needs)


def _every(parts: tuple[Matcher, ...]) -> Matcher:
    asks = tuple(part.ask for part in parts)
    needs = min((part.needs for part in parts if part.needs is not None), key=len, default=None)

    def ask(seen: Seen) -> tuple[str, ...] | None:
        if needs is not None and needs.isdisjoint(seen.words):
            return None
        found: dict[str, None] = {}
        for each in asks:
            words = each(seen)
            if words is None:
                return None
            found.update(dict.fromkeys(words))
        return tuple(found)

    return Matcher(ask=ask, needs=needs)


def _without(part: Matcher) -> Matcher:
    def ask(seen: Seen) -> tuple[str, ...] | None:
        return () if part.ask(seen) is None else None

    return Matcher(ask=ask, needs=None)


def _words(term: Term) -> Matcher:
    """Words in a row, in the title, in the text, or in either."""
    needle = _needle(term.words)
    key = None if _is_korean(term) else max(term.words, key=len)

    def ask(seen: Seen) -> tuple[str, ...] | None:
        if key is not None and key not in seen.words:
            return None
        for text in _texts(seen, term.field):
            at = text.run.find(needle)
            if at >= 0:
                return (text.spelled(at, len(term.words)) or term.written,)
        return None

    return Matcher(ask=ask, needs=None if key is None else frozenset({key}))


def _texts(seen: Seen, field: str) -> tuple[Text, ...]:
    if field == "title":
        return (seen.title,)
    return (seen.text,) if field == "text" else (seen.title, seen.text)


def _name(term: Term) -> Matcher:
    """A whole name of one field."""
    key = " ".join(term.words)

    def ask(seen: Seen) -> tuple[str, ...] | None:
        name = seen.names[term.field].get(key)
        return None if name is None else (name,)

    return Matcher(ask=ask, needs=None)


def _union(needs: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    known: set[str] = set()
    for each in needs:
        if each is None:
            return None
        known |= each
    return frozenset(known)


def _needle(words: tuple[str, ...]) -> str:
    """What to look for in a run of words: whole words, but Korean ends are open for the particles it adds."""
    start = "" if _is_hangul(words[0][0]) else " "
    end = "" if _is_hangul(words[-1][-1]) else " "
    return f"{start}{' '.join(words)}{end}"


def _is_korean(term: Term) -> bool:
    return any(_is_hangul(letter) for word in term.words for letter in word)


def _is_hangul(letter: str) -> bool:
    return "\uac00" <= letter <= "\ud7a3" or "\u1100" <= letter <= "\u11ff"
