"""The body of a reply, decoded as it comes, never held beyond its limit.

Only codings that `ACCEPTED` asks for are undone. Every stage is bounded: bytes on the wire, bytes after decoding, and
the members of a gzip stream, since a million empty members would cost time without ever adding a byte.
"""

import io
import zlib

from feedhub.model.source import Refused, Why

ACCEPTED = "gzip, deflate"


class Body:
    """Takes chunks as they were sent, holds what they decode to. `wire` counts the bytes as they came."""

    __slots__ = ("_held", "_inflater", "_limit", "wire")

    def __init__(self, inflater: "Inflater | None", *, limit: int) -> None:
        self._inflater = inflater
        self._held = io.BytesIO()  # unlike a bytearray it gives its bytes away without a second copy
        self._limit = limit
        self.wire = 0

    def take(self, chunk: bytes) -> Refused | None:
        """One chunk; gives a refusal when the limit is passed or the coding is broken."""
        self.wire += len(chunk)
        if self.wire > self._limit:
            return too_big(self._limit)
        if self._inflater is None:
            self._held.write(chunk)
            return None
        try:
            self._held.write(self._inflater.decode(chunk, self._limit + 1 - self._held.tell()))
        except zlib.error:
            return Refused(why=Why.BODY, detail="The reply says that it is compressed, but cannot be decompressed.")
        return too_big(self._limit) if self._held.tell() > self._limit else None

    def end(self) -> bytes | Refused:
        """The whole decoded body, or why it is not whole."""
        if self._inflater is not None and not self._inflater.whole:
            return Refused(why=Why.BODY, detail="The compressed reply stopped before its end: it was cut short.")
        return self._held.getvalue()


class Inflater:
    """zlib's decompressor, made to go on over gzip members and to tell raw deflate from zlib.

    Bytes after the last member are passed over, as browsers do: some servers pad.
    """

    __slots__ = ("_ahead", "_gzip", "_members", "_over", "_stream")

    def __init__(self, *, gzip: bool) -> None:
        self._gzip = gzip
        self._ahead = b""
        self._members = 0
        self._over = False
        self._stream: zlib._Decompress | None = None

    @property
    def whole(self) -> bool:
        """Whether everything that was begun came to its own end."""
        return self._stream is None and self._members > 0

    def decode(self, chunk: bytes, most: int) -> bytes:
        """What the chunk decodes to, cut at `most` bytes, which must be positive. Raises zlib.error."""
        data, pieces = self._ahead + chunk, []
        self._ahead = b""
        while data and most > 0 and not self._over:
            stream = self._stream or self._open(data)
            if stream is None:
                break
            pieces.append(stream.decompress(data, most))
            most -= len(pieces[-1])
            self._stream = None if stream.eof else stream
            data = stream.unused_data
        return b"".join(pieces)

    def _open(self, data: bytes) -> "zlib._Decompress | None":
        """The decompressor for what begins here, or None if that needs more bytes or is only padding."""
        if len(data) < len(_MAGIC):
            self._ahead = data
            return None
        if self._members and not (self._gzip and data.startswith(_MAGIC)):
            self._over = True
            return None
        self._members += 1
        if self._members > _MEMBERS:
            raise zlib.error
        return zlib.decompressobj(_GZIP if self._gzip else _bits(data))


def open_body(codings: tuple[str, ...], *, limit: int) -> Body | Refused:
    """A body in the codings that the Content-Encoding lines name (RFC 9110, section 8.4)."""
    names = [name for line in codings for part in line.split(",") if (name := part.strip().lower())]
    names = [name.removeprefix("x-") for name in names if name != "identity"]
    if not names:
        return Body(None, limit=limit)
    if names in (["gzip"], ["deflate"]):
        return Body(Inflater(gzip=names == ["gzip"]), limit=limit)
    named = ", ".join(names)[:60]
    return Refused(why=Why.BODY, detail=f"The server packed its reply in a way that we did not ask for ({named}).")


def too_big(limit: int) -> Refused:
    """The refusal for a body past its limit."""
    return Refused(why=Why.LIMIT, detail=f"The reply is larger than the {limit:,} bytes that we take.")


_MAGIC = b"\x1f\x8b"
_MEMBERS = 100  # a file appended to member by member has a few; this is for those who send empty ones without end
_GZIP = 16 + zlib.MAX_WBITS
_DEFLATED = 8  # RFC 1950, section 2.2: the low four bits of the first byte


def _bits(data: bytes) -> int:
    """The window for "deflate", which ought to mean zlib (RFC 1950), but many send raw deflate (RFC 1951)."""
    zlib_header = data[0] & 0x0F == _DEFLATED and (data[0] << 8 | data[1]) % 31 == 0
    return zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS
