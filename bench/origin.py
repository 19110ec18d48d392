"""A server of many feeds in a process of its own: `/N/feed`, conditional, with 20 entries more at each generation."""

import random
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ENTRIES = 20
_DICE = random.Random(1)  # noqa: S311  # the same words each time
WORDS = ["".join(_DICE.choices("aeioulmnrstdkp", k=_DICE.randint(3, 9))) for _ in range(4000)]
GENERATION = [1]


class Handler(BaseHTTPRequestHandler):
    """Feeds, and `/advance`, which begins the next generation."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer."""
        if self.path == "/advance":
            GENERATION[0] += 1
        number = self.path.strip("/").partition("/")[0]
        etag = f'"{number}-{GENERATION[0]}"'
        known = self.headers.get("If-None-Match") == etag
        body = b"" if known else feed(number, GENERATION[0])
        self.send_response(304 if known else 200)
        self.send_header("ETag", etag)
        if not known:
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
        """Say nothing."""


def feed(number: str, generation: int) -> bytes:
    """A feed of `ENTRIES` articles of about 900 characters, all new in each generation."""
    items = []
    for index in range(ENTRIES):
        dice = random.Random(f"{number}-{generation}-{index}")  # noqa: S311  # the same text each time
        text = " ".join(dice.choices(WORDS, k=150)).capitalize()
        title = " ".join(dice.choices(WORDS, k=9)).capitalize()
        items.append(
            f"<item><title>{title}</title><link>http://127.0.0.1/{number}/{generation}/{index}</link>"
            f"<guid>{number}-{generation}-{index}</guid><pubDate>Mon, 02 Mar 2026 09:00:00 GMT</pubDate>"
            f"<description>&lt;p&gt;{text}, Reuters reports.&lt;/p&gt;</description></item>"
        )
    return (
        '<rss version="2.0"><channel><title>Bench</title><link>http://127.0.0.1/</link><language>en</language>'
        f"<description>d</description>{''.join(items)}</channel></rss>"
    ).encode()


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler)
    server.daemon_threads = True
    server.serve_forever()
