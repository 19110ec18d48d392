"""`feedhub demo` as a process: the bundled day, its morning played in seconds."""

import json
import socket
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.e2e.program import Ended, Project, ask, descendants, free_port, lives

OPENED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""Nine o'clock of the demo's day; from there an hour takes a minute."""
PACE = timedelta(seconds=2)
"""How far the time moves at each look: fast, but so that sources become due many times."""
ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
NAME = f"{ATOM}author/{ATOM}name"
FORMS = ("rss", "atom", "json")

CYBER = "Russia plans to establish cyber General Assembly in UN"
MAYOR = "Mayor of Port Selin resigns, his office says"
CREDIT = "TASS, via Axar.az"


class Played:
    """A demo whose time the test moves, and what it saw on the way. The user's own project is elsewhere."""

    def __init__(self, folder: Path) -> None:
        self._clock = folder / "now"
        self.now = OPENED
        self._set()
        own = {"DATABASE_URL": "postgresql://127.0.0.1:1/mine", "FEEDHUB_SITE__TITLE": "Mine"}
        self.project = Project(root=folder, variables=own | {"FEEDHUB_NOW": str(self._clock)})
        self.port, self.origin = free_port(), free_port()
        self.running = self.project.start("demo", f"--port={self.port}", f"--origin-port={self.origin}")

    def play(self) -> None:
        """The morning: the day opens, an agency tells of a mayor and takes it back, another corrects itself."""
        began = time.monotonic()
        self.running.until(lambda: "feedhub is at" in self.running.out)
        self._until(lambda: CYBER in self.items("/topics/world"))
        self.seconds = time.monotonic() - began
        self.opened = {form: ask(self.port, f"/topics/world.{form}") for form in FORMS}
        self.asked_again = {
            form: ask(self.port, f"/topics/world.{form}", If_None_Match=answer.headers["etag"])
            for form, answer in self.opened.items()
        }
        self._until(lambda: "2 reports" in ask(self.port, "/topics/world").text)
        self.carried = ask(self.port, "/topics/world.json")
        self.explained = self.explain("/axar/cyber-assembly")
        self._until(lambda: MAYOR in self.items("/all"))
        self.mayor = self.items("/all")[MAYOR]["_feedhub"]["story"]
        self._until(lambda: MAYOR not in self.items("/all"))
        self.taken_back = ask(self.port, self.mayor.removeprefix(f"http://127.0.0.1:{self.port}"))
        self._until(lambda: any("410" in title for title in self.items("/topics/ferries")))
        self._until(lambda: len(self.items("/topics/tremors")) > 2)  # the slow outlet keeps their host busy at times
        self.noon = {topic: self.items(f"/topics/{topic}") for topic in ("tremors", "lighthouses", "ferries")}
        self.everything = self.items("/all")
        processes = (self.running.process.pid, *descendants(self.running.process.pid))
        self.ended = self.running.terminate()
        self.left = [pid for pid in processes if lives(pid)]

    def items(self, path: str) -> dict[str, dict[str, Any]]:
        """The items of a JSON feed, by title."""
        answer = ask(self.port, f"{path}.json")
        return {item["title"]: item for item in json.loads(answer.body)["items"]} if answer.status == 200 else {}

    def explain(self, path: str) -> Ended:
        """What the program says of an article of the demo's newsroom."""
        return self.project.call("-C", "var/demo", "explain", f"http://127.0.0.1:{self.origin}{path}", "--json")

    def _until(self, condition: Callable[[], object], *, within: float = 45) -> None:
        """Move the time on until something is so."""
        deadline = time.monotonic() + within
        while not condition():
            assert time.monotonic() < deadline, f"not so by {self.now}\n{self.running.err}"
            self.now += PACE
            self._set()
            time.sleep(0.1)

    def _set(self) -> None:
        beside = self._clock.with_suffix(".new")
        beside.write_text(self.now.isoformat(), encoding="utf-8")
        beside.replace(self._clock)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """The morning, played once."""
    demo = Played(tmp_path_factory.mktemp("demo"))
    with demo.running:
        demo.play()
        yield demo


def test_the_first_story_is_out_within_a_minute(played: Played) -> None:
    assert played.seconds < 60


def test_the_wire_story_is_once_in_each_form_and_credited_to_the_wire(played: Played) -> None:
    rss, atom = (ET.fromstring(played.opened[form].body) for form in ("rss", "atom"))  # noqa: S314  # ours
    items = json.loads(played.opened["json"].body)["items"]
    told = {
        "rss": [(one.findtext("title"), one.findtext(f"{DC}creator")) for one in rss.iter("item")],
        "atom": [
            (one.findtext(f"{ATOM}title"), one.findtext(f"{ATOM}author/{ATOM}name"))
            for one in atom.iter(f"{ATOM}entry")
        ],
        "json": [(one["title"], one["authors"][0]["name"]) for one in items],
    }
    assert told == {form: [(CYBER, CREDIT)] for form in FORMS}


def test_a_second_ask_with_the_etag_is_answered_without_a_body(played: Played) -> None:
    answers = {form: (answer.status, answer.body) for form, answer in played.asked_again.items()}
    assert answers == dict.fromkeys(FORMS, (304, b""))


def test_one_more_report_of_a_story_does_not_change_its_feed(played: Played) -> None:
    assert played.carried.body == played.opened["json"].body


def test_explain_says_who_told_the_wire_story_and_which_topics_hold_it(played: Played) -> None:
    explained = played.explained.json
    credit, story = explained["credit"], explained["story"]
    assert (credit["originator"], credit["chain"], story["reports"]) == ("TASS", ["TASS", "Axar.az"], 2)
    assert [topic["slug"] for topic in explained["topics"]] == ["world", "agencies", "all"]
    assert "citing TASS" in [evidence["words"] for evidence in credit["evidence"]]


def test_nothing_from_below_an_article_is_shown_or_counts_as_evidence(played: Played) -> None:
    item = played.everything[CYBER]
    outlets = {evidence["outlet"] for evidence in item["_feedhub"]["attribution"]["evidence"]}
    assert (outlets <= {"TASS", "Axar.az"}, "See also" in item["content_html"]) == (True, False)
    assert "Reuters" not in json.dumps(played.everything)


def test_bulletins_that_look_alike_stay_apart(played: Played) -> None:
    assert [title.split()[1] for title in played.noon["tremors"]] == ["3.5", "4.1", "3.8"]


def test_stories_of_several_languages_meet_in_a_topic(played: Played) -> None:
    assert {item["language"] for item in played.noon["lighthouses"].values()} >= {"en", "tr"}


def test_a_correction_is_shown_in_the_place_of_the_story(played: Played) -> None:
    told = [title for title in played.noon["ferries"] if "Mirel tersanesi" in title]
    assert told == ["Düzeltme: Mirel tersanesi 410 işçi alacak"]


def test_a_withdrawn_story_leaves_the_feeds_and_its_page_says_so(played: Played) -> None:
    assert (MAYOR in played.everything, played.taken_back.status) == (False, 410)
    assert "years in office" not in played.taken_back.text


def test_the_demo_leaves_the_users_own_project_alone(played: Played) -> None:
    made = sorted(path.relative_to(played.project.root).as_posix() for path in played.project.root.rglob("*.sqlite3"))
    assert made == ["var/demo/var/feedhub.sqlite3"]


def test_the_demo_says_where_it_is_and_ends_without_another_word(played: Played) -> None:
    said = (
        f"the newsroom publishes at http://127.0.0.1:{played.origin}/ - its day has just opened, an hour takes a "
        f"minute\nfeedhub is at http://127.0.0.1:{played.port}/ - stop it with Ctrl-C\n"
    )
    assert (played.ended, played.left) == (Ended(code=0, out=said, err=""), [])


def test_the_demo_says_which_port_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        ended = Project(root=tmp_path).call("demo", f"--port={free_port()}", f"--origin-port={taken}")
    told = f"port {taken} on 127.0.0.1 is taken: stop what listens there, or choose another port with --origin-port\n"
    assert (ended, list(tmp_path.iterdir())) == (Ended(code=1, out="", err=told), [])
