"""Values of the model to JSON text and back, for columns that hold a whole value.

The only module of the store that knows msgspec. What is unknown in stored text is ignored and what is missing takes
the default of its field, so that a field can be added to the model without touching what is stored.
"""

from functools import lru_cache
from hashlib import blake2b
from math import isfinite
from typing import Generic, TypeVar

from msgspec import ValidationError, to_builtins
from msgspec.json import Decoder, Encoder

from feedhub.model.credit import Credit
from feedhub.model.entry import Extra, Media, Origin
from feedhub.model.hints import Hints
from feedhub.model.story import Placement, Shown

T = TypeVar("T")


class Codec(Generic[T]):
    """Writes values of one type as compact JSON and reads them again."""

    def __init__(self, kind: type[T]) -> None:
        self._decoder = Decoder(kind)
        self._lenient = Decoder(kind, strict=False)

    def write(self, value: T) -> str:
        """JSON text; what cannot stand in UTF-8 is replaced as `plain` does, numbers that are none become words."""
        try:
            text = _ENCODER.encode(value)
            if b"null" in text:
                self._decoder.decode(text)  # JSON has no NaN and no infinity: they have become null, which no number is
        except ValueError:
            text = _ENCODER.encode(_plain(to_builtins(value, enc_hook=_simple)))
        return text.decode()

    def read(self, text: str) -> T:
        """The value that `write` was given."""
        try:
            return self._decoder.decode(text)
        except ValidationError:  # words for numbers that are none
            return self._lenient.decode(text)


class _ManyCodec(Codec[tuple[T, ...]]):
    """Tuples, most of which are empty."""

    def write(self, value: tuple[T, ...]) -> str:
        return super().write(value) if value else "[]"

    def read(self, text: str) -> tuple[T, ...]:
        return super().read(text) if text != "[]" else ()


CREDIT = Codec(Credit)
HINTS = Codec(Hints)
PLACEMENT = Codec(Placement)
SHOWN = Codec(Shown)
WORDS = _ManyCodec(tuple[str, ...])
MEDIA = _ManyCodec(tuple[Media, ...])
ORIGINS = _ManyCodec(tuple[Origin, ...])
EXTRAS = _ManyCodec(tuple[Extra, ...])


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


def _simple(value: object) -> str | float:
    """Libraries have their own kinds of text and number."""
    match value:
        case str():
            return str(value)
        case float():
            return float(value)
        case _:
            raise TypeError(f"a {type(value).__name__} has no place in JSON")


def _plain(value: object) -> object:
    match value:
        case str():
            return plain(value)
        case float() if not isfinite(value):
            return str(value)
        case dict():
            return {key: _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case _:
            return value


_ENCODER = Encoder(enc_hook=_simple)
