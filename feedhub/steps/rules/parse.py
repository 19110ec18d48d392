"""The text of a rule to its tree, or the first thing that is wrong with it.

The parser is LALR(1) with the grammar of grammar.lark, built once. The tree is made while it reads, so that nothing
recurses over a stranger's text.
"""

from dataclasses import replace
from functools import cache
from importlib.resources import files

from lark import Lark, Token, Transformer, UnexpectedCharacters, UnexpectedToken, v_args

from feedhub.errors import RuleError
from feedhub.steps.rules.guard import Guard
from feedhub.steps.rules.terms import bare, in_field, known_field, quoted, value
from feedhub.steps.rules.tree import Either, Every, Node, Spot, Term, Without

MAX_CHARACTERS = 100_000


def parse(text: str) -> Node:
    """The tree of a rule that is not blank. Raises RuleError with line, column, what was expected and what to do."""
    if len(text) > MAX_CHARACTERS:
        message = f"the rule has {len(text):,} characters, more than {MAX_CHARACTERS:,}"
        raise RuleError(line=1, column=1, message=message, hint="split the topic")
    try:
        return _reader().parse(text)  # type: ignore[return-value]  # lark does not know what our builder makes
    except UnexpectedCharacters as error:
        raise _quote_error(error) from None
    except UnexpectedToken as error:
        raise _token_error(text, error) from None


@v_args(inline=True)
class _Builder(Transformer[Token, Node]):
    """Makes nodes of what the grammar found."""

    def word(self, token: Token) -> Term:
        return bare(str(token), _spot(token))

    def phrase(self, token: Token) -> Term:
        return quoted(str(token), _spot(token))

    def field(self, name: Token, token: Token) -> Term:
        field = known_field(name[:-1], _spot(name))
        term = (quoted if token.type == "PHRASE" else value)(str(token), _spot(token))
        return in_field(field, term, spot=_spot(name))

    def group(self, opening: Token, node: Node, closing: Token) -> Node:
        return replace(node, start=opening.start_pos or 0, end=closing.end_pos or 0)

    def without(self, sign: Token, part: Node) -> Without:
        return Without(part=part, start=sign.start_pos or 0, end=part.end)

    def every(self, *parts: Node) -> Every:
        return Every(parts=parts, start=parts[0].start, end=parts[-1].end)

    def either(self, *parts: Node) -> Either:
        return Either(parts=parts, start=parts[0].start, end=parts[-1].end)


@cache
def _reader() -> Lark:
    grammar = files("feedhub.steps.rules").joinpath("grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", transformer=_Builder(), postlex=Guard(), maybe_placeholders=False)


def _spot(token: Token) -> Spot:
    return Spot(start=token.start_pos or 0, line=token.line or 1, column=token.column or 1)


def _quote_error(error: UnexpectedCharacters) -> RuleError:
    """The lexer stops at nothing but a quote without a partner."""
    hint = "a phrase stands between two quotes"
    return RuleError(line=error.line, column=error.column, message="this quote is never closed", hint=hint)


def _token_error(text: str, error: UnexpectedToken) -> RuleError:
    """The parser stops at a hyphen that stands alone, and where an operator or '(' is followed by nothing."""
    token = error.token
    hint = "a word, a phrase, a field or '(' is expected"
    if token.type == "VALUE":
        message, hint = "this hyphen excludes nothing", "write it directly before a word, a phrase or '('"
    elif token.type == "$END":
        message = f"nothing follows {text[token.start_pos :].strip()}"
    else:
        message = f"nothing stands before this '{token}'"
    return RuleError(line=token.line or 1, column=token.column or 1, message=message, hint=hint)
