"""The demo's own server on loopback: feeds with validators, article pages, one slow outlet and one broken feed."""

import threading
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import unquote, urlsplit

from feedhub.adapters.demo.day import Day, Outlet
from feedhub.adapters.demo.forms import MEDIA_TYPES, feed, page
from feedhub.text.digest import digest

SLOW_SECONDS = 2.5
"""How long the slow outlet thinks before it answers."""


class Origin:
    """Serves the outlets of a day at `http://HOST:PORT/<outlet>/feed` until stopped; port 0 takes a free one."""

    def __init__(self, day: Day, clock: Callable[[], datetime], *, host: str = "127.0.0.1", port: int = 8700) -> None:
        self._stopping = threading.Event()
        handler = type("Handler", (_Handler,), {"day": day, "clock": staticmethod(clock), "stopping": self._stopping})
        self._server = ThreadingHTTPServer((host, port), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, name="demo-origin", daemon=True)
        self.address = f"{host}:{self._server.server_address[1]}"

    def start(self) -> None:
        """Serve in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Stop serving; answers under way are cut short."""
        self._stopping.set()
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    """One request; `Origin` makes a subclass that knows the day."""

    day: ClassVar[Day]
    clock: ClassVar[Callable[[], datetime]]
    stopping: ClassVar[threading.Event]

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer a feed or an article; anything else is not here."""
        parts = unquote(urlsplit(self.path).path).strip("/").split("/")
        outlet = self.day.outlet(parts[0])
        if outlet is None or len(parts) > 2:  # noqa: PLR2004  # /outlet/item is as deep as it goes
            self._answer(HTTPStatus.NOT_FOUND, b"not here\n", "text/plain")
        elif parts[1:] == ["feed"]:
            self._feed(outlet)
        else:
            self._page(outlet, parts[-1])

    def _feed(self, outlet: Outlet) -> None:
        if outlet.habit == "slow":
            self.stopping.wait(SLOW_SECONDS)
        now = type(self).clock()
        body = feed(
            outlet,
            self.day.published(outlet.slug, now),
            origin=f"http://{self.headers['Host']}",
            withdrawn=self.day.withdrawn(outlet.slug, now),
        )
        self._answer(HTTPStatus.OK, body, MEDIA_TYPES[outlet.form])

    def _page(self, outlet: Outlet, ident: str) -> None:
        item = next((item for item in self.day.published(outlet.slug, type(self).clock()) if item.id == ident), None)
        if item is None:
            self._answer(HTTPStatus.NOT_FOUND, b"no such article\n", "text/plain")
        else:
            self._answer(HTTPStatus.OK, page(outlet, item), "text/html; charset=utf-8")

    def _answer(self, status: HTTPStatus, body: bytes, media_type: str) -> None:
        etag = f'"{digest(body)}"'
        unchanged = status is HTTPStatus.OK and self.headers.get("If-None-Match") == etag
        self.send_response(HTTPStatus.NOT_MODIFIED if unchanged else status)
        self.send_header("ETag", etag)
        if not unchanged:
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if not unchanged:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
        """Say nothing: the demo's log is feedhub's own."""
