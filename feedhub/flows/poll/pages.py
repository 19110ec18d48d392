"""Full text for sources that ask for it: each new entry with the text of its article, where that can be had."""

from dataclasses import dataclass

from feedhub.flows.poll.ending import answer_of
from feedhub.model.fetching import Ask, Fetched, Outcome
from feedhub.model.keys import EntryKey
from feedhub.model.reading import PageAsk, ReadEntry
from feedhub.model.source import Source
from feedhub.ports import Fetcher, Sandbox

MOST = 30
"""Article pages fetched in one poll at most: a first poll of a long feed must not look like an attack."""

PATIENCE = 60_000
"""Milliseconds that the pages of one poll may take to come, all together: its lease does not wait for ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Fetches article pages through the one door, within its limits, and reads them in the sandbox."""

    fetcher: Fetcher
    sandbox: Sandbox

    def __call__(self, source: Source, fresh: tuple[ReadEntry, ...]) -> tuple[ReadEntry, ...]:
        """The entries, those with the text of their pages whose pages could be had."""
        if not source.fulltext:
            return fresh
        wanted = {read.entry.key: read.entry.link for read in fresh[:MOST] if read.entry.link}
        pages = self._fetched([Ask(ref=key, url=link, accept="text/html") for key, link in wanted.items()])
        return tuple(self._fuller(source, read, page=pages.get(read.entry.key)) for read in fresh)

    def _fetched(self, asks: list[Ask]) -> dict[EntryKey, Outcome]:
        pages: dict[EntryKey, Outcome] = {}
        spent = 0
        for batch in self.fetcher(asks):
            for ask, outcome in batch:
                pages[EntryKey(ask.ref)] = outcome
                spent += answer_of(outcome).millis
            if spent > PATIENCE:
                break
        return pages

    def _fuller(self, source: Source, read: ReadEntry, *, page: Outcome | None) -> ReadEntry:
        answer = answer_of(page) if page else None
        if not isinstance(answer, Fetched):
            return read
        ask = PageAsk(
            source=source,
            entry=read.entry,
            body=answer.body,
            media_type=answer.media_type,
            charset=answer.charset,
            url=answer.url,
        )
        fuller = self.sandbox.page(ask)
        return fuller if isinstance(fuller, ReadEntry) else read
