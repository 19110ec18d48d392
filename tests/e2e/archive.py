"""An archive of real feeds that may lie beside the project, and the publishers that serve it.

What feedparser finds in a feed is the measure of what is stored of it. Two differences are right, and no other: an item
that stands there twice, with one id, link and title, is one entry; an item without title, text and link tells nothing.
"""

import io
import tarfile
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import feedparser

from tests.e2e.origin import Origin, Script, conditional

PLACE = Path(__file__).parents[3] / "shared" / "data" / "feeds.tar.xz"
"""It is no part of the project: feeds as their publishers wrote them."""
LISTING = "MANIFEST.json"
"""The one file of it that is no feed."""
TELLING = ("title", "link", "summary", "content")
"""What an item must have one of, by feedparser's names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """How many items feedparser finds, how many of these repeat one, and how many say nothing."""

    found: int
    twice: int
    empty: int

    @property
    def distinct(self) -> int:
        """How many entries there are to store."""
        return self.found - self.twice - self.empty


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One file of the archive."""

    file: str
    body: bytes

    @property
    def slug(self) -> str:
        """Its name as a source: the digest's start, with which that of the file begins."""
        return f"feed-{self.file.partition('-')[0]}"

    def items(self) -> Items:
        """What feedparser finds, with the two options off that cost much and find nothing."""
        entries = feedparser.parse(io.BytesIO(self.body), sanitize_html=False, resolve_relative_uris=False).entries
        named = [(entry["id"], entry.get("link"), entry.get("title")) for entry in entries if entry.get("id")]
        empty = sum(not any(entry.get(name) for name in TELLING) for entry in entries)
        return Items(found=len(entries), twice=len(named) - len(set(named)), empty=empty)


class Publishers:
    """Every feed on a host of its own, which answers 304 to those who have it."""

    def __init__(self, feeds: tuple[Feed, ...]) -> None:
        self.origins = {
            feed.slug: Origin({"/feed": _script(feed)}, host=f"127.0.4.{number}")
            for number, feed in enumerate(feeds, 1)
        }
        self._running = ExitStack()

    def __enter__(self) -> Self:
        for origin in self.origins.values():
            self._running.enter_context(origin)
        return self

    def __exit__(self, *_: object) -> None:
        self._running.close()

    @property
    def document(self) -> str:
        """All of them as sources."""
        return "\n".join(f'[sources.{slug}]\nurl = "{origin.url("/feed")}"\n' for slug, origin in self.origins.items())

    @property
    def conditional(self) -> dict[str, list[bool]]:
        """Of each, which of the requests so far named what it has, and so were answered 304."""
        return {
            slug: [f'\r\nIf-None-Match: "{slug}"\r\n'.encode() in head for head in origin.heads]
            for slug, origin in self.origins.items()
        }


def unpacked(folder: Path) -> tuple[Feed, ...]:
    """All feeds of the archive, by way of an empty folder."""
    with tarfile.open(PLACE) as archive:
        archive.extractall(folder, filter="data")
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != LISTING)
    return tuple(Feed(file=path.name, body=path.read_bytes()) for path in files)


def table(rows: Iterable[tuple[Feed, Items, int]]) -> str:
    """A line a feed: how many entries of it are stored, how many items feedparser finds, and what is between them."""
    lines = (
        f"{stored:7} {items.found:10} {items.twice:5} {items.empty:5}  {feed.file}\n" for feed, items, stored in rows
    )
    return f"\n{'feedhub':>7} {'feedparser':>10} {'twice':>5} {'empty':>5}\n{''.join(lines)}"


def _script(feed: Feed) -> Script:
    return conditional(f'"{feed.slug}"', "Content-Type: application/xml", body=feed.body)
