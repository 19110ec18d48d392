"""Answers as text on their way up. What sends them may have been taken over by what it read, so only data comes up.

Pickles would name classes and set attributes on them; here nothing is named but which of a few outcomes it is, and
every field is checked against its type while a value of the model is made of it. Then moments and numbers are looked
at, for not all that Python holds can be kept. A field that the model does not know is passed over, one that it has a
default for may be missing.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import reduce
from operator import or_
from types import NoneType
from typing import get_args, get_type_hints

import msgspec

from feedhub.model.reading import Died, Discovered, ReadDone, ReadEntry, Unreadable

Answer = ReadDone | ReadEntry | Discovered | Unreadable | Died

_Look = Callable[[object], None]


def write(answer: Answer) -> bytes:
    """An outcome as bytes. Raises TypeError if it holds what is not of the model."""
    named = [type(answer).__name__, answer]
    try:
        return _ENCODER.encode(named)
    except UnicodeEncodeError:  # half of a surrogate pair
        tree = msgspec.to_builtins(named, enc_hook=_plain)
        return json.dumps(tree, ensure_ascii=False, check_circular=False).encode(errors="surrogatepass")


def understand(data: bytes) -> Answer:
    """The outcome that bytes from a child stand for. Raises ValueError for all that is none."""
    try:
        answer = _read(data).answer
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    if look := _LOOKS[type(answer)]:
        look(answer)
    return answer


class _Named(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    """An answer behind the name of its class."""

    answer: Answer


def _read(data: bytes) -> _Named:
    """The named answer; the slower reader also takes halves of surrogate pairs."""
    try:
        return _DECODER.decode(data)
    except UnicodeDecodeError:
        return msgspec.convert(json.loads(data.decode(errors="surrogatepass")), type=_ANY)


def _plain(value: object) -> str:
    """Libraries have their own kinds of text."""
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"a {type(value).__name__} has no place in an answer")


def _look(hint: object) -> _Look | None:
    """What refuses the moments and numbers that cannot be kept, in a value of a type; None for one that has neither."""
    kind = getattr(hint, "__supertype__", hint)  # a NewType is the type that it is made of
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    if isinstance(kind, type) and is_dataclass(kind):
        return _look_at_fields(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return None
    match get_args(hint):
        case item, last if last in {..., NoneType}:
            look = _look(item)
            return look and (_each(look) if last is ... else _if_any(look))
        case _:
            raise TypeError(f"{hint} has no place in an answer")


def _look_at_fields(kind: type) -> _Look | None:
    looks = [(name, look) for name, hint in get_type_hints(kind).items() if (look := _look(hint))]

    def look_at(value: object) -> None:
        for name, look in looks:
            look(getattr(value, name))

    return look_at if looks else None


def _each(look: _Look) -> _Look:
    def look_at(value: object) -> None:
        for part in value:  # type: ignore[attr-defined]  # the decoder has made a tuple
            look(part)

    return look_at


def _if_any(look: _Look) -> _Look:
    return lambda value: None if value is None else look(value)


def _number(value: object) -> None:
    if not -_MOST <= value <= _MOST:  # type: ignore[operator]  # a number; "not a number" is within no bounds
        raise ValueError("a number is too large")


def _moment(value: object) -> None:
    if value.tzinfo is not UTC:  # type: ignore[attr-defined]  # a datetime
        raise ValueError("a date is not in UTC")


def _span(value: object) -> None:
    if not -_LONGEST <= value <= _LONGEST:  # type: ignore[operator]  # a timedelta
        raise ValueError("a span is too long")


_MOST = 2**63 - 1
"""What databases can hold."""

_LONGEST = timedelta(microseconds=_MOST)

_SIMPLE: Mapping[object, _Look | None] = {
    str: None,
    bool: None,
    bytes: None,
    int: _number,
    float: _number,
    datetime: _moment,
    timedelta: _span,
}

_KINDS = (ReadDone, ReadEntry, Discovered, Unreadable, Died)

_LOOKS = {kind: _look(kind) for kind in _KINDS}

_NAMED = [msgspec.defstruct(kind.__name__, [("answer", kind)], bases=(_Named,), tag=True) for kind in _KINDS]

_ANY: type[_Named] = reduce(or_, _NAMED)  # type: ignore[assignment]  # one of them

_ENCODER = msgspec.json.Encoder(enc_hook=_plain)

_DECODER = msgspec.json.Decoder(_ANY)
