"""Joins ports to adapters: the flows of one project folder."""

from functools import cached_property
from secrets import token_urlsafe

from flask import Flask

from feedhub.adapters.pool import ThreadDispatcher, ThreadMeanwhile
from feedhub.adapters.workers import dead, own_name
from feedhub.collector import look_less_often
from feedhub.flows.discover import Discover
from feedhub.flows.explain import Explain
from feedhub.flows.follow_hub import FollowHub
from feedhub.flows.import_sources import ImportSources
from feedhub.flows.list_topics import ListTopics
from feedhub.flows.mend_source import MendSource
from feedhub.flows.poll import Close, Keep, Outage, Pages, Placing, Poll, ended
from feedhub.flows.publish import Publish
from feedhub.flows.read_pushes import ReadPushes
from feedhub.flows.receive_push import ReceivePush
from feedhub.flows.serve_feed import ServeFeed
from feedhub.flows.serve_opml import ServeOpml
from feedhub.flows.show_health import ShowHealth
from feedhub.flows.show_source import ShowSource
from feedhub.flows.show_status import ShowStatus
from feedhub.flows.show_story import ShowStory
from feedhub.flows.show_topic import ShowTopic
from feedhub.flows.subscribe import Subscribe
from feedhub.flows.tick import Tick
from feedhub.flows.upkeep import Upkeep
from feedhub.flows.verify_subscription import VerifySubscription
from feedhub.model.polling import Pace
from feedhub.text.reach import reachable
from feedhub.web.app import create_app
from feedhub.web.desk import WebFlows
from feedhub.web.places import Places
from feedhub.wiring.ground import Ground

SHARE = 8
"""Sources of one host in a tick, for each request at once, where there is no gap between requests."""

THREADS = 4
"""Polls under way for each process that reads: some of them wait for the pages of articles, not for a processor."""


class House(Ground):
    """Everything that runs on one project folder, each part made when it is first asked for."""

    @cached_property
    def publish(self) -> Publish:
        """Shows what has settled and renders what changed."""
        return Publish(store=self.store, clock=self.clock, desk=self.desk, site=self.site)

    @cached_property
    def tick(self) -> Tick:
        """One look for due sources."""
        look_less_often()
        polling = self.settings.polling
        poll = self.poll
        return Tick(
            store=self.store,
            fetcher=self.fetcher,
            dispatcher=ThreadDispatcher(workers=THREADS * polling.workers),
            meanwhile=ThreadMeanwhile(),
            clock=self.clock,
            reload=self.reload,
            settle=ended,
            poll=poll,
            keep=self._keep,
            close=poll.close,
            publish=self.publish,
            upkeep=self._upkeep,
            worker=own_name(),
            batch=polling.batch,
            per_host=self._share,
            at_once=polling.per_host,
        )

    @cached_property
    def subscribe(self) -> Subscribe:
        """One look for subscriptions that want to be made, renewed or given up."""
        return Subscribe(
            store=self.store,
            fetcher=self.fetcher,
            clock=self.clock,
            mint=token_urlsafe,
            callback=Places(self.site.base_url).callback,
            works=self._pushable,
        )

    @cached_property
    def read_pushes(self) -> ReadPushes:
        """Puts what hubs have pushed through the line."""
        return ReadPushes(store=self.store, clock=self.clock, absorb=self.poll.push)

    @cached_property
    def show_status(self) -> ShowStatus:
        """How the service is."""
        return ShowStatus(store=self.store, newsroom=self.newsroom, clock=self.clock)

    @cached_property
    def show_source(self) -> ShowSource:
        """How one source is."""
        return ShowSource(store=self.store, newsroom=self.newsroom, clock=self.clock)

    @cached_property
    def mend_source(self) -> MendSource:
        """What an editor can do for one source."""
        return MendSource(store=self.store, documents=self.documents, check=self.check, clock=self.clock)

    @cached_property
    def follow_hub(self) -> FollowHub:
        """Keeps subscriptions in step with what feeds announce."""
        return FollowHub(mint=token_urlsafe, works=self._pushable)

    @cached_property
    def explain(self) -> Explain:
        """Says of a story who, why, which and where."""
        return Explain(store=self.store, newsroom=self.newsroom, site=self.site)

    @cached_property
    def discover(self) -> Discover:
        """Tells what feeds there are behind an address."""
        return Discover(fetcher=self.fetcher, sandbox=self.sandbox, clock=self.clock, authority=self.site.tag_authority)

    @cached_property
    def import_sources(self) -> ImportSources:
        """Takes in OPML files."""
        return ImportSources(documents=self.documents, check=self.check)

    @cached_property
    def app(self) -> Flask:
        """The web side."""
        return create_app(self._web_flows, site=self.site, user_agent=self.user_agent)

    def due(self) -> int:
        """How many sources wait to be polled now."""
        self.desk()
        with self.store.read() as unit:
            return unit.sources.count_due(self.clock())

    def free_dead(self) -> None:
        """Give back what workers hold that were killed on this machine."""
        with self.store.write() as unit:
            for name in dead(unit.sources.workers(self.clock())):
                unit.sources.release(name)

    def leave(self) -> None:
        """Give back what this process holds and will not do any more."""
        with self.store.write() as unit:
            unit.sources.release(own_name())

    def published(self) -> bool:
        """Whether every feed has bytes to serve, made with the settings as they are."""
        return self.publish.current()

    @cached_property
    def poll(self) -> Poll:
        """One source through the line."""
        keep = self._keep
        return Poll(
            store=self.store,
            sandbox=self.sandbox,
            pages=Pages(fetcher=self.fetcher, sandbox=self.sandbox),
            clock=self.clock,
            desk=self.desk,
            authority=self.site.tag_authority,
            close=keep.close,
            keep_push=keep.push,
        )

    @cached_property
    def _keep(self) -> Keep:
        stories = self.settings.stories
        return Keep(
            store=self.store,
            clock=self.clock,
            desk=self.desk,
            placing=Placing(
                authority=self.site.tag_authority,
                window=stories.window,
                settle=stories.settle,
                merge_at=stories.merge_at,
                review_at=stories.review_at,
            ),
            close=Close(
                store=self.store,
                clock=self.clock,
                desk=self.desk,
                pace=self._pace,
                outage=Outage(),
                follow=self.follow_hub,
            ),
        )

    def _pace(self) -> Pace:
        """How often sources are asked. Where one tick cannot take all, they are spread over the time of many."""
        polling = self.settings.polling
        ticks = len(self.desk().sources) // polling.batch
        return Pace(
            default_every=polling.default_every,
            min_every=polling.min_every,
            max_every=polling.max_every,
            spread=ticks * polling.tick,
        )

    @property
    def _share(self) -> int:
        """Sources of one host in a tick: as many as can be asked, one after the other, until the next."""
        polling = self.settings.polling
        turns = max(1, polling.tick // polling.host_gap) if polling.host_gap else SHARE
        return turns * polling.per_host

    @property
    def _pushable(self) -> bool:
        """Whether hubs are to tell us of news, and can."""
        settings = self.settings
        return settings.polling.websub and reachable(settings.site.base_url, settings.http.allow_hosts)

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
            status=self.show_status,
            source=self.show_source,
            health=ShowHealth(store=store),
            verify=VerifySubscription(store=store, clock=self.clock),
            receive=ReceivePush(store=store, clock=self.clock, desk=self.desk),
        )
