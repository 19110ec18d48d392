"""Tell what feeds there are behind the address of any page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, assert_never

from feedhub.model.discovery import Discovery, FoundFeed
from feedhub.model.fetching import Accepted, Ask, Fetched, Gone, Moved, NotModified, Outcome, Refused
from feedhub.model.keys import OutletSlug, SourceSlug
from feedhub.model.reading import Died, DiscoverAsk, Discovered, ReadAsk, ReadDone
from feedhub.model.source import Source
from feedhub.ports import Clock, Fetcher, Sandbox
from feedhub.text.feed_urls import guesses

ACCEPT: Final = (
    "text/html, application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8"
)
MOST: Final = 20
"""Feeds of a page that are asked for: a portal with more has an index of its own for people to choose from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discover:
    """Asks for a page, for the feeds that it names and, only if it names none, where feeds are often found."""

    fetcher: Fetcher
    sandbox: Sandbox
    clock: Clock
    authority: str

    def __call__(self, url: str) -> Discovery:
        """The feeds behind an http or https address, each of them read; a feed's own address gives that feed."""
        page = self._fetched([url])[url]
        if isinstance(page, str):
            return Discovery(url=url, fault=page)
        own = self._read(page)
        if isinstance(own, FoundFeed):
            return Discovery(url=url, feeds=(own,))
        ask = DiscoverAsk(
            body=page.body, media_type=page.media_type, charset=page.charset, url=page.url, links=page.links
        )
        match self.sandbox.discover(ask):
            case Died() as died:
                return Discovery(url=url, fault=f"the page could not be read safely: {died.why}")
            case Discovered() as named:
                return self._checked(url, named, page=page.url)
            case outcome:
                assert_never(outcome)

    def _checked(self, url: str, named: Discovered, *, page: str) -> Discovery:
        found, broken = self._found(link.url for link in named.feeds[:MOST])
        feeds = tuple(found) or (() if named.feeds else self._guessed(page))
        return Discovery(url=url, feeds=feeds, broken=tuple(broken), hubs=named.hubs, topic=named.topic)

    def _guessed(self, page: str) -> tuple[FoundFeed, ...]:
        """The first feed at an address that sites often have: one that is found makes it needless to ask for more."""
        tries = (self._found([guess])[0] for guess in guesses(page))
        return tuple(next(filter(None, tries), ()))

    def _found(self, urls: Iterable[str]) -> tuple[list[FoundFeed], list[tuple[str, str]]]:
        """Those of the addresses that are feeds, each feed once, and what is wrong with the others."""
        found: dict[str, FoundFeed] = {}
        broken: list[tuple[str, str]] = []
        for url, outcome in self._fetched(urls).items():
            read = self._read(outcome) if isinstance(outcome, Fetched) else outcome
            if isinstance(read, FoundFeed):
                found.setdefault(read.url, read)
            else:
                broken.append((url, read))
        return list(found.values()), broken

    def _fetched(self, urls: Iterable[str]) -> dict[str, Fetched | str]:
        """What stands at each address, or why nothing came, in the order of the addresses."""
        asks = [Ask(ref=url, url=url, accept=ACCEPT) for url in dict.fromkeys(urls)]
        ended = {ask.ref: _body_of(outcome) for lot in self.fetcher(asks) for ask, outcome in lot}
        return {ask.ref: ended[ask.ref] for ask in asks}

    def _read(self, fetched: Fetched) -> FoundFeed | str:
        """The feed in a body, or why there is none."""
        source = Source(slug=SourceSlug("discovered"), url=fetched.url, outlet=OutletSlug("discovered"))
        read = self.sandbox.read(
            ReadAsk(
                source=source,
                body=fetched.body,
                media_type=fetched.media_type,
                charset=fetched.charset,
                url=fetched.url,
                now=self.clock(),
                authority=self.authority,
            )
        )
        if not isinstance(read, ReadDone):
            return read.why
        dates = [item.entry.published for item in read.fresh if item.entry.published]
        return FoundFeed(
            url=fetched.url, title=read.title, form=read.form, items=read.total, latest=max(dates, default=None)
        )


def _body_of(outcome: Outcome) -> Fetched | str:
    match outcome.then if isinstance(outcome, Moved) else outcome:
        case Fetched() as fetched:
            return fetched
        case Refused() as refused:
            return refused.detail
        case Gone():
            return "the publisher says that it is gone for good (410)"
        case NotModified() | Accepted():
            return "the server answered something else than it was asked"
        case answer:
            assert_never(answer)
