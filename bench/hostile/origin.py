"""A server that does harm, in a process of its own: `python -m bench.hostile.origin`. What it does stands in the path.

/drip     a byte each half second          /hang    takes the request and says nothing
/bomb     gzip, 1000 to 1, 50 MB           /flood   10,000 items, all new each time, in all languages
/killer   markup nested 200,000 deep in each of its items, for parsers that recurse or copy
"""

import asyncio
import gzip
from collections.abc import Awaitable, Callable, Mapping
from itertools import count

from bench.texts import http_date

PORT = 8798
ADDRESS = "127.200.0.{number}"
KINDS = ("drip", "hang", "bomb", "flood", "killer")

_OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nConnection: close\r\n"
_HEAD = b'<?xml version="1.0"?><rss version="2.0"><channel><title>Bad</title><link>http://bad.example/</link>'
_FOOT = b"</channel></rss>"
_TURNS = count()


def url(number: int) -> str:
    """The address of a hostile source; hosts of their own, the kinds in turn."""
    return f"http://{ADDRESS.format(number=1 + number)}:{PORT}/{KINDS[number % len(KINDS)]}/{number}"


async def main() -> None:
    """Serve."""
    servers = [
        await asyncio.start_server(_serve, ADDRESS.format(number=1 + number), PORT) for number in range(len(KINDS) * 4)
    ]
    print("ready", flush=True)
    await asyncio.gather(*(server.serve_forever() for server in servers))


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        request = await reader.readuntil(b"\r\n\r\n")
        await _ANSWERS[request.split(b"/")[1].decode()](writer)
        await writer.drain()
    except OSError:
        pass  # it had enough of us
    finally:
        writer.close()


async def _drip(writer: asyncio.StreamWriter) -> None:
    writer.write(_OK + b"\r\n")
    for byte in _HEAD * 10:
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(0.5)


async def _hang(_: asyncio.StreamWriter) -> None:
    await asyncio.sleep(300)


async def _bomb(writer: asyncio.StreamWriter) -> None:
    writer.write(_OK + b"Content-Encoding: gzip\r\n\r\n" + _BOMB)


async def _flood(writer: asyncio.StreamWriter) -> None:
    turn = next(_TURNS)
    items = "".join(
        f"<item><title>Flood {turn} brings {number} litres</title><guid>{turn}-{number}</guid>"
        f"<link>http://bad.example/{turn}/{number}</link><pubDate>{http_date(number)}</pubDate>"
        f"<description>Water {turn} rose by {number} cm in town {number * 7} on day {number % 31}.</description></item>"
        for number in range(10_000)
    )
    writer.write(_OK + b"\r\n" + _HEAD + items.encode() + _FOOT)


async def _killer(writer: asyncio.StreamWriter) -> None:
    writer.write(_OK + b"\r\n" + _KILLER)


_BOMB = gzip.compress(_HEAD + b" " * 50_000_000, 9)
_KILLER = _HEAD + b"<a>" * 1_300_000 + b"</a>" * 1_300_000 + _FOOT
_ANSWERS: Mapping[str, Callable[[asyncio.StreamWriter], Awaitable[None]]] = {
    "drip": _drip,
    "hang": _hang,
    "bomb": _bomb,
    "flood": _flood,
    "killer": _killer,
}

if __name__ == "__main__":
    asyncio.run(main())
