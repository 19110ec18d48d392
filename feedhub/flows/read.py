"""Read a body into entries that are ready to be placed. Runs in the sandbox."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from feedhub.errors import ParseError, SandboxError
from feedhub.model.cue import Cues
from feedhub.model.entry import Entry, Folded
from feedhub.model.keys import Guid, OutletSlug, SourceSlug
from feedhub.model.outlet import Outlets
from feedhub.model.raw import ParsedFeed, Portion, RawEntry
from feedhub.model.reading import DiscoverAsk, Discovered, PageAsk, ReadAsk, ReadDone, ReadEntry, Unreadable
from feedhub.model.source import Source
from feedhub.steps.attribute import Lexicon, attribute, prepare
from feedhub.steps.clean import beside, clean, named, own_guid, trimmed, with_page
from feedhub.steps.cluster import fingerprint
from feedhub.steps.parse import chosen_of, discover, parse_new, read_listing, read_page
from feedhub.text.furniture import cut
from feedhub.text.words import run_of

_SOURCE = Source(slug=SourceSlug("sample"), url="https://sample.example/feed", outlet=OutletSlug("sample"))

_WORDS = "The harbour opens on Monday after two years of work on its two piers, the port said in a statement on Sunday."

_RSS = f"<rss><channel><item><title>1</title><pubDate>1 March 2026</pubDate><description>{_WORDS}</description></item>"
_ATOM = (
    f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>1</title><summary>{_WORDS}</summary></entry>'
)
_JSON = f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{{"id": "1", "content_text": "{_WORDS}"}}]}}'
_PAGE = f"<html><body><article><h1>The harbour opens</h1><p>{_WORDS}</p><p>{_WORDS}</p></article></body></html>"

SAMPLES = (f"{_RSS}</channel></rss>", f"{_RSS}<item>", f"{_ATOM}</feed>", _JSON)
"""A feed of each kind, one of them cut short, each with one entry at least."""

_EPOCH = datetime(2026, 3, 2, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Read:
    """Parse, clean, attribute and fingerprint, with one registry and its cues."""

    outlets: Outlets
    cues: Cues
    lexicon: Lexicon = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lexicon", prepare(self.outlets, self.cues))

    def __call__(self, ask: ReadAsk) -> ReadDone | Unreadable:
        """Everything new in a feed body. A bad item costs that item; a body that is no feed is Unreadable."""
        try:
            portion = _portion(ask)
        except ParseError as error:
            return Unreadable(why=error.why)
        feed = portion.feed
        kept: dict[Guid, Entry] = {}
        dropped: list[str] = []
        for raw in feed.entries:
            try:
                entry = self._entry(raw, ask, feed)
            except ParseError as error:
                dropped.append(error.why)
            else:
                entry = _apart(entry, kept, ask)
                kept.setdefault(entry.guid, entry)
        return ReadDone(
            form=feed.form,
            title=feed.title,
            link=feed.link,
            total=portion.total,
            fresh=self._judged(kept.values(), ask.source),
            withdrawn=tuple(Guid(guid) for guid in feed.withdrawn),
            dropped=tuple(dropped),
            faults=feed.faults,
            hints=feed.hints,
            seen=portion.seen,
            more=portion.more,
        )

    def page(self, ask: PageAsk) -> ReadEntry | Unreadable:
        """The entry with the text of its article page."""
        try:
            text = read_page(ask.body, media_type=ask.media_type, charset=ask.charset, url=ask.url)
        except ParseError as error:
            return Unreadable(why=error.why)
        (read,) = self._judged((self._trimmed(with_page(ask.entry, text)),), ask.source)
        return read

    def discover(self, ask: DiscoverAsk) -> Discovered:
        """The feeds that a page names; what is no page names none."""
        return discover(ask.body, charset=ask.charset, url=ask.url, links=ask.links)

    def warm(self) -> None:
        """Touch everything that libraries load at first use. Raises SandboxError if a sample cannot be read."""
        self.discover(DiscoverAsk(body=_PAGE.encode(), media_type="", charset=None, url=_SOURCE.url))
        for sample in SAMPLES:
            match self(_ask(sample)):
                case ReadDone(fresh=(first, *_)):
                    self.page(_page_ask(first.entry))
                case outcome:
                    raise SandboxError(f"a sample could not be read: {outcome}")

    def _entry(self, raw: RawEntry, ask: ReadAsk, feed: ParsedFeed) -> Entry:
        names = frozenset({feed.title, feed.link, ask.url, ask.source.url})
        entry = clean(raw, ask.source, feed_lang=feed.lang, now=ask.now, authority=ask.authority, names=names)
        return self._trimmed(entry)

    def _trimmed(self, entry: Entry) -> Entry:
        kept = cut(entry.text, furniture=self.cues.furniture, noise=self.cues.noise)
        return entry if kept == entry.text else trimmed(entry, kept)

    def _judged(self, entries: Collection[Entry], source: Source) -> tuple[ReadEntry, ...]:
        """The entries with credits and fingerprints. One verb after the other: so its code and tables stay in cache."""
        given = [attribute(entry, source=source, lexicon=self.lexicon, trimmed=True) for entry in entries]
        prints = [fingerprint(entry, text=entry.text) for entry in entries]
        folded = [Folded(title=run_of(entry.title), text=run_of(entry.text)) for entry in entries]
        together = zip(entries, given, prints, folded, strict=True)
        return tuple(
            ReadEntry(entry=entry, credit=credit, fingerprint=made, folded=words)
            for entry, credit, made, words in together
        )


def _apart(entry: Entry, kept: Mapping[Guid, Entry], ask: ReadAsk) -> Entry:
    """The entry, under a guid of its own where another of the body has the one that it was given."""
    first = kept.get(entry.guid)
    if first is None or not beside(entry, first):
        return entry
    return named(entry, own_guid(entry), authority=ask.authority)


def _portion(ask: ReadAsk) -> Portion:
    """What is new in a body, or in the list that stands for a feed. Raises ParseError."""
    if ask.source.page:
        listed = read_listing(ask.body, charset=ask.charset, url=ask.url, page=ask.source.page)
        return chosen_of(listed, seen=ask.seen, most=ask.most)
    return parse_new(
        ask.body, media_type=ask.media_type, charset=ask.charset, url=ask.url, seen=ask.seen, most=ask.most
    )


def _ask(sample: str) -> ReadAsk:
    return ReadAsk(
        source=_SOURCE,
        body=sample.encode(),
        media_type="",
        charset=None,
        url=_SOURCE.url,
        now=_EPOCH,
        authority="sample.example,2026",
    )


def _page_ask(entry: Entry) -> PageAsk:
    return PageAsk(source=_SOURCE, entry=entry, body=_PAGE.encode(), media_type="", charset=None, url=_SOURCE.url)
