"""Joins ports to adapters: the one module that knows everyone."""

import os
import pkgutil
import socket
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask

from feedhub import __version__
from feedhub.adapters.clock import SetClock, SystemClock, clock_from
from feedhub.adapters.documents import FileDocuments
from feedhub.adapters.http import HttpFetcher, Limits
from feedhub.adapters.pool import ThreadDispatcher
from feedhub.adapters.sandbox import ProcessSandbox, SandboxLimits
from feedhub.adapters.store import SqlStore, migrate, open_store
from feedhub.flows.check import Check
from feedhub.flows.explain import Explain
from feedhub.flows.import_sources import ImportSources
from feedhub.flows.list_topics import ListTopics
from feedhub.flows.poll import Placing, Poll
from feedhub.flows.publish import Publish
from feedhub.flows.reload import Reload
from feedhub.flows.reroute import Reroute
from feedhub.flows.serve_feed import ServeFeed
from feedhub.flows.serve_opml import ServeOpml
from feedhub.flows.show_health import ShowHealth
from feedhub.flows.show_status import ShowStatus
from feedhub.flows.show_story import ShowStory
from feedhub.flows.show_topic import ShowTopic
from feedhub.flows.tick import Tick
from feedhub.flows.upkeep import Upkeep
from feedhub.model.cue import Cues
from feedhub.model.newsroom import DocumentText, Newsroom
from feedhub.model.outlet import Outlets
from feedhub.model.polling import Pace
from feedhub.model.site import Desk, Site
from feedhub.settings import Settings, environment, load_settings
from feedhub.web.app import create_app
from feedhub.web.desk import WebFlows

if TYPE_CHECKING:
    from feedhub.flows.read import Read

SHARE = 4
"""Sources of one host in a tick, for each connection that it may have: a platform of many feeds is not starved."""

REROUTE_REACH = timedelta(days=30)
"""How far back stories are routed again when topics change."""


class House:
    """One project folder with everything that runs on it, each part made when it is first asked for.

    Settings and documents are read before the store is opened: while they are wrong nothing is touched. `serving`
    makes a house that only answers: it follows the documents but leaves it to the poller to write them down.
    """

    def __init__(self, root: Path, environ: Mapping[str, str] | None = None, *, serving: bool = False) -> None:
        self.root = root
        self.environ = environment() if environ is None else environ
        self._serving = serving
        self._last: tuple[tuple[DocumentText, ...], Desk] | None = None

    @cached_property
    def settings(self) -> Settings:
        """config/feedhub.toml and the environment. Raises ConfigError."""
        return load_settings(self.root / "config" / "feedhub.toml", self.environ)

    @cached_property
    def clock(self) -> SystemClock | SetClock:
        """The machine's time, or what FEEDHUB_NOW names."""
        return clock_from(self.environ.get("FEEDHUB_NOW"))

    @cached_property
    def site(self) -> Site:
        """What the operator says of the whole service."""
        site, feeds = self.settings.site, self.settings.feeds
        return Site(
            title=site.title,
            base_url=site.base_url,
            tag_authority=site.tag_authority,
            language=site.language,
            timezone=site.timezone,
            contact=site.contact,
            items=feeds.items,
            content=feeds.content,
            link=feeds.link,
            credit=feeds.credit,
            id_scope=feeds.id_scope,
            hub=feeds.hub,
            threshold=feeds.threshold,
        )

    @cached_property
    def documents(self) -> FileDocuments:
        """The documents under config/."""
        return FileDocuments(folder=self.root / "config", include=self.settings.include)

    @cached_property
    def check(self) -> Check:
        """Says whether the documents are right."""
        polling = self.settings.polling
        return Check(
            documents=self.documents,
            site=self.site,
            default_every=polling.default_every,
            min_every=polling.min_every,
        )

    @cached_property
    def store(self) -> SqlStore:
        """The database, brought up to date. Raises ConfigError, before it is touched, if the documents are wrong."""
        self.verified()
        url = self.settings.storage.database_url
        migrate(url)
        return open_store(url)

    @cached_property
    def fetcher(self) -> HttpFetcher:
        """The one door to the network."""
        http, polling = self.settings.http, self.settings.polling
        return HttpFetcher(
            limits=Limits(
                connect=http.connect_timeout.total_seconds(),
                stall=http.stall_timeout.total_seconds(),
                deadline=http.timeout.total_seconds(),
                body=http.max_bytes,
            ),
            user_agent=self.user_agent,
            allow_hosts=frozenset(http.allow_hosts),
            per_host=polling.per_host,
            clock=self.clock,
        )

    @cached_property
    def sandbox(self) -> ProcessSandbox:
        """The children in which bodies are read."""
        sandbox = self.settings.sandbox
        limits = SandboxLimits(cpu=sandbox.cpu, wall=sandbox.wall, memory_mb=sandbox.memory_mb)
        return ProcessSandbox(_MakeRead(), limits=limits, workers=self.settings.polling.workers)

    @cached_property
    def reload(self) -> Reload:
        """Keeps the documents in use."""
        if self._serving:
            return Reload(texts=self.check.texts, check=self._checked, clock=self.clock)
        return Reload(
            texts=self.check.texts,
            check=self._checked,
            clock=self.clock,
            store=self.store,
            sandbox=self.sandbox,
            reroute=self.reroute,
        )

    @cached_property
    def reroute(self) -> Reroute:
        """Routes stored stories again."""
        return Reroute(store=self.store, clock=self.clock, desk=self.desk, reach=REROUTE_REACH)

    @cached_property
    def publish(self) -> Publish:
        """Shows what has settled and renders what changed."""
        return Publish(store=self.store, clock=self.clock, desk=self.desk, site=self.site)

    @cached_property
    def tick(self) -> Tick:
        """One look for due sources."""
        polling = self.settings.polling
        return Tick(
            store=self.store,
            fetcher=self.fetcher,
            dispatcher=ThreadDispatcher(workers=polling.workers),
            clock=self.clock,
            reload=self.reload,
            poll=self._poll,
            publish=self.publish,
            upkeep=self._upkeep,
            worker=f"{socket.gethostname()}:{os.getpid()}",
            batch=polling.batch,
            per_host=SHARE * polling.per_host,
        )

    @cached_property
    def explain(self) -> Explain:
        """Says of a story who, why, which and where."""
        return Explain(store=self.store, newsroom=self.newsroom, site=self.site)

    @cached_property
    def import_sources(self) -> ImportSources:
        """Takes in OPML files."""
        return ImportSources(documents=self.documents, check=self.check)

    @cached_property
    def app(self) -> Flask:
        """The web side."""
        return create_app(self._web_flows, site=self.site, user_agent=self.user_agent)

    @property
    def user_agent(self) -> str:
        """What sources are told of who asks."""
        return self.settings.user_agent(__version__)

    def desk(self) -> Desk:
        """The newsroom in use."""
        return self.reload.desk()

    def newsroom(self) -> Newsroom:
        """What the documents define."""
        return self.desk().newsroom

    def due(self) -> int:
        """How many sources wait to be polled now."""
        self.desk()
        now = self.clock()
        with self.store.read() as unit:
            return sum(state.due <= now and not state.gone for state in unit.sources.all())

    def published(self) -> bool:
        """Whether every feed has bytes to serve, made with the settings as they are."""
        return self.publish.current()

    def close(self) -> None:
        """End children and connections, of what was ever made."""
        for name in ("fetcher", "sandbox", "store"):
            if name in self.__dict__:
                self.__dict__[name].close()

    def verified(self) -> Desk:
        """What the documents define now; nothing is touched. Raises ConfigError."""
        return self._checked(self.check.texts())

    def _checked(self, texts: tuple[DocumentText, ...]) -> Desk:
        """What the texts define; the same texts are not checked twice in a row, which takes a tenth of a second."""
        if self._last is None or self._last[0] != texts:
            self._last = texts, self.check(texts)
        return self._last[1]

    @property
    def _poll(self) -> Poll:
        stories, polling = self.settings.stories, self.settings.polling
        return Poll(
            store=self.store,
            sandbox=self.sandbox,
            fetcher=self.fetcher,
            clock=self.clock,
            desk=self.desk,
            placing=Placing(
                authority=self.site.tag_authority,
                window=stories.window,
                settle=stories.settle,
                merge_at=stories.merge_at,
                review_at=stories.review_at,
            ),
            pace=Pace(min_every=polling.min_every, max_every=polling.max_every),
        )

    @property
    def _upkeep(self) -> Upkeep:
        stories = self.settings.stories
        return Upkeep(store=self.store, clock=self.clock, window=stories.window, keep=stories.keep)

    @property
    def _web_flows(self) -> WebFlows:
        store, newsroom, site = self.store, self.newsroom, self.site
        return WebFlows(
            feed=ServeFeed(store=store, newsroom=newsroom),
            opml=ServeOpml(store=store, newsroom=newsroom, site=site),
            topics=ListTopics(store=store, newsroom=newsroom),
            topic=ShowTopic(store=store, newsroom=newsroom, site=site),
            story=ShowStory(store=store, explain=self.explain),
            status=ShowStatus(store=store, newsroom=newsroom, clock=self.clock),
            health=ShowHealth(store=store),
        )


class _MakeRead:
    """The flow that reads, by its name: its parsers take half a second to import, and only the sandbox wants them."""

    name = "feedhub.flows.read:Read"

    def __call__(self, outlets: Outlets, cues: Cues) -> "Read":
        made: Read = pkgutil.resolve_name(self.name)(outlets, cues)
        return made

    def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
        return pkgutil.resolve_name, (self.name,)
