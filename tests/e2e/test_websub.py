"""WebSub with the real program, a hub and a publisher on loopback.

The numbers are those of the public list of tests for subscribers (websub.rocks); each is a feed with a hub of its own,
and all of them are sources of one running feedhub.
"""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.e2e.conftest import MORNING, planted
from tests.e2e.hub import Hub, Manner
from tests.e2e.news import BRIDGE, item, rss
from tests.e2e.origin import Origin, Script, answer
from tests.e2e.program import Project, Running, answers, free_port

RSS, ATOM, HTML = "Content-Type: application/rss+xml", "Content-Type: application/atom+xml", "Content-Type: text/html"
NUMBERS = (100, 101, 102, 103, 104, 200, 201, 202, 203, 204, 205, 300, 301, 302)
TIDINGS = {
    2: "Plums will be dear this autumn: frost took half of the blossom in the orchards of {} on Sunday night.",
    3: "Nine swimmers crossed the cold lake before breakfast, the coach of {} said; two had to be pulled out.",
    4: "A parrot that was thought lost has come home to {} by train, in the luggage of a clarinet player.",
    5: "Chess is taught to every fourth form in {} from September on, after a vote of parents and teachers.",
}
OTHERS = ("denied", "silent", "news")
NAMES = (*(f"test{number}" for number in NUMBERS), *OTHERS)


def link(url: str, rel: str) -> str:
    """A Link header."""
    return f'Link: <{url}>; rel="{rel}"'


def linked(hub: str, topic: str, body: bytes) -> Script:
    """A feed that names hub and topic in its head."""
    return answer(200, RSS, link(hub, "hub"), link(topic, "self"), body=body)


def feed(name: str, *more: str) -> bytes:
    """A feed of one item, and what else stands in the channel."""
    story = item(f"{name}-1", f"The {name} bridge is open", *BRIDGE, link=f"https://mirel.example/{name}/1")
    return rss(*more, story, title=name).replace(
        b'<rss version="2.0">', b'<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">'
    )


def news(name: str, number: int = 2) -> bytes:
    """What a hub pushes: the newest item alone."""
    return rss(told(name, number), title=name)


def told(name: str, number: int, date: str = "Mon, 02 Mar 2026 08:55:00 GMT") -> str:
    """The item of a story that has nothing in common with those of other numbers."""
    title, place = f"News {number} of {name}", f"https://mirel.example/{name}/{number}"
    return item(f"{name}-{number}", title, TIDINGS[number].format(name), link=place, date=date)


def atom(name: str, hub: str, topic: str) -> bytes:
    """The same as Atom."""
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>{name}</title><id>urn:x:{name}</id>'
        f'<link rel="hub" href="{hub}"/><link rel="self" href="{topic}"/><updated>2026-03-02T08:30:00Z</updated>'
        f"<entry><title>{name} opens</title><id>urn:x:{name}-1</id><updated>2026-03-02T08:30:00Z</updated>"
        f"<content>{BRIDGE[0]}</content></entry></feed>"
    ).encode()


def page(name: str, hub: str, topic: str) -> bytes:
    """A page that lists articles where there is no feed."""
    return (
        f'<!doctype html><html><head><title>{name}</title><link rel="hub" href="{hub}">'
        f'<link rel="self" href="{topic}"></head><body><article><a href="/a/1">{name} opens</a></article></body></html>'
    ).encode()


@dataclass(slots=True, kw_only=True)
class World:
    """A running feedhub, its hub and its publisher."""

    project: Project
    running: Running
    hub: Hub
    origin: Origin
    port: int

    def at(self, moment: str) -> None:
        """Let it be that time."""
        self.project.root.joinpath("now").write_text(moment, encoding="utf-8")

    def until(self, condition: Callable[[], object]) -> None:
        """Wait until something is so."""
        self.running.until(condition, within=60)

    def topic(self, name: str) -> str:
        """The topic of a source that is what its address says."""
        return self.origin.url(f"/{name}")

    def shows(self, text: str) -> bool:
        """Whether the feed of all stories holds a text."""
        return answers(self.port, "/all.rss", holding=text)

    def stored(self, name: str) -> dict[str, object]:
        """The subscription of a source as it is stored."""
        return self._row("SELECT * FROM subscription WHERE source = ?", name)

    def next(self, name: str) -> str:
        """When a source is asked next, and why."""
        return str(self._row("SELECT next_reason FROM source WHERE slug = ?", name)["next_reason"])

    def polls(self, name: str) -> int:
        """How often a source was asked."""
        return sum(head.startswith(f"GET /{name} ".encode()) for head in self.origin.heads)

    def _row(self, query: str, name: str) -> dict[str, object]:
        connection = sqlite3.connect(self.project.root / "var" / "feedhub.sqlite3")
        connection.row_factory = sqlite3.Row
        try:
            row = connection.execute(query, (name,)).fetchone()
            return dict(row) if row else {}
        finally:
            connection.close()


@pytest.fixture(scope="module")
def world(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """All sources polled once and all hubs asked."""
    project = planted(template, tmp_path_factory.mktemp("websub") / "project")
    port = free_port()
    with Origin({}) as origin, Hub({"/denied": Manner(denies="no room"), "/silent": Manner(silent=True)}) as hub:
        hub.manners["/203"] = Manner(status=307, location=hub.url("/203/new"))
        hub.manners["/204"] = Manner(status=308, location=hub.url("/204/new"))
        hub.manners["/205"] = Manner(topic=origin.url("/another"))
        _publish(origin, hub)
        _settle(project, origin, hub, port=port)
        with project.start("run") as running:
            world = World(project=project, running=running, hub=hub, origin=origin, port=port)
            world.until(lambda: answers(port, "/healthz"))
            world.until(lambda: all(hub.asked(f"/{name.removeprefix('test')}") for name in NAMES))
            yield world


def _settle(project: Project, origin: Origin, hub: Hub, *, port: int) -> None:
    tables = [f'[sources.{name}]\nurl = "{origin.url(f"/{name}")}"\noutlet = "mirel"\n' for name in NAMES]
    tables[NAMES.index("test101")] += '[sources.test101.page]\nitem = "article"\n'
    project.rewrite("outlets.toml", '[outlets.mirel]\nname = "Mirel Messenger"\n')
    project.rewrite("sources.toml", "\n".join(tables))
    project.rewrite("topics.toml", '[topics.bridges]\ntitle = "Bridges"\nmatch = "bridge"\n')
    now = project.root / "now"
    now.write_text(MORNING, encoding="utf-8")
    project.variables |= {
        "FEEDHUB_NOW": str(now),
        "FEEDHUB_SITE__BASE_URL": f"http://127.0.0.1:{port}",
        "FEEDHUB_WEB__PORT": str(port),
        "FEEDHUB_HTTP__ALLOW_HOSTS": f"{origin.authority},{hub.authority},127.0.0.1:{port}",
        "FEEDHUB_POLLING__TICK": "1s",
        "FEEDHUB_POLLING__HOST_GAP": "0s",
        "FEEDHUB_STORIES__SETTLE": "0s",
        "FEEDHUB_LOG__LEVEL": "error",
    }


def _publish(origin: Origin, hub: Hub) -> None:
    """Every feed, each in its own way of naming its hub."""
    for name in ("test100", "test203", "test204", "test205", "test300", "test301", "test302", *OTHERS):
        place = f"/{name.removeprefix('test')}"
        origin.add(f"/{name}", linked(hub.url(place), origin.url(f"/{name}"), feed(name)))
    listing = page("test101", hub.url("/101"), origin.url("/test101"))
    origin.add("/test101", answer(200, HTML, body=listing))
    origin.add("/test102", answer(200, ATOM, body=atom("test102", hub.url("/102"), origin.url("/test102"))))
    channel = f'<atom:link rel="hub" href="{hub.url("/103")}"/><atom:link rel="self" href="{origin.url("/test103")}"/>'
    origin.add("/test103", answer(200, RSS, body=feed("test103", channel)))
    wrong = f'<atom:link rel="hub" href="{hub.url("/wrong")}"/><atom:link rel="self" href="{origin.url("/wrong")}"/>'
    origin.add("/test104", linked(hub.url("/104"), origin.url("/test104"), feed("test104", wrong)))
    origin.add("/test200", linked(hub.url("/200"), origin.url("/test200?self=other"), feed("test200")))
    for number, status in ((201, 302), (202, 301)):
        there = origin.url(f"/test{number}/there")
        origin.add(f"/test{number}", answer(status, f"Location: {there}"))
        origin.add(f"/test{number}/there", linked(hub.url(f"/{number}"), there, feed(f"test{number}")))


@pytest.mark.parametrize("number", [100, 101, 102, 103, 104])
def test_100_to_104_hub_and_topic_are_found_in_the_head_before_the_document(world: World, number: int) -> None:
    world.until(lambda: world.hub.subscribed(f"/{number}"))
    (form,) = world.hub.asked(f"/{number}")
    assert form["hub.topic"] == world.topic(f"test{number}")
    assert world.hub.asked("/wrong") == []


def test_a_request_holds_what_the_recommendation_wants(world: World) -> None:
    (form,) = world.hub.asked("/100")
    token = form["hub.callback"].removeprefix(f"http://127.0.0.1:{world.port}/websub/")
    secrets = {world.hub.asked(f"/{number}")[0]["hub.secret"] for number in (100, 101, 102)}
    assert (form["hub.mode"], form["hub.lease_seconds"], len(secrets)) == ("subscribe", "864000", 3)
    assert len(token) >= 43
    assert all(43 <= len(secret.encode()) < 200 for secret in secrets)


def test_200_the_topic_is_the_self_that_the_feed_names(world: World) -> None:
    world.until(lambda: world.hub.subscribed("/200"))
    assert world.hub.asked("/200")[0]["hub.topic"] == world.topic("test200?self=other")


@pytest.mark.parametrize("number", [201, 202])
def test_201_and_202_a_topic_that_redirects_is_followed(world: World, number: int) -> None:
    world.until(lambda: world.hub.subscribed(f"/{number}"))
    assert world.hub.asked(f"/{number}")[0]["hub.topic"] == world.topic(f"test{number}/there")


@pytest.mark.parametrize("number", [203, 204])
def test_203_and_204_a_hub_that_redirects_is_followed(world: World, number: int) -> None:
    world.until(lambda: world.hub.subscribed(f"/{number}/new"))
    assert world.hub.asked(f"/{number}/new")[0] == world.hub.asked(f"/{number}")[0]


def test_205_another_topic_is_rejected(world: World) -> None:
    world.until(lambda: world.hub.verified("/205"))
    assert world.hub.verified("/205")[0].status == 404
    assert world.stored("test205")["kind"] == "asked"


def test_300_a_push_is_acknowledged_and_published_without_a_poll(world: World) -> None:
    world.until(lambda: world.hub.subscribed("/300"))
    before = world.polls("test300")
    assert world.hub.push("/300", news("test300")) == 202
    world.until(lambda: world.shows("News 2 of test300"))
    assert world.polls("test300") == before


def test_301_a_wrong_signature_is_rejected(world: World) -> None:
    world.until(lambda: world.hub.subscribed("/301"))
    assert world.hub.push("/301", news("test301"), signature="sha256=" + "0" * 64) == 403
    assert world.stored("test301")["last_push"] is None


def test_302_without_a_signature_it_is_rejected(world: World) -> None:
    world.until(lambda: world.hub.subscribed("/302"))
    assert world.hub.push("/302", news("test302"), signature=None) == 403
    assert world.stored("test302")["last_push"] is None


def test_a_body_that_is_too_large_is_refused_before_it_comes(world: World) -> None:
    world.until(lambda: world.hub.subscribed("/301"))
    assert world.hub.offer("/301", length=10_000_001) == 413


def test_a_denial_is_heard(world: World) -> None:
    world.until(lambda: world.stored("denied")["kind"] == "denied")
    assert world.stored("denied")["fault"] == "the hub denied the subscription: no room"


def test_a_hub_that_pushes_is_trusted_until_polling_finds_what_it_missed(world: World) -> None:
    """The whole life: pushed, asked seldom, renewed, caught missing something, asked as before, denied."""
    hub, origin, topic = world.hub, world.origin, world.topic("news")
    world.until(lambda: hub.subscribed("/news"))
    assert hub.push("/news", news("news"), method="sha1") == 202
    world.until(lambda: world.stored("news")["first_push"])
    asked = world.polls("news")

    origin.add("/news", linked(hub.url("/news"), topic, feed("news", told("news", 2))))
    world.at("2026-03-02T12:00:00Z")
    world.until(lambda: "12 h" in world.next("news"))
    assert world.polls("news") == asked + 1
    world.at("2026-03-02T20:00:00Z")
    assert hub.push("/news", news("news", 3)) == 202
    world.until(lambda: world.shows("News 3 of news"))
    assert world.polls("news") == asked + 1

    world.at("2026-03-10T13:00:00Z")
    world.until(lambda: len(hub.asked("/news")) == 2)
    world.until(lambda: world.stored("news")["lease_until"] == _micros("2026-03-20T13:00:00+00:00"))
    assert world.stored("news")["first_push"]

    late = told("news", 4, "Tue, 10 Mar 2026 14:00:00 GMT")
    origin.add("/news", linked(hub.url("/news"), topic, feed("news", told("news", 2), late)))
    world.at("2026-03-11T09:00:00Z")
    world.until(lambda: world.shows("News 4 of news"))
    world.until(lambda: world.stored("news")["missed"] == 1)
    assert world.stored("news")["first_push"] is None
    assert "12 h" not in world.next("news")

    assert hub.deny("/news", "moved on") == 200
    assert world.stored("news")["fault"] == "the hub denied the subscription: moved on"
    assert hub.push("/news", news("news", 5)) == 410


def test_a_hub_that_never_verifies_is_asked_again(world: World) -> None:
    world.until(lambda: world.hub.asked("/silent"))
    world.at("2026-03-11T10:00:00Z")
    world.until(lambda: world.stored("silent")["failures"])
    world.at("2026-03-11T11:00:00Z")
    world.until(lambda: len(world.hub.asked("/silent")) > 1)


def _micros(moment: str) -> int:
    """A time as SQLite holds it."""
    return (datetime.fromisoformat(moment) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
