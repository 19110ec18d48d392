"""The program's handle on the server process, and on one child each."""

import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from datetime import timedelta

from feedhub.adapters.sandbox.limits import cause_of_death, too_long
from feedhub.adapters.sandbox.server import EXIT_CODE, FORK, LOAD
from feedhub.adapters.sandbox.wire import BrokenPipeFrameError, Order, pack, receive, send
from feedhub.errors import SandboxError

START = timedelta(seconds=60)
"""How long loading may take; slow disks, not hostile feeds, decide this."""

LAST_WORDS = timedelta(seconds=2)
"""How long a server that has failed may take to say why."""

_PASSED_ON = ("PYTHON", "LD_", "DYLD_", "LC_", "LANG", "PATH", "TZ", "TMPDIR", "COVERAGE_")
"""Beginnings of the names of environment variables that the server gets; the others may be secrets."""

_PROGRAM = "from feedhub.adapters.sandbox.server import main; main()"


class ChildDiedError(Exception):
    """A child gave no answer; the message says why in plain words."""


class Child:
    """One child: a pipe to talk, and a lifeline on which its end is told, and which ends it when it is closed."""

    def __init__(self, pipe: socket.socket, lifeline: socket.socket, *, order: Order) -> None:
        self.order = order
        self.asks = 0
        self._pipe = pipe
        self._lifeline = lifeline

    def ask(self, data: bytes, *, most: int) -> bytes:
        """The answer to a packed ask, at most so many bytes. Raises ChildDiedError; then the child is to be ended."""
        self.asks += 1
        limits = self.order.limits
        until = time.monotonic() + limits.wall.total_seconds()
        try:
            self._pipe.settimeout(limits.wall.total_seconds())
            send(self._pipe, data)
            answer = receive(self._pipe, most=most, until=until)
        except TimeoutError as error:
            raise ChildDiedError(too_long(limits)) from error
        except BrokenPipeFrameError as error:
            raise ChildDiedError(f"the child's answer was not understood: {error}") from error
        except OSError as error:
            raise ChildDiedError(self._cause()) from error
        if answer is None:
            raise ChildDiedError(self._cause())
        return answer

    @property
    def alive(self) -> bool:
        """Whether its end has not been told."""
        try:
            self._lifeline.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return True
        return False

    def end(self) -> None:
        """Have it killed, and forget it."""
        self._lifeline.close()
        self._pipe.close()

    def _cause(self) -> str:
        self._lifeline.settimeout(1)
        code = b""
        with suppress(OSError):
            code = self._lifeline.recv(EXIT_CODE.size)
        return cause_of_death(EXIT_CODE.unpack(code)[0] if len(code) == EXIT_CODE.size else None, self.order.limits)


class ForkServer:
    """The server process, started with the first child and again whenever it is found dead; safe for threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._server: _Server | None = None

    def child(self, order: Order) -> Child:
        """A new child that reads by this order. Raises SandboxError if there is no way to have one."""
        with self._lock:
            if self._server:
                with suppress(OSError):  # it may have died since
                    return self._server.child(order)
                self._server.end(timedelta(0))
                self._server = None
            try:
                self._server = _Server()
                return self._server.child(order)
            except OSError as error:
                if self._server:
                    self._server.end(LAST_WORDS)
                self._server = None
                raise SandboxError(str(error)) from error

    def close(self) -> None:
        """End the server, once its children have ended."""
        with self._lock:
            if self._server:
                self._server.end(START)
            self._server = None


class _Server:
    """A server process that runs, as far as we know."""

    def __init__(self) -> None:
        self._loaded: Order | None = None
        self._control, theirs = socket.socketpair()
        self._control.settimeout(START.total_seconds())
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _PROGRAM, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env=_environment(),
                start_new_session=True,  # the terminal's signals are for the program alone
            )

    def child(self, order: Order) -> Child:
        """A new child. Raises OSError."""
        if self._loaded is not order:
            self._load(order)
        pipe, theirs = socket.socketpair()
        lifeline, its_end = socket.socketpair()
        with theirs, its_end:
            socket.send_fds(self._control, [FORK], [theirs.fileno(), its_end.fileno()])
        return Child(pipe, lifeline, order=order)

    def end(self, patience: timedelta) -> None:
        """Let it end by itself when its children have; kill it where that takes too long."""
        self._control.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(patience.total_seconds())
        self._process.kill()
        self._process.wait()

    def _load(self, order: Order) -> None:
        self._control.sendall(LOAD)
        send(self._control, pack(order))
        fault = receive(self._control)
        if fault is None:
            raise ConnectionError("the process that should load the reader has ended, what it said stands above")
        if fault:
            raise ConnectionError(f"the reader cannot be loaded: {fault.decode()}")
        self._loaded = order


def _environment() -> dict[str, str]:
    passed = {name: value for name, value in os.environ.items() if name.startswith(_PASSED_ON)}  # noqa: TID251  # not settings
    return passed | {
        "PYTHONPATH": os.pathsep.join(os.path.abspath(path) for path in sys.path),  # noqa: PTH100  # '' is the folder
        "OPENBLAS_NUM_THREADS": "1",  # what has threads cannot be forked
        "OMP_NUM_THREADS": "1",
    }
