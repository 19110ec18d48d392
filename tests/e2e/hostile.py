"""What servers send that are broken or mean no good: one script each, by a name that says what it does.

`REFUSED` tells why each is refused by a fetcher with the limits that `tests.contract.fetching.QUICK` sets: 64 kB,
0.4 s of silence, 1 s in all. A page that wants a login is no concern of the fetcher's: it comes as a body that the
parser refuses.
"""

import gzip
import socket
import sys
import zlib
from functools import cache

import brotli

from feedhub.model.fetching import Why
from tests.e2e.origin import Script, Visit, answer, drip, flood, hang, message, raw, reset

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

HEAD = b"HTTP/1.1 200 OK\r\n"
LENGTH = HEAD + b"Content-Length: 1000\r\n\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
HINT = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n"
CODINGS = ("gzip", "deflate", "br", "zstd")
FEED = b"<rss/>" * 100


@cache
def bomb(coding: str) -> bytes:
    """20 MB of nothing, packed a thousand to one and far beyond."""
    return _packed(coding, b"\0" * 20_000_000)


def in_coding(coding: str, body: bytes) -> Script:
    """A body that says it is in this coding."""
    return raw(message(200, f"Content-Encoding: {coding}", body=body))


def bomb_by_drops(coding: str) -> Script:
    """A bomb that comes a few bytes at a time."""

    def script(visit: Visit) -> bool:
        visit.send(HEAD + f"Content-Encoding: {coding}\r\n\r\n".encode())
        data = bomb(coding)
        for start in range(0, len(data), 50):
            visit.send(data[start : start + 50])
        return False

    return script


def trap(host: str, port: int = 0) -> socket.socket:
    """A server that nobody may come to."""
    return socket.create_server((host, port))


def silent(private: socket.socket) -> bool:
    """Whether no connection has come to a trap."""
    private.settimeout(0.05)
    try:
        private.accept()
    except TimeoutError:
        return True
    return False


def _packed(coding: str, data: bytes) -> bytes:
    match coding:
        case "gzip":
            return gzip.compress(data)
        case "deflate":
            return zlib.compress(data)
        case "br":
            done: bytes = brotli.compress(data, quality=5)
            return done
        case _:
            return zstd.compress(data)


BOMBS: dict[str, tuple[Script, Why]] = {
    **{f"{coding} bomb": (in_coding(coding, bomb(coding)), Why.LIMIT) for coding in CODINGS},
    **{f"{coding} bomb by drops": (bomb_by_drops(coding), Why.LIMIT) for coding in CODINGS},
    **{f"{coding} cut short": (in_coding(coding, _packed(coding, FEED)[:-5]), Why.BODY) for coding in CODINGS},
    **{f"{coding} that is none": (in_coding(coding, b"\xfe" * 500), Why.BODY) for coding in CODINGS},
    "one coding over another": (in_coding("br, gzip", gzip.compress(_packed("br", FEED))), Why.BODY),
    "a coding unasked": (in_coding("compress", FEED), Why.BODY),
}

SLOW: dict[str, tuple[Script, Why]] = {
    "a byte at a time, always in time": (drip(FEED, start=LENGTH, every=0.1), Why.LIMIT),
    "a byte at a time, too late": (drip(FEED, start=LENGTH, every=0.9), Why.TIMEOUT),
    "a head by drops": (drip(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n" * 9, every=0.05), Why.TIMEOUT),
    "silence before the head": (hang(), Why.TIMEOUT),
    "silence in the head": (hang(HEAD + b"Content-Ty"), Why.TIMEOUT),
    "silence in the body": (hang(LENGTH + b"<rss"), Why.TIMEOUT),
    "silence after hints": (hang(HINT * 3), Why.TIMEOUT),
}

BROKEN: dict[str, tuple[Script, Why]] = {
    "a reset at once": (reset(), Why.NETWORK),
    "a reset in the head": (reset(HEAD), Why.NETWORK),
    "a reset in the body": (reset(LENGTH + FEED), Why.BODY),
    "an end in the head": (raw(HEAD + b"Content-Le"), Why.NETWORK),
    "no HTTP at all": (raw(b"220 mail.example ESMTP\r\n"), Why.NETWORK),
    "a status of letters": (raw(b"HTTP/1.1 two OK\r\n\r\n"), Why.NETWORK),
    "a status line of noise": (raw(bytes(range(256)) * 9), Why.NETWORK),
    "less than its length": (raw(message(200, "Content-Length: 5000", body=FEED)), Why.BODY),
    "two lengths": (raw(message(200, "Content-Length: 5\r\nContent-Length: 6", body=FEED)), Why.NETWORK),
    "a length below nothing": (raw(message(200, "Content-Length: -5", body=FEED)), Why.NETWORK),
    "a cut chunk": (raw(CHUNKED + b"258\r\n<rss/>"), Why.BODY),
    "no last chunk": (raw(CHUNKED + b"6\r\n<rss/>\r\n"), Why.BODY),
    "a chunk of no size": (raw(CHUNKED + b"six\r\n<rss/>\r\n0\r\n\r\n"), Why.BODY),
    "a redirect to itself": (answer(302, "Location: ?"), Why.REDIRECT),
    "a redirect to nowhere": (answer(301), Why.REDIRECT),
}

ENDLESS: dict[str, tuple[Script, Why]] = {
    "a body without end": (flood(HEAD + b"\r\n", b"x" * 10_000), Why.LIMIT),
    "chunks without end": (flood(CHUNKED, b"3e8\r\n" + b"x" * 1000 + b"\r\n"), Why.LIMIT),
    "headers without end": (flood(HEAD, b"X-More: 1\r\n"), Why.LIMIT),
    "a header without end": (flood(HEAD + b"X-Long: ", b"x" * 1000), Why.LIMIT),
    "hints without end": (flood(b"", HINT), Why.LIMIT),
    "trailers without end": (flood(CHUNKED + b"0\r\n", b"X-More: 1\r\n"), Why.LIMIT),
}

REFUSED: dict[str, tuple[Script, Why]] = BOMBS | SLOW | BROKEN | ENDLESS

PRIVATE = (
    *("127.0.0.2", "127.2", "127.0.2", "2130706434", "0x7f000002", "0x7f.2", "017700000002", "0177.0.0.2"),
    *("127.0.0.2.", "127。0。0。2", "１２７.0.0.2", "①②⑦.0.0.2", "[::ffff:127.0.0.2]", "[::ffff:7f00:2]"),
    *("[::127.0.0.2]", "[64:ff9b::7f00:2]", "[2002:7f00:2::]", "[2001:0:7f00:2::]", "[::1]", "[::]", "0", "0.0.0.0"),
    *("10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "[fd00::1]", "[fe80::1]"),
    *("[fec0::1]", "[ff02::1]", "224.0.0.1", "255.255.255.255", "user@127.0.0.2", "example.com@127.0.0.2"),
    *("inner.test", "INNER.test."),
)
"""Private hosts in the notations in which redirects hide them; the last two are a name's, which leads there."""
