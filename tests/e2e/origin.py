"""A server on loopback for tests, as good or as bad as a test wants it: each path has a script over the raw socket.

    with Origin({"/feed": answer(200, body=b"...")}) as origin:
        ... ask for origin.url("/feed") ...
        assert origin.heads[0].startswith(b"GET /feed ")

It ends cleanly: leaving the block wakes every script that waits, closes every socket and joins every thread.
"""

import re
import socket
import struct
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from time import monotonic
from typing import Self

from tests.e2e.certificates import tls_context


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request as it came, and the socket to answer on. `closing` is set when the test is over."""

    head: bytes
    body: bytes
    sock: socket.socket
    closing: threading.Event

    def send(self, data: bytes) -> None:
        """Send, or end the visit quietly if the client is gone."""
        self.sock.sendall(data)


Script = Callable[[Visit], bool]
"""Answers a visit; gives whether the connection may be kept."""


class Origin:
    """Listens on a free port.

    `heads` and `bodies` hold all requests in the order they came, `starts` when that was (monotonic seconds);
    `connections` counts what was accepted, whether or not a request came over it.
    """

    def __init__(self, scripts: Mapping[str, Script], *, host: str = "127.0.0.1", tls: bool = False) -> None:
        self.heads: list[bytes] = []
        self.bodies: list[bytes] = []
        self.starts: list[float] = []
        self.connections = 0
        self.running = 0
        self.most_running = 0
        self._scripts = dict(scripts)
        self._scheme = "https" if tls else "http"
        self._host = f"[{host}]" if ":" in host else host
        self._tls = tls_context() if tls else None
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._listener = socket.create_server((host, 0), family=family, backlog=128)
        self.port: int = self._listener.getsockname()[1]
        self.authority = f"{self._host}:{self.port}"

    def url(self, path: str, *, host: str | None = None) -> str:
        """The URL of a path, under another host name if one is given."""
        return f"{self._scheme}://{host or self._host}:{self.port}{path}"

    def add(self, path: str, script: Script) -> None:
        """Answer one more path; for scripts that must know the port."""
        self._scripts[path] = script

    def wait(self, seconds: float) -> None:
        """Let time pass while the server goes on."""
        self._closing.wait(seconds)

    def __enter__(self) -> Self:
        self._spawn(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            left = list(self._open)
        for sock in left:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(timeout=5)

    def _spawn(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            with self._lock:
                self._open.add(sock)
            self._spawn(partial(self._serve, sock))

    def _serve(self, raw: socket.socket) -> None:
        sock = raw
        with suppress(OSError, ValueError):
            raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock = self._tls.wrap_socket(raw, server_side=True) if self._tls else raw
            with self._lock:
                self._open.add(sock)
            while self._answer(sock):
                pass
        with self._lock:
            self._open -= {sock, raw}
        with suppress(OSError):
            sock.close()
            raw.close()

    def _answer(self, sock: socket.socket) -> bool:
        head, body = _read_request(sock)
        if not head or self._closing.is_set():
            return False
        with self._lock:
            self.heads.append(head)
            self.bodies.append(body)
            self.starts.append(monotonic())
            self.running += 1
            self.most_running = max(self.most_running, self.running)
        try:
            path = head.split(b" ", 2)[1].decode("latin-1").partition("?")[0]
            script = self._scripts.get(path) or self._scripts.get("*") or answer(404, body=b"nothing here")
            return script(Visit(head=head, body=body, sock=sock, closing=self._closing))
        finally:
            with self._lock:
                self.running -= 1


def message(status: int, *lines: str, body: bytes = b"") -> bytes:
    """A whole reply with its true length, unless the lines give another or chunks."""
    given = {line.partition(":")[0].lower() for line in lines}
    head = [f"HTTP/1.1 {status} {_phrase(status)}", *lines]
    if not given & {"content-length", "transfer-encoding"} and status not in _BODILESS:
        head.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*head, "", ""]).encode("latin-1") + body


def answer(status: int, *lines: str, body: bytes = b"") -> Script:
    """A proper reply; the connection is kept."""
    return raw(message(status, *lines, body=body), keep=True)


def raw(data: bytes, *, keep: bool = False) -> Script:
    """Exactly these bytes, then the end of the connection unless it is kept."""

    def script(visit: Visit) -> bool:
        visit.send(data)
        return keep

    return script


def in_turn(*scripts: Script) -> Script:
    """The first script for the first visit, and so on; the last one for all after it."""
    left = list(scripts)

    def script(visit: Visit) -> bool:
        return (left.pop(0) if len(left) > 1 else left[0])(visit)

    return script


def drip(data: bytes, *, start: bytes = b"", every: float = 0.02) -> Script:
    """Send `start`, then a byte at a time, then nothing more, without ever closing."""

    def script(visit: Visit) -> bool:
        visit.send(start)
        for place in range(len(data)):
            if visit.closing.wait(every):
                return False
            visit.send(data[place : place + 1])
        visit.closing.wait()
        return False

    return script


def hang(start: bytes = b"") -> Script:
    """Send `start`, then fall silent with the connection open."""
    return drip(b"", start=start)


def pause(seconds: float, then: Script) -> Script:
    """Wait, then answer."""

    def script(visit: Visit) -> bool:
        visit.closing.wait(seconds)
        return then(visit)

    return script


def reset(start: bytes = b"") -> Script:
    """Send `start`, then cut the connection with a TCP reset."""

    def script(visit: Visit) -> bool:
        visit.send(start)
        visit.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return False

    return script


def flood(start: bytes, piece: bytes) -> Script:
    """Send `start`, then `piece` over and over until the client is gone."""

    def script(visit: Visit) -> bool:
        visit.send(start)
        while not visit.closing.is_set():
            visit.send(piece)
        return False

    return script


def conditional(etag: str, *lines: str, body: bytes = b"") -> Script:
    """200 with an ETag, or 304 where the request names it."""

    def script(visit: Visit) -> bool:
        known = f"\r\nIf-None-Match: {etag}\r\n".encode("latin-1") in visit.head
        visit.send(message(304 if known else 200, f"ETag: {etag}", *lines, body=b"" if known else body))
        return True

    return script


_BODILESS = frozenset({204, 304})
_MAX_HEAD = 1 << 20
_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\nContent-Length: ([0-9]+)\r\n", re.IGNORECASE)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Odd"


def _read_request(sock: socket.socket) -> tuple[bytes, bytes]:
    """The next request: its head with the empty line, and its body by Content-Length; empty at the end."""
    data = b""
    while (end := data.find(_END)) < 0:
        more = sock.recv(65536) if len(data) < _MAX_HEAD else b""
        if not more:
            return b"", b""
        data += more
    head, body = data[: end + len(_END)], data[end + len(_END) :]
    length = _LENGTH.search(head)
    while length and len(body) < int(length[1]):
        more = sock.recv(65536)
        if not more:
            return b"", b""
        body += more
    return head, body
