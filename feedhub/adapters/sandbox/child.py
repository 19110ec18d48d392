"""The child's side: takes its limits, then answers asks until the pipe closes."""

import os
import socket

from feedhub.adapters.sandbox.answers import Answer, write
from feedhub.adapters.sandbox.limits import SandboxLimits, start_watch, stop_watch, take_for_life
from feedhub.adapters.sandbox.wire import Reader, receive, send, unpack
from feedhub.model.reading import Died, DiscoverAsk, PageAsk, ReadAsk

PIPE = 3
"""The one descriptor that is left, beside 0, 1 and 2, which are nowhere."""

_MOST_OPEN = 1 << 16
"""Far above what a server with a few children has open."""


def serve(pipe: int, reader: Reader, limits: SandboxLimits) -> None:
    """Answer asks from the socket `pipe` until it closes.

    Everything that opens a file has been done before by the server process: codecs, and what libraries load at first
    use. From here on no descriptor can be opened, so neither file nor socket.
    """
    _keep_only(pipe)
    take_for_life(limits)
    with socket.socket(fileno=PIPE) as asks:
        while (data := receive(asks)) is not None:
            start_watch(limits)
            send(asks, answer(reader, data))
            stop_watch()


def answer(reader: Reader, data: bytes) -> bytes:
    """The answer to a packed ask, as bytes; whatever goes wrong is told as Died."""
    try:
        return write(_read(reader, unpack(data)))
    except MemoryError:
        died = Died(why="it needs more memory than a feed may use")
    except RecursionError:
        died = Died(why="it is nested too deeply")
    except Exception as error:  # noqa: BLE001  # a fault of ours over one body costs that body, and is told
        died = Died(why=f"reading it failed: {type(error).__name__}: {str(error)[:200]}")
    return write(died)


def _read(reader: Reader, ask: object) -> Answer:
    match ask:
        case ReadAsk():
            return reader(ask)
        case PageAsk():
            return reader.page(ask)
        case DiscoverAsk():
            return reader.discover(ask)
        case _:
            raise TypeError(f"the sandbox was sent a {type(ask).__name__}")


def _keep_only(pipe: int) -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.dup2(pipe, PIPE)
    os.closerange(PIPE + 1, _MOST_OPEN)
