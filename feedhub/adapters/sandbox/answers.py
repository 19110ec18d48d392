"""Answers as text on their way up. What sends them may have been taken over by what it read, so only data comes up.

Pickles would name classes and set attributes on them; here nothing is named but which of a few outcomes it is, and
every field is checked against its type before a value of the model is made of it.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from enum import Enum
from types import NoneType, UnionType
from typing import Union, get_args, get_origin, get_type_hints

import orjson

from feedhub.model.reading import Died, Discovered, ReadDone, ReadEntry, Unreadable

Answer = ReadDone | ReadEntry | Discovered | Unreadable | Died

_Make = Callable[[object], object]

_MOST = 2**63 - 1
"""What databases can hold."""


def write(answer: Answer) -> bytes:
    """An outcome as bytes. Raises TypeError if it holds what is not of the model."""
    named = [type(answer).__name__, answer]
    with suppress(orjson.JSONEncodeError):  # half of a surrogate pair
        return orjson.dumps(named, default=_plain)
    return json.dumps(named, default=_plain, ensure_ascii=False, check_circular=False).encode(errors="surrogatepass")


def understand(data: bytes) -> Answer:
    """The outcome that bytes from a child stand for. Raises ValueError for all that is none."""
    try:
        match _loaded(data):
            case [str(name), dict() as given] if name in _ANSWERS:
                answer = _ANSWERS[name](given)
            case _:
                raise ValueError("it is no outcome")
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    if not isinstance(answer, Answer):
        raise TypeError(f"{type(answer).__name__} is no outcome")
    return answer


def _loaded(data: bytes) -> object:
    """What JSON says; the slower reader also takes halves of surrogate pairs."""
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        return json.loads(data.decode(errors="surrogatepass"))


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value // timedelta(microseconds=1)
    if isinstance(value, bytes):
        return b64encode(value).decode("ascii")
    raise TypeError(f"a {type(value).__name__} has no place in an answer")


def _maker(hint: object) -> _Make:
    """What makes a value of a type out of what JSON has for it; raises ValueError for anything else."""
    if origin := _generic(hint):
        return origin
    kind = getattr(hint, "__supertype__", hint)  # a NewType is the type that it is made of
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass_maker(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    raise TypeError(f"{hint} has no place in an answer")


def _generic(hint: object) -> _Make | None:
    """For `tuple[X, ...]` and `X | None`."""
    match get_origin(hint), get_args(hint):
        case type() as origin, (item, last) if origin is tuple and last is ...:
            make = _maker(item)
            return lambda value: tuple(make(part) for part in _list(value))
        case origin, (item, last) if origin in {Union, UnionType} and last is NoneType:
            make = _maker(item)
            return lambda value: None if value is None else make(value)
        case _:
            return None


def _dataclass_maker(kind: type) -> _Make:
    hints = get_type_hints(kind)
    makers = {field.name: _maker(hints[field.name]) for field in fields(kind)}
    others = tuple((name, maker) for name, maker in makers.items() if maker is not _str)
    texts = tuple(name for name, maker in makers.items() if maker is _str)

    def make(value: object) -> object:
        if not isinstance(value, dict) or value.keys() != makers.keys():
            raise ValueError(f"it is no {kind.__name__}")
        for name in texts:  # most fields are text: a call for each would be half of the work
            if type(value[name]) is not str:
                raise ValueError(f"text is missing in {name}")
        for name, maker in others:
            value[name] = maker(value[name])
        return kind(**value)

    return make


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise ValueError("a list is missing")  # noqa: TRY004  # to who asks, it is a wrong value
    return value


def _str(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("text is missing")  # noqa: TRY004  # as above
    return value


def _int(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > _MOST:
        raise ValueError("a whole number is missing")
    return value


def _bool(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("yes or no is missing")  # noqa: TRY004  # as above
    return value


def _float(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) <= _MOST:  # nor "not a number"
        raise ValueError("a number is missing")
    return float(value)


def _moment(value: object) -> datetime:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    if moment is None or moment.utcoffset() != timedelta(0):
        raise ValueError("a date in UTC is missing")
    return moment


def _span(value: object) -> timedelta:
    return timedelta(microseconds=_int(value))


def _bytes(value: object) -> bytes:
    if not isinstance(value, str):
        raise ValueError("bytes are missing")  # noqa: TRY004  # as above
    return b64decode(value, validate=True)


_SIMPLE: Mapping[object, _Make] = {
    str: _str,
    int: _int,
    bool: _bool,
    float: _float,
    datetime: _moment,
    timedelta: _span,
    bytes: _bytes,
}

_ANSWERS = {kind.__name__: _maker(kind) for kind in (ReadDone, ReadEntry, Discovered, Unreadable, Died)}
