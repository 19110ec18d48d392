"""Content codings, undone as a stream (RFC 9110, section 8.4.1): gzip, deflate, br (RFC 7932) and zstd (RFC 8878).

Every decoder gives out about as many bytes as it is told to and no more, whatever the ratio, so that a bomb is seen
when it passes the limit and not when it has filled the memory. What follows a stream's end is passed over where it does
not begin another, as browsers do: some servers pad. Streams one after another are bounded in number, since a million
empty ones would cost time without ever adding a byte.
"""

import sys
import zlib
from collections.abc import Callable
from typing import Final, Protocol

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ACCEPTED: Final = "gzip, deflate, br, zstd"

BROKEN: Final = (zlib.error, brotli.error, zstd.ZstdError)
"""What a decoder raises for a stream that is none."""


class Decoder(Protocol):
    """Undoes one coding, chunk by chunk."""

    @property
    def whole(self) -> bool:
        """Whether everything that was begun came to its own end."""

    def decode(self, chunk: bytes, most: int) -> bytes:
        """What the chunk decodes to, cut near `most` bytes, after which no more may be asked. Raises one of BROKEN."""


def decoder(coding: str) -> Decoder | None:
    """The decoder for one of the codings that we ask for, by its name in lower case; None for any other."""
    match coding:
        case "gzip" | "x-gzip":
            return _Chain(_gzip, peek=len(_GZIP_MAGIC))
        case "deflate":
            return _Chain(_deflate, peek=2)
        case "br":
            return _Unbrotli()
        case "zstd":
            return _Chain(_zstd, peek=len(_ZSTD_MAGIC))
        case _:
            return None


class _Stream(Protocol):
    """What the decompressors of zlib and zstd have in common."""

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class _Chain:
    """Streams one after another. `begin` gives the decompressor for bytes that begin a stream, by the first `peek`.

    It is told whether another went before, and gives None where the bytes are only padding.
    """

    __slots__ = ("_ahead", "_begin", "_begun", "_over", "_peek", "_stream")

    def __init__(self, begin: "Callable[[bytes, bool], _Stream | None]", *, peek: int) -> None:
        self._begin = begin
        self._peek = peek
        self._ahead = b""
        self._begun = 0
        self._over = False
        self._stream: _Stream | None = None

    @property
    def whole(self) -> bool:
        return self._stream is None and self._begun > 0

    def decode(self, chunk: bytes, most: int) -> bytes:
        data, pieces = self._ahead + chunk, []
        self._ahead = b""
        while data and most > 0 and not self._over:
            stream = self._stream or self._next(data)
            if stream is None:
                break
            pieces.append(stream.decompress(data, most))
            most -= len(pieces[-1])
            self._stream = None if stream.eof else stream
            data = stream.unused_data
        return b"".join(pieces)

    def _next(self, data: bytes) -> _Stream | None:
        """The stream that begins here, or None if that needs more bytes to tell or if nothing begins."""
        if len(data) < self._peek:
            self._ahead = data
            return None
        stream = self._begin(data, self._begun > 0)
        self._over = stream is None
        self._begun += 1
        if self._begun > _STREAMS:
            raise zlib.error
        return stream


class _Unbrotli:
    """Brotli's decompressor. It gives out whole blocks of 32 kB and more, so it may pass `most` by as much."""

    __slots__ = ("_stream",)

    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    @property
    def whole(self) -> bool:
        finished: bool = self._stream.is_finished()
        return finished

    def decode(self, chunk: bytes, most: int) -> bytes:
        piece: bytes = b"" if self.whole else self._stream.process(chunk, output_buffer_limit=most)
        return piece


_STREAMS = 100  # a file appended to member by member has a few
_GZIP_MAGIC = b"\x1f\x8b"
_GZIP = 16 + zlib.MAX_WBITS
_DEFLATED = 8  # RFC 1950, section 2.2: the low four bits of the first byte
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
_ZSTD_SKIPPED = b"\x2a\x4d\x18"  # RFC 8878, section 3.1.2; before it a byte from 0x50 to 0x5f
_ZSTD_OPTIONS: dict[int, int] = {
    zstd.DecompressionParameter.window_log_max: 23
}  # 8 MB: what HTTP allows at most (RFC 9659)


def _gzip(data: bytes, again: bool) -> _Stream | None:  # noqa: FBT001 (a callback)
    return None if again and not data.startswith(_GZIP_MAGIC) else zlib.decompressobj(_GZIP)


def _deflate(data: bytes, again: bool) -> _Stream | None:  # noqa: FBT001 (a callback)
    """The name ought to mean zlib (RFC 1950), but many send raw deflate (RFC 1951)."""
    if again:
        return None
    zlib_header = data[0] & 0x0F == _DEFLATED and (data[0] << 8 | data[1]) % 31 == 0
    return zlib.decompressobj(zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS)


def _zstd(data: bytes, again: bool) -> _Stream | None:  # noqa: FBT001 (a callback)
    frame = data.startswith(_ZSTD_MAGIC) or (data[0] >> 4 == 5 and data[1:4] == _ZSTD_SKIPPED)  # noqa: PLR2004
    return None if again and not frame else zstd.ZstdDecompressor(options=_ZSTD_OPTIONS)
