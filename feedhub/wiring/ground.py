"""The ground of a house: its folder, settings, documents, store and doors to the outside."""

import pkgutil
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from feedhub import __version__
from feedhub.adapters.clock import SetClock, SystemClock, clock_from
from feedhub.adapters.documents import FileDocuments
from feedhub.adapters.http import HttpFetcher, Limits
from feedhub.adapters.sandbox import ProcessSandbox, SandboxLimits
from feedhub.adapters.store import SqlStore, migrate, open_store
from feedhub.flows.check import Check
from feedhub.flows.reload import Reload
from feedhub.flows.reroute import Reroute
from feedhub.model.cue import Cues
from feedhub.model.newsroom import DocumentText, Newsroom
from feedhub.model.outlet import Outlets
from feedhub.model.site import Desk, Site
from feedhub.settings import Settings, environment, load_settings

if TYPE_CHECKING:
    from feedhub.flows.read import Read

REROUTE_REACH = timedelta(days=30)
"""How far back stories are routed again when topics change."""


class Ground:
    """One project folder with what everything else stands on, each part made when it is first asked for.

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
        return Check(documents=self.documents, site=self.site, min_every=self.settings.polling.min_every)

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
            gap=polling.host_gap.total_seconds(),
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

    def verified(self) -> Desk:
        """What the documents define now; nothing is touched. Raises ConfigError."""
        return self._checked(self.check.texts())

    def _checked(self, texts: tuple[DocumentText, ...]) -> Desk:
        """What the texts define; the same texts are not checked twice in a row, which takes a tenth of a second."""
        if self._last is None or self._last[0] != texts:
            self._last = texts, self.check(texts)
        return self._last[1]

    def close(self) -> None:
        """End children and connections, of what was ever made."""
        for name in ("fetcher", "sandbox", "store"):
            if name in self.__dict__:
                self.__dict__[name].close()


class _MakeRead:
    """The flow that reads, by its name: its parsers take half a second to import, and only the sandbox wants them."""

    name = "feedhub.flows.read:Read"

    def __call__(self, outlets: Outlets, cues: Cues) -> "Read":
        made: Read = pkgutil.resolve_name(self.name)(outlets, cues)
        return made

    def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
        return pkgutil.resolve_name, (self.name,)
