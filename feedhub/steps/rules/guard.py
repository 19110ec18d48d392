"""Stands between lexer and parser: parentheses in pairs, bounded depth, bounded length.

The parser itself keeps its stack on the heap, but all that walks a tree afterwards recurses.
"""

from collections.abc import Iterator

from lark import Token

from feedhub.errors import RuleError

MAX_DEPTH = 50
"""Deeper than a person can read; well inside Python's own limit of recursion."""
MAX_WORDS = 20_000
"""Where reading a rule still takes less than a second."""


class Guard:
    """Passes tokens on. Raises RuleError at the first parenthesis that has no partner or lies too deep."""

    always_accept: tuple[str, ...] = ()

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """The same tokens; what lark calls a postlexer."""
        nesting = _Nesting()
        for number, token in enumerate(stream):
            if number >= MAX_WORDS:
                raise _error(token, f"a rule has at most {MAX_WORDS:,} words", "split the topic")
            nesting.pass_by(token)
            yield token
        nesting.end()


class _Nesting:
    """The parentheses that are open, and how many operators stand before each."""

    def __init__(self) -> None:
        self._open: list[tuple[Token, int]] = []
        self._depth = 0
        self._negations = 0

    def pass_by(self, token: Token) -> None:
        if token.type in {"NOT", "MINUS"}:
            self._negations += 1
        elif token.type == "LPAR":
            self._open.append((token, self._negations + 1))
            self._depth += self._negations + 1
            self._negations = 0
        elif token.type == "RPAR":
            self._close(token)
        else:
            self._negations = 0
        if self._depth + self._negations > MAX_DEPTH:
            raise _error(token, f"parentheses and NOTs lie more than {MAX_DEPTH} deep", "write the rule flatter")

    def end(self) -> None:
        if self._open:
            raise _error(self._open[-1][0], "'(' is never closed", "add the ')' that is missing")

    def _close(self, token: Token) -> None:
        if not self._open:
            raise _error(token, "')' closes nothing", "take it out, or add the '(' that is missing")
        self._depth -= self._open.pop()[1]
        self._negations = 0


def _error(token: Token, message: str, hint: str) -> RuleError:
    return RuleError(line=token.line or 1, column=token.column or 1, message=message, hint=hint)
