"""Read a body into entries that are ready to be placed. Runs in the sandbox."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from feedhub.errors import ParseError, SandboxError
from feedhub.model.cue import Cues
from feedhub.model.entry import Entry
from feedhub.model.keys import Guid, OutletSlug, SourceSlug
from feedhub.model.outlet import Outlets
from feedhub.model.raw import ParsedFeed, RawEntry
from feedhub.model.reading import PageAsk, ReadAsk, ReadDone, ReadEntry, Unreadable
from feedhub.model.source import Source
from feedhub.steps.attribute import Lexicon, attribute, prepare
from feedhub.steps.clean import clean, trimmed, with_page
from feedhub.steps.cluster import fingerprint
from feedhub.steps.parse import parse, read_page
from feedhub.text.furniture import cut

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
            feed = parse(ask.body, media_type=ask.media_type, charset=ask.charset, url=ask.url)
        except ParseError as error:
            return Unreadable(why=error.why)
        fresh: dict[str, ReadEntry] = {}
        dropped: list[str] = []
        for raw in feed.entries:
            if raw.digest in ask.known:
                continue
            try:
                read = self._entry(raw, ask, feed)
            except ParseError as error:
                dropped.append(error.why)
            else:
                fresh.setdefault(read.entry.guid, read)
        return ReadDone(
            form=feed.form,
            title=feed.title,
            link=feed.link,
            total=len(feed.entries),
            fresh=tuple(fresh.values()),
            withdrawn=tuple(Guid(guid) for guid in feed.withdrawn),
            dropped=tuple(dropped),
            faults=feed.faults,
        )

    def page(self, ask: PageAsk) -> ReadEntry | Unreadable:
        """The entry with the text of its article page."""
        try:
            text = read_page(ask.body, media_type=ask.media_type, charset=ask.charset, url=ask.url)
        except ParseError as error:
            return Unreadable(why=error.why)
        return self._judged(with_page(ask.entry, text), ask.source)

    def warm(self) -> None:
        """Touch everything that libraries load at first use. Raises SandboxError if a sample cannot be read."""
        for sample in SAMPLES:
            match self(_ask(sample)):
                case ReadDone(fresh=(first, *_)):
                    self.page(_page_ask(first.entry))
                case outcome:
                    raise SandboxError(f"a sample could not be read: {outcome}")

    def _entry(self, raw: RawEntry, ask: ReadAsk, feed: ParsedFeed) -> ReadEntry:
        entry = clean(raw, ask.source, feed_lang=feed.lang, now=ask.now, authority=ask.authority)
        return self._judged(entry, ask.source)

    def _judged(self, entry: Entry, source: Source) -> ReadEntry:
        kept = cut(entry.text, furniture=self.cues.furniture, noise=self.cues.noise)
        if kept != entry.text:
            entry = trimmed(entry, kept)
        credit = attribute(entry, source=source, lexicon=self.lexicon)
        return ReadEntry(entry=entry, credit=credit, fingerprint=fingerprint(entry, text=entry.text))


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
