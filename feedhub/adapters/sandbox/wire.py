"""What crosses the pipes: frames of bytes, each after its length.

Downwards goes what the program sends, pickled: it is trusted. Upwards come answers, which are not: see answers.py.
"""

import pickle
import socket
import struct
import time
from dataclasses import dataclass
from typing import Protocol

from feedhub.adapters.sandbox.limits import SandboxLimits
from feedhub.model.cue import Cues
from feedhub.model.outlet import Outlets
from feedhub.model.reading import DiscoverAsk, DiscoverOutcome, PageAsk, PageOutcome, ReadAsk, ReadOutcome

Question = ReadAsk | PageAsk | DiscoverAsk
"""What a child can be asked."""

_LENGTH = struct.Struct("!Q")


class Reader(Protocol):
    """What runs in the child: the `read` flow."""

    def __call__(self, ask: ReadAsk) -> ReadOutcome:
        """Read one feed body."""
        ...

    def page(self, ask: PageAsk) -> PageOutcome:
        """Read one article page."""
        ...

    def discover(self, ask: DiscoverAsk) -> DiscoverOutcome:
        """Tell what feeds a page names."""
        ...

    def warm(self) -> None:
        """Touch everything that libraries load at first use, for afterwards no file can be opened."""
        ...


class MakeReader(Protocol):
    """Makes the reader, from a registry and its cues; pickled by its name."""

    def __call__(self, outlets: Outlets, cues: Cues) -> Reader:
        """A reader."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the server process is told first, and again when the documents have changed."""

    make: MakeReader
    outlets: Outlets
    cues: Cues
    limits: SandboxLimits


class BrokenPipeFrameError(OSError):
    """The other side sent what is no frame, or one that is too long."""


def pack(value: object) -> bytes:
    """A value as bytes, on its way down."""
    return pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)


def unpack(data: bytes) -> object:
    """What the program sent. Never for what comes up."""
    return pickle.loads(data)  # noqa: S301  # comes from our own program


def send(pipe: socket.socket, data: bytes) -> None:
    """One frame. Raises OSError; TimeoutError where the pipe has a timeout and it passes."""
    pipe.sendall(_LENGTH.pack(len(data)))
    pipe.sendall(data)


def receive(pipe: socket.socket, *, most: int | None = None, until: float | None = None) -> bytes | None:
    """One frame, or None where the other side has closed the pipe.

    `until` is a time of the monotonic clock. Raises TimeoutError when it passes, OSError for a frame that is cut short
    or longer than `most`.
    """
    head = _exactly(pipe, _LENGTH.size, until)
    if not head:
        return None
    (length,) = _LENGTH.unpack(head) if len(head) == _LENGTH.size else (-1,)
    if length < 0 or (most is not None and length > most):
        raise BrokenPipeFrameError("no frame, or one that is too long")
    data = _exactly(pipe, length, until)
    if len(data) != length:
        raise BrokenPipeFrameError("the frame was cut short")
    return data


def _exactly(pipe: socket.socket, count: int, until: float | None) -> bytes:
    """So many bytes, or fewer where the pipe ends; memory grows with what has come, not with what was announced."""
    data = bytearray()
    while len(data) < count:
        if until is not None:
            pipe.settimeout(max(until - time.monotonic(), 0.001))
        piece = pipe.recv(min(count - len(data), 1 << 18))
        if not piece:
            break
        data += piece
        if until is not None and time.monotonic() > until:
            raise TimeoutError
    return bytes(data)
