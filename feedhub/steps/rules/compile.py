"""A rule as something that can be asked, compiled once and asked about every story."""

from dataclasses import dataclass
from functools import lru_cache

from feedhub.model.topic import Hit, Rule, Subject
from feedhub.steps.rules.match import Ask, either, matcher
from feedhub.steps.rules.parse import parse
from feedhub.steps.rules.seen import Seen, see
from feedhub.steps.rules.tree import Either, Node

_CLAUSE = 300
"""Characters of a clause that are kept with every match; enough to find it again in the rule."""


@lru_cache(maxsize=2048)
def compile_rule(text: str) -> Rule:
    """The rule of this text; a blank one holds for every story. Raises RuleError.

    Rules are remembered by their text: an edit costs the rules that it changed.
    """
    if not text or text.isspace():
        return _EVERYTHING
    clauses = _alternatives(parse(text))
    matchers = tuple(map(matcher, clauses))
    return _Compiled(
        needs=either(matchers).needs,
        asks=tuple((part.ask, _written(text, node)) for part, node in zip(matchers, clauses, strict=True)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compiled:
    """The alternatives of a rule in order, each with how it is written."""

    needs: frozenset[str] | None
    asks: tuple[tuple[Ask, str], ...]

    def __call__(self, subject: Subject) -> Hit | None:
        seen = see(subject)
        if self.needs is not None and self.needs.isdisjoint(seen.words):
            return None
        for ask, clause in self.asks:
            words = ask(seen)
            if words is not None:
                return Hit(clause=clause, words=words)
        return None


def _always(_seen: Seen) -> tuple[str, ...]:
    return ()


_EVERYTHING = _Compiled(needs=None, asks=((_always, ""),))


def _alternatives(root: Node) -> tuple[Node, ...]:
    """What the rule would be without its outermost ORs."""
    if not isinstance(root, Either):
        return (root,)
    return tuple(node for part in root.parts for node in _alternatives(part))


def _written(text: str, node: Node) -> str:
    clause = text[node.start : node.end]
    return clause if len(clause) <= _CLAUSE else f"{clause[: _CLAUSE - 1]}…"
