"""One libcurl handle: it makes one request at a time and is used again for the next.

Options that do not change from request to request are set once. Nothing is left to libcurl's defaults or to the
environment that could send us elsewhere: no redirects, proxies, cookies, netrc, other protocols, HTTP/0.9.
HTTP/1.1 is spoken on purpose: one request a host at a time gains nothing from HTTP/2, and a hostile server has more
ways to keep us busy there. Time limits are not libcurl's either, see `watch`.
"""

import socket
from collections.abc import Iterable, Sequence

import pycurl

from feedhub.adapters.http.exchange import Door, Exchange


class Lane:
    """A handle, and the exchange it is busy with.

    The callbacks run inside libcurl, where an exception would be printed and lost: nothing in them raises.
    """

    def __init__(self, door: Door) -> None:
        self.curl = pycurl.Curl()
        self.exchange: Exchange | None = None
        self._pinned: list[str] = []
        self._posts = False
        for option, value in _FIXED:
            self.curl.setopt(option, value)
        self.curl.setopt(pycurl.USERAGENT, door.user_agent.encode("latin-1"))
        if door.authorities:
            self.curl.setopt(pycurl.CAINFO, door.authorities)
        self.curl.setopt(pycurl.OPENSOCKETFUNCTION, self._open_socket)
        self.curl.setopt(pycurl.PREREQFUNCTION, self._connected)
        self.curl.setopt(pycurl.HEADERFUNCTION, self._line)
        self.curl.setopt(pycurl.WRITEFUNCTION, self._chunk)

    def dial(self, exchange: Exchange, addresses: Sequence[str]) -> None:
        """Make the handle ready for a request; whoever holds the multi handle starts it.

        `addresses` are those of the target's name, none where the target is an address itself.
        """
        self.exchange = exchange
        journey, target = exchange.journey, exchange.journey.target
        self.curl.setopt(pycurl.URL, target.url)
        self.curl.setopt(pycurl.HTTPHEADER, journey.headers())
        pinned = [f"+{target.host}:{target.port}:{','.join(map(_bracketed, addresses))}"] if addresses else []
        if pinned != self._pinned:
            self.curl.setopt(pycurl.RESOLVE, pinned)
            self._pinned = pinned
        if journey.form is not None:
            self.curl.setopt(pycurl.POSTFIELDS, journey.form)
        elif self._posts:
            self.curl.setopt(pycurl.HTTPGET, 1)
        self._posts = journey.form is not None

    def rest(self) -> None:
        """Forget the exchange."""
        self.exchange = None

    def _open_socket(self, purpose: int, address: tuple[int, int, int, tuple[str, ...]]) -> int:
        """A socket for the address that libcurl is about to dial, if the guard lets it."""
        family, kind, protocol, where = address
        ip = str(where[0]) if purpose == pycurl.SOCKTYPE_IPCXN and family in _INTERNET else ""
        if self.exchange is None or not self.exchange.address(ip):
            return _NO_SOCKET
        try:
            return socket.socket(family, kind, protocol).detach()
        except OSError:  # out of file descriptors
            return _NO_SOCKET

    def _connected(self, there: str, _here: str, _there_port: int, _here_port: int) -> int:
        """The last look before the request is sent, over a new connection or a kept one."""
        return _GO if self.exchange is not None and self.exchange.connected(there) else _ABORT

    def _line(self, line: bytes) -> int | None:
        return None if self.exchange is not None and self.exchange.line(line) else _STOP

    def _chunk(self, chunk: bytes) -> int | None:
        return None if self.exchange is not None and self.exchange.chunk(chunk) else _STOP


def _bracketed(address: str) -> str:
    return f"[{address}]" if ":" in address else address


_STOP = -1
_NO_SOCKET: int = pycurl.SOCKET_BAD
_GO: int = pycurl.PREREQFUNC_OK
_ABORT: int = pycurl.PREREQFUNC_ABORT
_INTERNET = frozenset({socket.AF_INET, socket.AF_INET6})
_FIXED: Iterable[tuple[int, int | str]] = (
    (pycurl.NOSIGNAL, 1),
    (pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS),
    (pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_1_1),
    (pycurl.HTTP09_ALLOWED, 0),
    (pycurl.FOLLOWLOCATION, 0),
    (pycurl.PROXY, ""),  # the empty text also keeps libcurl from asking the environment
    (pycurl.NOPROXY, "*"),
    (pycurl.NETRC, pycurl.NETRC_IGNORED),
    (pycurl.SSL_VERIFYPEER, 1),
    (pycurl.SSL_VERIFYHOST, 2),
    (pycurl.SSLVERSION, pycurl.SSLVERSION_TLSv1_2),
    (pycurl.TCP_NODELAY, 1),
    (pycurl.MAXAGE_CONN, 110),  # many servers close at 120 s; a request over a dying connection costs a second one
)
