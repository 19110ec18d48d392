"""A server of many feeds on as many loopback hosts, in a process of its own, cheap enough to leave others alone.

    http://127.a.b.c:PORT/N/feed     source N of SOURCES, each on a host of its own, conditional (ETag, Last-Modified)

It is told what to do on its standard input: `advance K` gives every feed K new articles of its 50. Everything that it
will send is made then; an answer is a look-up and a `send`. Linux answers all of 127.0.0.0/8 without being asked to.
"""

import re
import selectors
import socket
import subprocess
import sys
from collections import deque
from types import TracebackType
from typing import Self

from bench.processes import tree_seconds
from bench.texts import ENTRIES, http_date, rss, rss_item

PORT = 8799
_TAG = re.compile(rb"\r\nIf-None-Match: *([^\r]+)", re.IGNORECASE)


def host(number: int) -> str:
    """The address that a source stands at."""
    return f"127.{1 + number // 62_500}.{number // 250 % 250}.{1 + number % 250}"


def url(number: int) -> str:
    """The address of a source's feed."""
    return f"http://{host(number)}:{PORT}/{number}/feed"


class Origin:
    """The server as a child process; `with Origin(1000) as origin`."""

    def __init__(self, sources: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.origin", str(sources)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        self._answer()

    def advance(self, articles: int) -> None:
        """Give every feed so many new articles."""
        assert self._process.stdin
        self._process.stdin.write(f"advance {articles}\n")
        self._answer()

    def seconds(self) -> float:
        """CPU seconds that it has spent so far."""
        return tree_seconds(self._process.pid)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait()

    def _answer(self) -> None:
        assert self._process.stdout
        assert self._process.stdout.readline() == "ready\n", "the origin did not start: is another one running?"


class _Feeds:
    """What is sent: for each source a head with its validators, and its feed."""

    def __init__(self, sources: int) -> None:
        self._sources = sources
        self._newest = 0
        self._items = [deque[str](maxlen=ENTRIES) for _ in range(sources)]
        self.tag = b""
        self.unchanged = b""
        self.whole: list[bytes] = []
        self.advance(ENTRIES)

    def advance(self, articles: int) -> None:
        for newest in range(self._newest + 1, self._newest + articles + 1):
            for number, items in enumerate(self._items):
                items.appendleft(rss_item(number, newest, sources=self._sources))
        self._newest += articles
        validators = f'ETag: "{self._newest}"\r\nLast-Modified: {http_date(self._newest)}\r\n'
        self.tag = f'"{self._newest}"'.encode()
        self.unchanged = f"HTTP/1.1 304 Not Modified\r\n{validators}\r\n".encode()
        self.whole = [_whole(rss(number, "".join(items)), validators) for number, items in enumerate(self._items)]


def _whole(body: bytes, validators: str) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: {len(body)}\r\n{validators}\r\n"
    return head.encode() + body


class _Server:
    """One thread, one loop."""

    def __init__(self, sources: int) -> None:
        self._feeds = _Feeds(sources)
        self._ready = selectors.DefaultSelector()
        self._ready.register(sys.stdin, selectors.EVENT_READ, self._obey)
        for number in range(sources):
            listener = socket.create_server((host(number), PORT), backlog=64)
            listener.settimeout(0)
            self._ready.register(listener, selectors.EVENT_READ, self._accept)

    def run(self) -> None:
        """Serve until the input ends."""
        print("ready", flush=True)
        while True:
            for key, _ in self._ready.select():
                key.data(key.fileobj)

    def _obey(self, _: object) -> None:
        line = sys.stdin.readline()
        if not line:
            sys.exit()
        self._feeds.advance(int(line.split()[1]))
        print("ready", flush=True)

    def _accept(self, listener: socket.socket) -> None:
        connection, _ = listener.accept()
        connection.settimeout(0)
        self._ready.register(connection, selectors.EVENT_READ, self._reply)

    def _reply(self, connection: socket.socket) -> None:
        try:
            request = connection.recv(8192)
            assert request.endswith(b"\r\n\r\n") or not request
            left = self._send(connection, request) if request else None
        except OSError:
            left = None
        if left is None:
            self._ready.unregister(connection)
            connection.close()
        elif left:
            self._ready.modify(connection, selectors.EVENT_WRITE, lambda it: self._go_on(it, left))

    def _send(self, connection: socket.socket, request: bytes) -> memoryview:
        """What could not be sent yet."""
        known = _TAG.search(request)
        number = int(request.split(b"/", 2)[1])
        same = known is not None and known[1] == self._feeds.tag
        answer = memoryview(self._feeds.unchanged if same else self._feeds.whole[number])
        return answer[connection.send(answer) :]

    def _go_on(self, connection: socket.socket, left: memoryview) -> None:
        try:
            left = left[connection.send(left) :]
        except OSError:
            self._ready.unregister(connection)
            connection.close()
            return
        if left:
            self._ready.modify(connection, selectors.EVENT_WRITE, lambda it: self._go_on(it, left))
        else:
            self._ready.modify(connection, selectors.EVENT_READ, self._reply)


if __name__ == "__main__":
    _Server(int(sys.argv[1])).run()
