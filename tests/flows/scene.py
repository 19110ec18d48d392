"""A newsroom on fakes and SQLite: documents, what servers answer, and a clock that a test moves."""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from feedhub.adapters.store import SqlStore
from feedhub.flows.check import Check
from feedhub.flows.follow_hub import FollowHub
from feedhub.flows.poll import Close, Keep, Outage, Pages, Placing, Poll, ended
from feedhub.flows.publish import Publish
from feedhub.flows.reload import Reload
from feedhub.flows.reroute import Reroute
from feedhub.flows.tick import Tick
from feedhub.flows.upkeep import Upkeep
from feedhub.model.ending import Unread
from feedhub.model.fetching import Outcome
from feedhub.model.keys import SourceSlug, TopicSlug
from feedhub.model.polling import Pace, Polled, Ticked
from feedhub.model.rendition import Form
from feedhub.model.site import Site
from feedhub.model.source import SourceState
from feedhub.model.story import Story
from tests.builders import AUTHORITY
from tests.fakes import InlineDispatcher, InlineSandbox, ScriptedFetcher, SetTime, TextDocuments
from tests.stores import a_store

OUTLETS = """
[outlets.harbour_wire]
name = "Harbour Wire"
kind = "agency"

[outlets.caspian_tide]
name = "Caspian Tide"

[outlets.quay]
name = "Quay Bulletin"
"""

CUES = """
[cues.en.reports]
kind = "report"
weight = 0.9
patterns = ["{outlet} reports"]
"""

SOURCES = """
[sources.wire]
url = "https://wire.example/feed"
outlet = "harbour_wire"
every = "30m"

[sources.tide]
url = "https://tide.example/feed"
outlet = "caspian_tide"
every = "30m"
tags = ["coast"]

[sources.quay]
url = "https://quay.example/feed"
outlet = "quay"
every = "30m"
"""

TOPICS = """
[topics.ferries]
title = "Ferries"
match = "ferry"

[topics.coast]
title = "The coast"
match = "tag:coast"
"""

SITE = Site(title="The Test Wire", base_url="http://feeds.example", tag_authority=AUTHORITY)

WINDOW, KEEP = timedelta(hours=72), timedelta(days=400)

PLACING = Placing(authority=AUTHORITY, window=WINDOW)

WIRE, TIDE, QUAY = (f"https://{name}.example/feed" for name in ("wire", "tide", "quay"))


@dataclass(slots=True, kw_only=True)
class Scene:
    """What a test holds in its hands."""

    documents: TextDocuments
    fetcher: ScriptedFetcher
    clock: SetTime
    store: SqlStore
    sandbox: InlineSandbox
    reload: Reload
    poll: Poll
    publish: Publish
    reroute: Reroute
    upkeep: Upkeep
    tick: Tick

    def answer(self, url: str, *items: str) -> None:
        """Let a server give a feed of these items from now on."""
        self.fetcher.answers[url] = a_feed(*items)

    def play(self, by: timedelta = timedelta(minutes=31)) -> Ticked:
        """Let time pass, then tick."""
        self.clock.advance(by)
        return self.tick()

    def state(self, source: str) -> SourceState:
        """A source as the store knows it."""
        with self.store.read() as unit:
            state = unit.sources.get(SourceSlug(source))
        assert state is not None
        return state

    def stories(self, topic: str = "all") -> tuple[Story, ...]:
        """What a topic shows."""
        with self.store.read() as unit:
            return unit.stories.in_topic(TopicSlug(topic), limit=100)

    def titles(self, topic: str = "all") -> list[str]:
        """The headlines that a topic shows, newest first."""
        return [story.shown.title for story in self.stories(topic) if story.shown]

    def body(self, topic: str = "all", form: Form = Form.ATOM) -> bytes:
        """The bytes of a feed."""
        with self.store.read() as unit:
            rendition = unit.renditions.get(TopicSlug(topic), form)
        assert rendition is not None
        return rendition.body


def unread(state: SourceState, outcome: Outcome) -> Unread:
    """What is to be read of an answer that brings a new body."""
    found = ended(state, outcome)
    assert isinstance(found, Unread)
    return found


def a_scene(folder: Path, *, placing: Placing = PLACING, **documents: str) -> Scene:
    """A newsroom of three sources; `documents` replaces texts by name ("sources", "topics" ...)."""
    texts = {"outlets": OUTLETS, "cues": CUES, "sources": SOURCES, "topics": TOPICS} | documents
    files = TextDocuments({f"{name}.toml": text for name, text in texts.items()})
    clock, store, sandbox, fetcher = SetTime(), a_store(folder), InlineSandbox(), ScriptedFetcher()
    check = Check(documents=files, site=SITE, min_every=timedelta(minutes=5))
    reload = Reload(texts=check.texts, check=check, clock=clock, store=store, sandbox=sandbox)
    reroute = Reroute(store=store, clock=clock, desk=reload.desk, reach=timedelta(days=30))
    reload.reroute = reroute
    publish = Publish(store=store, clock=clock, desk=reload.desk, site=SITE)
    follow = FollowHub(mint=iter(map(str, range(1000))).__next__, works=False)
    keep = Keep(
        store=store,
        clock=clock,
        desk=reload.desk,
        placing=placing,
        close=Close(store=store, clock=clock, desk=reload.desk, pace=Pace, outage=Outage(), follow=follow),
    )
    poll = Poll(
        store=store,
        sandbox=sandbox,
        pages=Pages(fetcher=fetcher, sandbox=sandbox),
        clock=clock,
        desk=reload.desk,
        authority=AUTHORITY,
        close=keep.close,
        keep_push=keep.push,
    )
    upkeep = Upkeep(store=store, clock=clock, window=WINDOW, keep=KEEP)
    tick = Tick(
        store=store,
        fetcher=fetcher,
        dispatcher=InlineDispatcher(),
        meanwhile=lambda _: nullcontext(),
        clock=clock,
        reload=reload,
        settle=ended,
        poll=poll,
        keep=keep,
        close=poll.close,
        publish=publish,
        upkeep=upkeep,
        worker="test",
    )
    return Scene(
        documents=files,
        fetcher=fetcher,
        clock=clock,
        store=store,
        sandbox=sandbox,
        reload=reload,
        poll=poll,
        publish=publish,
        reroute=reroute,
        upkeep=upkeep,
        tick=tick,
    )


def a_feed(*items: str) -> bytes:
    """An RSS feed of these items."""
    return (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>A feed</title><link>https://a.example/</link>'
        f"<description>d</description>{''.join(items)}</channel></rss>"
    ).encode()


def an_item(guid: str, title: str, text: str, *, link: str = "", date: str = "Mon, 02 Mar 2026 08:50:00 GMT") -> str:
    """One RSS item."""
    return (
        f"<item><guid isPermaLink='false'>{guid}</guid><title>{title}</title><description>{text}</description>"
        f"<link>{link or f'https://a.example/{guid}'}</link><pubDate>{date}</pubDate></item>"
    )


def faults(polls: tuple[Polled, ...]) -> dict[str, str]:
    """What went wrong, by source."""
    return {polled.source: polled.fault for polled in polls if polled.fault}
