"""Readers for the suite of the port Sandbox: what a body says is what happens to the process that reads it."""

import os
import resource
import signal
import socket
import struct
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from feedhub.model.cue import Cues
from feedhub.model.fetching import Link
from feedhub.model.outlet import Outlets
from feedhub.model.reading import Died, DiscoverAsk, Discovered, PageAsk, ReadAsk, ReadDone, ReadEntry, Unreadable
from tests.builders import a_read

PIPE = 3
"""The descriptor on which a child talks to the program."""


@dataclass(slots=True)
class Obedient:
    """Does what the first word of the body names; `count` grows with each ask that this process has answered."""

    outlets: Outlets
    cues: Cues
    count: int = field(default=0, init=False)

    def __call__(self, ask: ReadAsk) -> ReadDone | Unreadable | Died:
        """Honest unless the body asks for something else."""
        self.count += 1
        word, _, rest = ask.body.partition(b" ")
        deed = _DEEDS.get(word.decode())
        return deed(self, rest) if deed else done(total=len(ask.body))

    def page(self, ask: PageAsk) -> ReadEntry | Unreadable:
        """The entry it was asked for, with the body as its text; or another entry."""
        return a_read("other") if ask.body == b"another" else a_read(ask.entry.guid, text=ask.body.decode())

    def discover(self, ask: DiscoverAsk) -> Discovered | Died:
        """The address of the page as its only feed; or something else."""
        word, _, rest = ask.body.partition(b" ")
        if word == b"forge":
            _forge(self, rest)
        return Died(why="it fell") if ask.body == b"fall" else Discovered(feeds=(Link(rel="alternate", url=ask.url),))

    def warm(self) -> None:
        """Nothing to load."""


class Unwilling(Obedient):
    """Cannot be loaded."""

    def warm(self) -> None:
        """Fails."""
        raise LookupError("a library is missing")


class Deadly(Obedient):
    """Ends the process that loads it."""

    def warm(self) -> None:
        """Ends."""
        os._exit(3)


def done(**changes: object) -> ReadDone:
    """The answer to a body with nothing new."""
    facts: dict[str, object] = {"form": "rss20", "title": "", "link": "", "total": 0, "fresh": ()}
    return ReadDone(**(facts | changes))  # type: ignore[arg-type]  # fields of a test's own choice


def _say(text: object) -> ReadDone:
    return done(title=str(text))


def _crash(_: Obedient, rest: bytes) -> ReadDone:
    os.kill(os.getpid(), signal.Signals[rest.decode()])
    return done()


def _spin(_: Obedient, __: bytes) -> ReadDone:
    while True:
        pass


def _nap(_: Obedient, __: bytes) -> ReadDone:
    start = time.monotonic()  # one clock for all processes
    time.sleep(0.1)
    return _say(f"{start} {time.monotonic()}")


def _sleep(_: Obedient, __: bytes) -> ReadDone:
    signal.setitimer(signal.ITIMER_REAL, 0)  # as one that was taken over would
    time.sleep(600)
    return done()


def _grow(_: Obedient, __: bytes) -> ReadDone:
    kept: list[bytearray] = []
    while True:
        kept.append(bytearray(8 << 20))


def _memory(_: Obedient, __: bytes) -> ReadDone:
    raise MemoryError


def _leak(reader: Obedient, rest: bytes) -> ReadDone:
    _LEAKED.append(bytearray(int(rest) << 20))
    return _say(len(_LEAKED))


def _recurse(reader: Obedient, rest: bytes) -> ReadDone:
    return _recurse(reader, rest)


def _raise(_: Obedient, rest: bytes) -> ReadDone:
    raise ValueError(rest.decode())


def _exit(_: Obedient, rest: bytes) -> ReadDone:
    os._exit(int(rest))


def _open(_: Obedient, rest: bytes) -> ReadDone:
    return _say(_refusal(lambda: Path(rest.decode()).read_bytes()))


def _connect(_: Obedient, rest: bytes) -> ReadDone:
    return _say(_refusal(lambda: socket.create_connection(("127.0.0.1", int(rest)), timeout=1)))


def _descriptors(_: Obedient, __: bytes) -> ReadDone:
    return _say([number for number in range(1024) if _is_open(number)])


def _environment(_: Obedient, __: bytes) -> ReadDone:
    return _say("FEEDHUB_SECRET" in os.environ)  # noqa: TID251  # that is what is asked


def _fork(_: Obedient, __: bytes) -> ReadDone:
    return _say(resource.getrlimit(resource.RLIMIT_NPROC))


def _pid(_: Obedient, __: bytes) -> ReadDone:
    return _say(os.getpid())


def _count(reader: Obedient, __: bytes) -> ReadDone:
    return _say(reader.count)


def _registry(reader: Obedient, __: bytes) -> ReadDone:
    return _say(sorted(reader.outlets.by_slug))


def _stranger(_: Obedient, __: bytes) -> ReadDone:
    return done(fresh=(a_read("1", source="another"),))


def _impostor(_: Obedient, __: bytes) -> ReadDone:
    return done(title=Path("/etc/passwd"))


def _forge(_: Obedient, rest: bytes) -> ReadDone:
    """Answers in the place of the child, with a frame of its own making."""
    os.write(PIPE, struct.pack("!Q", len(rest)) + rest)
    time.sleep(600)
    return done()


def _raw(_: Obedient, rest: bytes) -> ReadDone:
    """Writes to the pipe what is no frame, then falls silent."""
    os.write(PIPE, rest)
    time.sleep(600)
    return done()


def _cut(_: Obedient, rest: bytes) -> ReadDone:
    """Writes to the pipe what is no whole frame, and ends."""
    os.write(PIPE, rest)
    os._exit(0)


def _refusal(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except OSError as error:
        return str(error.strerror)
    return "it worked"


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


_LEAKED: list[bytearray] = []

_DEEDS: Mapping[str, Callable[[Obedient, bytes], ReadDone]] = {
    "crash": _crash,
    "spin": _spin,
    "nap": _nap,
    "sleep": _sleep,
    "grow": _grow,
    "memory": _memory,
    "leak": _leak,
    "recurse": _recurse,
    "raise": _raise,
    "exit": _exit,
    "open": _open,
    "connect": _connect,
    "descriptors": _descriptors,
    "environment": _environment,
    "fork": _fork,
    "pid": _pid,
    "count": _count,
    "registry": _registry,
    "stranger": _stranger,
    "impostor": _impostor,
    "forge": _forge,
    "raw": _raw,
    "cut": _cut,
}
