"""What a newcomer does first: from an empty folder to a feed, and to why a story is in it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.e2e.conftest import MORNING
from tests.e2e.news import BRIDGE, item, opml, rss
from tests.e2e.origin import Origin, conditional, pause
from tests.e2e.program import Ended, Project

TOPIC = """
[topics.bridges]
title = "Bridges"
match = "bridge"
"""
CARRIED = (f"{BRIDGE[0][:-1]}, Mirel Messenger reports.", *BRIDGE[1:])
XML = "Content-Type: application/rss+xml"
ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"


class Walk:
    """Every step with how it ended, in the order in which it was taken, and what the folder held in between."""

    def __init__(self, project: Project, origin: Origin) -> None:
        self.project = project
        self.ended: dict[str, Ended] = {}
        self.files: dict[str, dict[str, bytes]] = {}
        self.link = origin.url("/coast/bridge")
        feeds = {
            "Mirel": {"Mirel Messenger": origin.url("/mirel/feed")},
            "Coast": {"Coast Courier": origin.url("/coast/feed")},
        }
        self._opml = opml({"Towns": feeds})
        (project.root / "reader.opml").write_bytes(self._opml)

    def step(self, name: str, *arguments: str, stdin: bytes = b"") -> Ended:
        """Take a step."""
        ended = self.ended[name] = self.project.call(*arguments, stdin=stdin)
        assert ended.code == 0, (name, ended)
        self.files[name] = _files(self.project.root)
        return ended

    def to_the_first_feed(self) -> None:
        """The steps that it takes at least."""
        self.step("init", "init")
        self.step("import", "import-opml", "-", "--yes", stdin=self._opml)
        self.project.append("topics.toml", TOPIC)
        polled = self.step("poll", "poll", "--due", "--once")
        assert polled.out == "2 polled, 0 unchanged, 2 new entries, 0 changed, 0 failed\n", polled
        self.step("topic.rss", "get", "/topics/bridges.rss")
        self.step("explain as json", "explain", self.link, "--json")

    def further(self) -> None:
        """All that there is to see."""
        self.step("init again", "init")
        self.step("import without yes", "import-opml", "reader.opml")
        self.step("import again", "import-opml", "reader.opml", "--yes", "--json")
        looks = {
            **{f"all.{form}": ("get", f"/all.{form}") for form in ("rss", "atom", "json")},
            "opml": ("get", "/opml/topics.opml"),
            "home": ("get", "/"),
            "story": ("get", f"/stories/{self.story.rpartition(':')[2]}"),
            "explain": ("explain", self.link),
        }
        with ThreadPoolExecutor(2) as pool:  # they only look, so they may do so together
            self.ended |= zip(looks, pool.map(lambda look: self.project.call(*look), looks.values()), strict=True)
        self.step("render", "render", "bridges", "--out", "out")

    @property
    def story(self) -> str:
        """The key of the one story."""
        key: str = self.ended["explain as json"].json["story"]["key"]
        return key


@pytest.fixture(scope="module")
def origin() -> Iterator[Origin]:
    """Two towns' papers, of which one carries the other's story."""
    told = item("bridge", "Bridge opened over the Lissa", *BRIDGE, link="https://mirel.example/bridge")
    with Origin({}) as origin:
        carried = item("1", "Lissa has a new bridge", *CARRIED, link=origin.url("/coast/bridge"))
        first = conditional('"one"', XML, body=rss(told))
        then = conditional('"one"', XML, body=rss(carried, title="Coast Courier"))
        origin.add("/mirel/feed", first)
        origin.add("/coast/feed", pause(0.5, then))  # the other paper's report is always the first to be read
        yield origin


@pytest.fixture(scope="module")
def walk(origin: Origin, tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """The whole walk, on SQLite."""
    taken = Walk(Project(root=tmp_path_factory.mktemp("walk"), variables=_variables(origin)), origin)
    taken.to_the_first_feed()
    taken.further()
    return taken


def test_no_step_fails_or_says_anything_on_standard_error(walk: Walk) -> None:
    assert {name: ended for name, ended in walk.ended.items() if ended.code or ended.err} == {}


def test_init_makes_documents_and_a_database(walk: Walk) -> None:
    made = sorted(walk.files["init"])
    assert made == [
        "config/cues.toml",
        "config/feedhub.toml",
        "config/outlets.toml",
        "config/sources.toml",
        "config/topics.toml",
        "reader.opml",
        "var/feedhub.sqlite3",
    ]


def test_init_says_what_to_do_next(walk: Walk) -> None:
    assert walk.ended["init"].out.splitlines()[-5:] == [
        "To take in the feeds of another reader:",
        "  feedhub import-opml FILE",
        "",
        "To start web and poller:",
        "  feedhub run",
    ]


def test_a_second_init_overwrites_nothing(walk: Walk) -> None:
    before, after = (_documents(walk.files[name]) for name in ("explain as json", "init again"))
    assert after == before
    assert walk.ended["init again"].out.startswith("all was there already, nothing was changed\n")


def test_import_without_yes_only_tells(walk: Walk) -> None:
    before, after = (_documents(walk.files[name]) for name in ("init again", "import without yes"))
    assert (after, walk.ended["import without yes"].out) == (before, "0 new, 2 there already\n")


def test_import_takes_groups_as_tags(walk: Walk) -> None:
    assert walk.files["import"]["config/sources.toml"].decode().splitlines()[-9:] == [
        "[sources.mirel-messenger]",
        f'url = "{walk.link.removesuffix("/coast/bridge")}/mirel/feed"',
        'title = "Mirel Messenger"',
        'tags = ["towns", "mirel"]',
        "",
        "[sources.coast-courier]",
        f'url = "{walk.link.removesuffix("/coast/bridge")}/coast/feed"',
        'title = "Coast Courier"',
        'tags = ["towns", "coast"]',
    ]


def test_a_second_import_adds_nothing(walk: Walk) -> None:
    base = walk.link.removesuffix("/coast/bridge")
    assert walk.ended["import again"].json == {"new": [], "known": [f"{base}/mirel/feed", f"{base}/coast/feed"]}


def test_the_story_is_once_in_every_feed_and_credited_to_who_told_it(walk: Walk) -> None:
    rss_item = ET.fromstring(walk.ended["topic.rss"].out).findall("channel/item")  # noqa: S314  # ours
    atom = ET.fromstring(walk.ended["all.atom"].out).findall(f"{ATOM}entry")  # noqa: S314  # ours
    json_items = walk.ended["all.json"].json["items"]
    assert [(one.findtext("guid"), one.findtext(f"{DC}creator")) for one in rss_item] == [
        (walk.story, "Mirel Messenger")
    ]
    assert [(one.findtext(f"{ATOM}id"), one.findtext(f"{ATOM}author/{ATOM}name")) for one in atom] == [
        (walk.story, "Mirel Messenger")
    ]
    assert [(one["id"], one["authors"]) for one in json_items] == [(walk.story, [{"name": "Mirel Messenger"}])]


def test_a_topic_shows_the_story_as_all_does(walk: Walk) -> None:
    topic, everything = (
        ET.fromstring(walk.ended[name].out).find("channel/item")  # noqa: S314  # ours
        for name in ("topic.rss", "all.rss")
    )
    assert topic is not None
    assert everything is not None
    assert ET.tostring(topic) == ET.tostring(everything)


def test_the_list_of_feeds_names_the_new_topic(walk: Walk) -> None:
    root = ET.fromstring(walk.ended["opml"].out)  # noqa: S314  # ours
    assert [line.get("xmlUrl") for line in root.iter("outline")][-1] == "http://127.0.0.1:8000/topics/bridges.rss"


def test_pages_show_the_story(walk: Walk) -> None:
    assert "Bridge opened over the Lissa" in walk.ended["home"].out
    assert "Coast Courier" in walk.ended["story"].out


def test_explain_says_who_and_by_which_words(walk: Walk) -> None:
    explained = walk.ended["explain as json"].json
    evidence = [
        (one["outlet"], one["role"], one["words"])
        for one in explained["credit"]["evidence"]
        if one["role"] == "originator"
    ]
    assert (explained["credit"]["chain"], evidence) == (
        ["Mirel Messenger", "Coast Courier"],
        [("Mirel Messenger", "originator", "Mirel Messenger reports")],
    )
    assert [(topic["slug"], topic["clause"]) for topic in explained["topics"]] == [("bridges", "bridge"), ("all", "")]
    assert explained["story"]["reports"] == 2


def test_explain_tells_people_the_same(walk: Walk) -> None:
    lines = walk.ended["explain"].out.splitlines()
    assert lines[:3] == ["Lissa has a new bridge", "Mirel Messenger, via Coast Courier", walk.link]
    assert "  Mirel Messenger → Coast Courier" in lines
    assert lines[-2:] == ["  bridges: bridge (met by Bridge)", "  all: every story"]


def test_render_writes_the_feeds_as_they_are_served(walk: Walk) -> None:
    files = walk.files["render"]
    assert {name for name in files if name.startswith("out/")} == {
        "out/bridges.rss",
        "out/bridges.atom",
        "out/bridges.json",
    }
    assert files["out/bridges.rss"].decode() == walk.ended["topic.rss"].out


@pytest.mark.postgres
def test_postgresql_gives_the_same_feed_and_reasons(walk: Walk, origin: Origin, *, schema: str, tmp_path: Path) -> None:
    other = Walk(Project(root=tmp_path, variables=_variables(origin) | {"DATABASE_URL": schema}), origin)
    other.to_the_first_feed()
    assert other.ended == {name: walk.ended[name] for name in other.ended}
    assert "var/feedhub.sqlite3" not in other.files["init"]


def _variables(origin: Origin) -> dict[str, str]:
    """Both asked at once and read one after the other: the entry that comes first gives its story the key."""
    return {
        "FEEDHUB_NOW": MORNING,
        "FEEDHUB_HTTP__ALLOW_HOSTS": origin.authority,
        "FEEDHUB_POLLING__PER_HOST": "2",
        "FEEDHUB_POLLING__HOST_GAP": "0s",
        "FEEDHUB_POLLING__WORKERS": "1",
    }


def _files(root: Path) -> dict[str, bytes]:
    paths = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def _documents(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: body for name, body in files.items() if name.startswith("config/")}
