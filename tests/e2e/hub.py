"""A WebSub hub on loopback, as good or as bad as a test wants it; each path is a hub of its own.

with Hub({"/denies": Manner(denies="no room")}) as hub:
    ... let a feed announce hub.url("/denies") ...
    assert hub.asked("/denies")[0]["hub.mode"] == "subscribe"
    assert hub.push("/denies", b"<rss/>") == 202
"""

import hmac
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import parse_qsl, urlencode, urlsplit

CHALLENGE = "a-challenge+with / odd & bytes"
RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a hub behaves: answers with a status, sends on to another path, verifies another topic, denies, is silent."""

    status: int = 202
    location: str = ""
    topic: str = ""
    denies: str = ""
    silent: bool = False
    lease: int = 864_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the subscriber answered on its callback."""

    status: int
    body: bytes


@dataclass(slots=True)
class _Desk:
    """What one path was asked, and what came of it."""

    asked: list[dict[str, str]] = field(default_factory=list)
    verified: list[Said] = field(default_factory=list)


class Hub:
    """Listens on a free port; hubs at paths without a manner do what hubs should."""

    def __init__(self, manners: Mapping[str, Manner] | None = None) -> None:
        self.manners = dict(manners or {})
        self._desks: dict[str, _Desk] = {}
        self._lock = threading.Lock()
        self._callers: list[threading.Thread] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, self))
        self.authority = f"127.0.0.1:{self._server.server_port}"
        self._serving = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def url(self, path: str) -> str:
        """The URL of the hub at a path."""
        return f"http://{self.authority}{path}"

    def asked(self, path: str) -> list[dict[str, str]]:
        """The requests that the hub at a path had, as their fields."""
        return self._desk(path).asked

    def verified(self, path: str) -> list[Said]:
        """What the subscriber answered when the hub at a path verified or denied."""
        return self._desk(path).verified

    def subscribed(self, path: str) -> bool:
        """Whether the subscriber has confirmed at a path that it wants to be told."""
        wanted = Said(status=200, body=CHALLENGE.encode())
        return bool(self.asked(path)) and wanted in self.verified(path)

    def push(self, path: str, body: bytes, *, signature: str | None = RIGHT, method: str = "sha256") -> int:
        """Deliver to the last callback that the hub at a path was given; gives the status. None: not signed."""
        form = self.asked(path)[-1]
        headers = {"Content-Type": "application/rss+xml", "Link": f'<{self.url(path)}>; rel="hub"'}
        if signature == RIGHT:
            signature = f"{method}={hmac.new(form['hub.secret'].encode(), body, method).hexdigest()}"
        if signature is not None:
            headers["X-Hub-Signature"] = signature
        return _call("POST", form["hub.callback"], body, headers=headers).status

    def offer(self, path: str, *, length: int) -> int:
        """Begin to deliver a body of so many bytes and wait with it for an answer; gives the status."""
        return _call("POST", self.asked(path)[-1]["hub.callback"], headers={"Content-Length": str(length)}).status

    def hear(self, path: str, form: dict[str, str]) -> Manner:
        """Note a request and see to it in a thread of its own, as hubs do; gives how to answer it."""
        manner = self.manners.get(path, Manner())
        self._desk(path).asked.append(form)
        if manner.status == 202 and not manner.silent:
            caller = threading.Thread(target=self._verify, args=(path, form, manner), daemon=True)
            self._callers.append(caller)
            caller.start()
        return manner

    def deny(self, path: str, reason: str) -> int:
        """Tell the subscriber of the hub at a path that it is over; gives the status."""
        form = self.asked(path)[-1]
        query = {"hub.mode": "denied", "hub.topic": form["hub.topic"], "hub.reason": reason}
        return _call("GET", f"{form['hub.callback']}?{urlencode(query)}").status

    def __enter__(self) -> Self:
        self._serving.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._serving.join(timeout=5)
        for caller in self._callers:
            caller.join(timeout=5)

    def _desk(self, path: str) -> _Desk:
        with self._lock:
            return self._desks.setdefault(path, _Desk())

    def _verify(self, path: str, form: dict[str, str], manner: Manner) -> None:
        query = {
            "hub.mode": "denied" if manner.denies else form["hub.mode"],
            "hub.topic": manner.topic or form["hub.topic"],
            "hub.challenge": CHALLENGE,
            "hub.lease_seconds": str(manner.lease),
            "hub.reason": manner.denies,
        }
        self._desk(path).verified.append(_call("GET", f"{form['hub.callback']}?{urlencode(query)}"))


class _Handler(BaseHTTPRequestHandler):
    """One request to a hub."""

    def __init__(self, hub: Hub, *arguments: object) -> None:
        self._hub = hub
        super().__init__(*arguments)  # type: ignore[arg-type]  # the server's own three

    def do_POST(self) -> None:  # the library's name
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        assert self.headers["Content-Type"] == "application/x-www-form-urlencoded"
        manner = self._hub.hear(urlsplit(self.path).path, dict(parse_qsl(body)))
        self.send_response(manner.status)
        if manner.location:
            self.send_header("Location", manner.location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing: the tests look at what was asked."""


def _call(method: str, url: str, body: bytes = b"", *, headers: Mapping[str, str] | None = None) -> Said:
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port or 80, timeout=20)
    try:
        connection.request(method, f"{parts.path}?{parts.query}" if parts.query else parts.path, body, headers or {})
        response = connection.getresponse()
        return Said(status=response.status, body=response.read())
    finally:
        connection.close()
