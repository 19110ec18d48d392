"""The server process: loads libraries, registry and reader once, then forks a child for each pipe it is handed.

It is started with the number of the control socket as its argument. The program writes one byte on it, then what the
byte announces:

    L  a frame, the Order: load it, and answer with a frame that is empty or says what went wrong
    F  two descriptors: fork a child that answers on the first; the second is its lifeline

The server tells the exit code of a child on its lifeline. When the program closes a lifeline, the child is killed; when
the program dies, it closes all of them. The server has no thread, opens nothing but what it is told, and reads nothing
that comes from outside.
"""

import encodings
import gc
import importlib
import os
import pkgutil
import selectors
import signal
import socket
import struct
import sys
from contextlib import suppress

from feedhub.adapters.sandbox.child import serve
from feedhub.adapters.sandbox.limits import SandboxLimits
from feedhub.adapters.sandbox.wire import Order, Reader, receive, send, unpack
from feedhub.collector import look_less_often

LOAD, FORK = b"L", b"F"

EXIT_CODE = struct.Struct("!i")


def main() -> None:
    """Serve until the program has closed the control socket and no child is left."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # the program decides when it ends, also where a whole group is told to
    _load_codecs()
    with socket.socket(fileno=int(sys.argv[1])) as control:
        _Server(control).run()


class _Server:
    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._open = True
        self._reader: Reader | None = None
        self._limits = SandboxLimits()
        self._lifelines: dict[int, socket.socket] = {}
        self._wake, wake = socket.socketpair()
        wake.settimeout(0)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        signal.set_wakeup_fd(wake.detach(), warn_on_full_buffer=False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(control, selectors.EVENT_READ)
        self._selector.register(self._wake, selectors.EVENT_READ)

    def run(self) -> None:
        while self._open or self._lifelines:
            for key, _ in self._selector.select():
                if key.fileobj is self._control:
                    self._obey()
                elif key.fileobj is self._wake:
                    self._wake.recv(4096)
                    self._reap()
                elif self._lifelines.get(key.data) is key.fileobj:
                    self._kill(key.data)

    def _obey(self) -> None:
        command, descriptors = b"", list[int]()
        with suppress(OSError):  # the program has ended without reading our answer
            command, descriptors, _, _ = socket.recv_fds(self._control, 1, 2)
        if command == LOAD:
            fault = self._load().encode()
            with suppress(OSError):  # it has ended meanwhile
                send(self._control, fault)
        elif command == FORK:
            self._fork(*descriptors)
        else:
            self._open = False
            self._selector.unregister(self._control)

    def _load(self) -> str:
        self._reader = None
        gc.unfreeze()
        try:
            order = unpack(receive(self._control) or b"")
            if not isinstance(order, Order):
                return f"it was sent a {type(order).__name__}"
            reader = order.make(order.outlets, order.cues)
            reader.warm()
        except Exception as error:  # noqa: BLE001  # the program tells it to its operator
            return f"{type(error).__name__}: {error}"
        self._reader, self._limits = reader, order.limits
        look_less_often()  # so that a collection in a child does not touch, and so copy, what it shares with all others
        return ""

    def _fork(self, pipe: int, lifeline: int) -> None:
        try:
            pid = os.fork()
        except OSError:  # the program sees both ends close
            os.close(lifeline)
        else:
            if pid == 0:
                self._be_child(pipe)
            kept = socket.socket(fileno=lifeline)
            self._lifelines[pid] = kept
            self._selector.register(kept, selectors.EVENT_READ, pid)
        os.close(pipe)

    def _be_child(self, pipe: int) -> None:
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            if self._reader is not None:
                serve(pipe, self._reader, self._limits)
                code = 0
        finally:
            os._exit(code)

    def _kill(self, pid: int) -> None:
        """Its lifeline was closed. It is reaped like any other when it has ended."""
        self._selector.unregister(self._lifelines[pid])
        os.kill(pid, signal.SIGKILL)

    def _reap(self) -> None:
        while self._lifelines:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            with self._lifelines.pop(pid) as lifeline:
                with suppress(KeyError):  # killed because it was closed
                    self._selector.unregister(lifeline)
                with suppress(OSError):
                    lifeline.sendall(EXIT_CODE.pack(os.waitstatus_to_exitcode(status)))


def _load_codecs() -> None:
    """All of them: which one a feed names is not known before, and loading one opens a file."""
    for module in pkgutil.iter_modules(encodings.__path__):
        if module.name not in {"mbcs", "oem"}:  # Windows only
            importlib.import_module(f"encodings.{module.name}")
