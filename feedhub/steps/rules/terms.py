"""What may stand in a word, a phrase or a value, and which fields there are."""

from feedhub.errors import RuleError
from feedhub.steps.rules.tree import Spot, Term
from feedhub.text.nearest import nearest
from feedhub.text.shown import shown
from feedhub.text.words import words

TEXT_FIELDS = ("title", "text")
NAME_FIELDS = ("source", "outlet", "origin", "lang", "tag")
FIELDS = TEXT_FIELDS + NAME_FIELDS

_OPERATORS = frozenset({"AND", "OR", "NOT"})
_LATER = frozenset("*~|<>=[]{}^\\")
"""Characters that get a meaning when the language grows."""
_LATER_FIRST = frozenset("/!#")
_LATER_QUOTED = frozenset("*\\")
_INSTEAD = {
    "|": "write OR",
    "!": "write -word",
    "*": "words are whole: write their forms with OR between them",
}
_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212")
"""What word processors make of a hyphen."""
_LONGEST_CODE = 3


def bare(text: str, spot: Spot) -> Term:
    """The term of a word without field or quotes. Raises RuleError."""
    if text.upper() in _OPERATORS:
        raise _operator_error(text, spot)
    if text[0] in _DASHES:
        raise _error(spot, f"{text[0]!r} is not a hyphen", "to exclude a word, write -word")
    if text[-1] == ":" and text[:-1].isidentifier():
        raise _value_error(text[:-1], spot)
    return value(text, spot)


def value(text: str, spot: Spot) -> Term:
    """The term of one word after a field. Raises RuleError."""
    if text[0] in _LATER_FIRST:
        raise _later_error(text[0], spot)
    _refuse(text, spot, _LATER)
    return _term(text, spot, written=text)


def quoted(text: str, spot: Spot) -> Term:
    """The term of a phrase, given with its quotes. Raises RuleError."""
    _refuse(text, spot, _LATER_QUOTED)
    return _term(text, spot, written=text[1:-1])


def known_field(field: str, spot: Spot) -> str:
    """The name of a field, if there is such a field. Raises RuleError."""
    if field not in FIELDS:
        raise _field_error(field, spot)
    return field


def in_field(field: str, term: Term, *, spot: Spot) -> Term:
    """The term with a field before it; `spot` is that of the field. Raises RuleError."""
    if field == "lang" and not _is_code(term.written):
        hint = 'a language is a code of two or three letters, such as "en"'
        raise _error(spot, f"{shown(term.written)} is no language", hint)
    return Term(field=field, words=term.words, written=term.written, start=spot.start, end=term.end)


def _term(text: str, spot: Spot, *, written: str) -> Term:
    found = words(written)
    if not found:
        raise _error(spot, f"{shown(written)} holds no word to look for", "only letters and figures are compared")
    return Term(field="", words=found, written=written, start=spot.start, end=spot.start + len(text))


def _operator_error(text: str, spot: Spot) -> RuleError:
    if text in _OPERATORS:
        message = f"{text} stands where a word, a phrase, a field or '(' is expected"
        return _error(spot, message, f'the word itself is written "{text}"')
    hint = f'write {text.upper()} for the operator, "{text}" in quotes for the word'
    return _error(spot, f"{shown(text)} could be the operator or the word", hint)


def _field_error(field: str, spot: Spot) -> RuleError:
    hint = nearest(field.lower(), FIELDS) or f"the fields are {', '.join(FIELDS)}; put text with a colon in quotes"
    return _error(spot, f"there is no field {shown(field)}", hint)


def _value_error(field: str, spot: Spot) -> RuleError:
    if field not in FIELDS:
        return _field_error(field, spot)
    hint = f'one word or one phrase, such as {field}:gas; several are joined by OR, each with its "{field}:"'
    return _error(spot, f"a value must stand directly after '{field}:'", hint)


def _refuse(text: str, spot: Spot, characters: frozenset[str]) -> None:
    for offset, character in enumerate(text):
        if character in characters:
            raise _later_error(character, _further(spot, text[:offset]))


def _further(spot: Spot, passed: str) -> Spot:
    lines = passed.count("\n")
    column = len(passed) - passed.rfind("\n") if lines else spot.column + len(passed)
    return Spot(start=spot.start + len(passed), line=spot.line + lines, column=column)


def _later_error(character: str, spot: Spot) -> RuleError:
    hint = _INSTEAD.get(character, "leave it out: only letters and figures are compared")
    return _error(spot, f"{character!r} has no meaning in a rule", hint)


def _error(spot: Spot, message: str, hint: str) -> RuleError:
    return RuleError(line=spot.line, column=spot.column, message=message, hint=hint)


def _is_code(value: str) -> bool:
    return value.isascii() and value.isalpha() and 1 < len(value) <= _LONGEST_CODE
