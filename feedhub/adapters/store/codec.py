"""Values of the model to JSON text and back, for columns that hold a whole value.

The only module of the store that knows pydantic. What is unknown in stored text is ignored and what is missing takes
the default of its field, so that a field can be added to the model without touching what is stored.
"""

from dataclasses import replace
from datetime import UTC
from functools import lru_cache
from hashlib import blake2b
from typing import Generic, TypeVar

from pydantic import TypeAdapter

from feedhub.model.credit import Credit
from feedhub.model.entry import Extra, Media, Origin
from feedhub.model.hints import Hints
from feedhub.model.story import Placement, Shown

T = TypeVar("T")


class Codec(Generic[T]):
    """Writes values of one type as compact JSON and reads them again."""

    def __init__(self, adapter: TypeAdapter[T]) -> None:
        self._adapter = adapter

    def write(self, value: T) -> str:
        """JSON text; what cannot stand in UTF-8 is replaced as `plain` does, numbers that are none become words."""
        try:
            return _ANYTHING.dump_json(value).decode()
        except ValueError:
            return _ANYTHING.dump_json(_plain(self._adapter.dump_python(value))).decode()

    def read(self, text: str) -> T:
        """The value that `write` was given."""
        return self._adapter.validate_json(text)


class _ManyCodec(Codec[tuple[T, ...]]):
    """Tuples, most of which are empty."""

    def write(self, value: tuple[T, ...]) -> str:
        return super().write(value) if value else "[]"

    def read(self, text: str) -> tuple[T, ...]:
        return super().read(text) if text != "[]" else ()


CREDIT = Codec(TypeAdapter(Credit))
HINTS = Codec(TypeAdapter(Hints))
PLACEMENT = Codec(TypeAdapter(Placement))
WORDS = _ManyCodec(TypeAdapter(tuple[str, ...]))
MEDIA = _ManyCodec(TypeAdapter(tuple[Media, ...]))
ORIGINS = _ManyCodec(TypeAdapter(tuple[Origin, ...]))
EXTRAS = _ManyCodec(TypeAdapter(tuple[Extra, ...]))


class _ShownCodec(Codec[Shown]):
    def read(self, text: str) -> Shown:
        shown = super().read(text)
        return replace(shown, ranked=shown.ranked.astimezone(UTC), updated=shown.updated.astimezone(UTC))


SHOWN = _ShownCodec(TypeAdapter(Shown))


def plain(text: str) -> str:
    """The text without what one of the databases refuses: NUL is dropped, a lone surrogate becomes U+FFFD."""
    if "\0" in text:
        text = text.replace("\0", "")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


@lru_cache(maxsize=2048)
def mark(text: str) -> int:
    """A signed 64-bit number for a text of any length, to be indexed in its stead.

    PostgreSQL refuses index rows over 2.7 kB, and addresses fill an index ten times faster than numbers do. The last
    ones are remembered: an entry's addresses are first asked for, then stored.
    """
    return int.from_bytes(blake2b(plain(text).encode(), digest_size=8).digest(), "little", signed=True)


_ANYTHING: TypeAdapter[object] = TypeAdapter(object, config={"ser_json_inf_nan": "strings"})
"""JSON has no NaN and no infinity: by default they become null, which no field that holds a number reads again."""


def _plain(value: object) -> object:
    match value:
        case str():
            return plain(value)
        case dict():
            return {key: _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case _:
            return value
