"""What a checked model says of a text that people wrote, in words for those people.

The errors come as pydantic's `errors()` gives them; nothing here imports it, so that its two doors (settings and
documents) share one voice. Checks of our own raise WrongValueError, which pydantic hands on in its errors.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from feedhub.text.nearest import nearest
from feedhub.text.shown import bare, shown

_KINDS = {
    "string_type": "text in quotes",
    "string_unicode": "text in Unicode",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a finite number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list in brackets",
    "model_type": "a table",
    "string_too_short": "at least {min_length} character long",
    "string_too_long": "at most {max_length} characters long",
    "too_long": "at most {max_length} values long",
    "literal_error": "{expected}",
    "greater_than_equal": "{ge} or more",
    "greater_than": "more than {gt}",
    "less_than_equal": "{le} or less",
}


class WrongValueError(ValueError):
    """A value is wrong: `message` is one plain sentence. `key` names the key where a whole table was looked at."""

    def __init__(self, message: str, hint: str = "", *, key: str = "") -> None:
        self.message = message
        self.hint = hint
        self.key = key
        super().__init__(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """One thing wrong: the key it is about, from the model's top, and what to do."""

    path: tuple[str, ...]
    message: str
    hint: str = ""


def complaints(
    errors: Iterable[Mapping[str, object]], known: Mapping[tuple[str, ...], Sequence[str]]
) -> tuple[Complaint, ...]:
    """One complaint an error. `known` holds the keys of each table by its path, for those that are misspelt."""
    return tuple(_complaint(error, known) for error in errors)


def _complaint(error: Mapping[str, object], known: Mapping[tuple[str, ...], Sequence[str]]) -> Complaint:
    path, facts = _path(error["loc"]), _facts(error.get("ctx"))
    match error["type"]:
        case "missing":
            return Complaint(path=path, message=f"{bare(path[-1])} is missing")
        case "extra_forbidden":
            message = f"there is no key {shown(path[-1])}"
            return Complaint(path=path, message=message, hint=_meant(path[-1], known.get(path[:-1], ())))
        case _:
            wrong = facts.get("error")
            if isinstance(wrong, WrongValueError):
                path = (*path, wrong.key) if wrong.key else path
                return Complaint(path=path, message=wrong.message, hint=wrong.hint)
            return _mismatch(path, error, facts=facts)


def _mismatch(path: tuple[str, ...], error: Mapping[str, object], *, facts: Mapping[str, object]) -> Complaint:
    """A value of the wrong type or size."""
    kind, value = str(error["type"]), error["input"]
    wanted = _KINDS.get(kind)
    rest = f" must be {wanted.format_map(facts)}, not {shown(value)}" if wanted else f": {error['msg']}"
    hint = f"write [{shown(value)}]" if kind == "tuple_type" and isinstance(value, str) else ""
    return Complaint(path=path, message=f"{_label(path)}{rest}", hint=hint)


def _meant(key: str, known: Sequence[str]) -> str:
    return nearest(key, known) or (f"the keys are {', '.join(known)}" if known else "")


def _label(path: tuple[str, ...]) -> str:
    names = tuple(part for part in path if not part.isdecimal())
    name = bare(names[-1]) if names else "this"
    return f"each of {name}" if path and path[-1].isdecimal() else name


def _path(location: object) -> tuple[str, ...]:
    return tuple(map(str, location)) if isinstance(location, tuple) else ()


def _facts(context: object) -> Mapping[str, object]:
    return context if isinstance(context, Mapping) else {}
