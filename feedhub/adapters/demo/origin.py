"""The demo's own server on loopback: feeds with validators, article pages, one slow outlet and one broken feed."""

import socketserver
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import socket
from urllib.parse import unquote, urlsplit

from feedhub.adapters.demo.day import Day, Outlet
from feedhub.adapters.demo.forms import MEDIA_TYPES, feed, front_page, home_page, page
from feedhub.text.digest import digest

SLOW_SECONDS = 2.5
"""How long the slow outlet thinks before it answers."""

HTML = "text/html; charset=utf-8"


class Origin:
    """Serves the outlets of a day at `http://HOST:PORT/<outlet>/feed` until stopped; port 0 takes a free one."""

    def __init__(self, day: Day, clock: Callable[[], datetime], *, host: str = "127.0.0.1", port: int = 8700) -> None:
        self._server = _Server(host, port)
        self.address = f"{host}:{self._server.server_address[1]}"
        self._server.newsroom = _Newsroom(day=day, clock=clock, address=self.address)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="demo-origin", daemon=True
        )

    def start(self) -> None:
        """Serve in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Stop serving; answers under way are cut short."""
        self._server.stopping.set()
        if self._thread.is_alive():
            self._server.shutdown()
        self._server.server_close()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """What is at an address."""

    body: bytes
    media_type: str
    status: HTTPStatus = HTTPStatus.OK


_NOT_HERE = _Page(body=b"not here\n", media_type="text/plain", status=HTTPStatus.NOT_FOUND)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Newsroom:
    """What the outlets show at any moment."""

    day: Day
    clock: Callable[[], datetime]
    address: str

    def outlet(self, path: str) -> Outlet | None:
        """Whose path it is."""
        return self.day.outlet(_parts(path)[0])

    def at(self, path: str) -> _Page:
        """The newsroom's front page, an outlet's, its feed, or one of its articles."""
        slug, *rest = _parts(path)
        outlet = self.day.outlet(slug)
        match rest:
            case [] if not slug:
                return _Page(body=front_page(self.day.outlets), media_type=HTML)
            case [""] if outlet:
                return _Page(body=home_page(outlet, self.day.published(slug, self.clock())), media_type=HTML)
            case ["feed"] if outlet:
                return self._feed(outlet)
            case [ident] if outlet:
                return self._article(outlet, ident)
            case _:
                return _NOT_HERE

    def _feed(self, outlet: Outlet) -> _Page:
        now = self.clock()
        items, withdrawn = self.day.published(outlet.slug, now), self.day.withdrawn(outlet.slug, now)
        body = feed(outlet, items, origin=f"http://{self.address}", withdrawn=withdrawn)
        return _Page(body=body, media_type=MEDIA_TYPES[outlet.form])

    def _article(self, outlet: Outlet, ident: str) -> _Page:
        items = self.day.published(outlet.slug, self.clock())
        item = next((item for item in items if item.id == ident), None)
        return _Page(body=page(outlet, item), media_type=HTML) if item else _NOT_HERE


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    newsroom: _Newsroom

    def __init__(self, host: str, port: int) -> None:
        self.stopping = threading.Event()
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        """Without asking the name service for our own name, as the base class does: the demo has no internet."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "localhost", self.server_address[1]

    def handle_error(self, request: socket | tuple[bytes, socket], client_address: object) -> None:
        """Say nothing where whoever asked has gone away."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """One request."""

    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:
        """Answer what is at the address, or that it has not changed."""
        newsroom = self.server.newsroom
        outlet = newsroom.outlet(self.path)
        if outlet and outlet.habit == "slow":
            self.server.stopping.wait(SLOW_SECONDS)
        answer = newsroom.at(self.path)
        etag = f'"{digest(answer.body)}"'
        unchanged = answer.status is HTTPStatus.OK and self.headers.get("If-None-Match") == etag
        self.send_response(HTTPStatus.NOT_MODIFIED if unchanged else answer.status)
        self.send_header("ETag", etag)
        if not unchanged:
            self.send_header("Content-Type", answer.media_type)
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if not unchanged:
            self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
        """Say nothing: the demo's log is feedhub's own."""


def _parts(path: str) -> list[str]:
    return unquote(urlsplit(path).path).removeprefix("/").split("/")
