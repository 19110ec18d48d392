"""The body of a reply, decoded as it comes, never held beyond its limit: neither on the wire nor after decoding."""

import io

from feedhub.adapters.http.codings import BROKEN, Decoder, decoder
from feedhub.model.fetching import Refused, Why


class Body:
    """Takes chunks as they were sent, holds what they decode to. `wire` counts the bytes as they came."""

    __slots__ = ("_decoder", "_held", "_limit", "wire")

    def __init__(self, decoder: Decoder | None, *, limit: int) -> None:
        self._decoder = decoder
        self._held = io.BytesIO()  # unlike a bytearray it gives its bytes away without a second copy
        self._limit = limit
        self.wire = 0

    def take(self, chunk: bytes) -> Refused | None:
        """One chunk; gives a refusal when the limit is passed or the coding is broken."""
        self.wire += len(chunk)
        if self.wire > self._limit:
            return too_big(self._limit)
        if self._decoder is None:
            self._held.write(chunk)
            return None
        try:
            self._held.write(self._decoder.decode(chunk, self._limit + 1 - self._held.tell()))
        except BROKEN:
            return Refused(why=Why.BODY, detail="The reply says that it is compressed, but cannot be decompressed.")
        return too_big(self._limit) if self._held.tell() > self._limit else None

    def end(self) -> bytes | Refused:
        """The whole decoded body, or why it is not whole."""
        if self._decoder is not None and not self._decoder.whole:
            return Refused(why=Why.BODY, detail="The compressed reply stopped before its end: it was cut short.")
        return self._held.getvalue()


def open_body(codings: tuple[str, ...], *, limit: int) -> Body | Refused:
    """A body in the codings that the Content-Encoding lines name (RFC 9110, section 8.4), of which one is undone."""
    names = [name for line in codings for part in line.split(",") if (name := part.strip().lower())]
    names = [name for name in names if name != "identity"]
    if not names:
        return Body(None, limit=limit)
    undo = decoder(names[0]) if len(names) == 1 else None
    if undo is not None:
        return Body(undo, limit=limit)
    named = ", ".join(names)[:60]
    return Refused(why=Why.BODY, detail=f"The server packed its reply in a way that we did not ask for ({named}).")


def too_big(limit: int) -> Refused:
    """The refusal for a body past its limit."""
    return Refused(why=Why.LIMIT, detail=f"The reply is larger than the {limit:,} bytes that we take.")
