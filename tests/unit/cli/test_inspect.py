"""explain, get, render, poll, db and version, on a project without entries."""

import json

import pytest

from feedhub import __version__
from tests.unit.cli.conftest import Terminal


@pytest.mark.parametrize(
    "path", ["/all.json", "all.json", "http://127.0.0.1:8000/all.json", "https://x.example/all.json?a=b"]
)
def test_get_takes_a_path_or_an_address(terminal: Terminal, path: str) -> None:
    code, out, err = terminal.says("get", path)
    assert (code, json.loads(out)["items"], err) == (0, [], "")


def test_get_shows_the_head_if_asked(terminal: Terminal) -> None:
    code, out, _ = terminal.says("get", "-i", "/healthz")
    assert (code, out.splitlines()[0], out.splitlines()[-1]) == (0, "HTTP/1.1 200 OK", "ok")


def test_get_says_that_nothing_is_there(terminal: Terminal) -> None:
    code, out, err = terminal.says("get", "/nothing.json")
    assert (code, json.loads(out)["status"], err) == (4, 404, "/nothing.json: 404 NOT FOUND\n")


def test_explain_says_what_it_can_be_asked_for(terminal: Terminal) -> None:
    told = "give an article's link, the address of its story page, or its id in a feed"
    asked = terminal.says("explain", "https://mirel.example/bridge")
    assert asked == (4, "", f"no story is known by 'https://mirel.example/bridge': {told}\n")


def test_render_names_the_topics_that_there_are(terminal: Terminal) -> None:
    code, _, err = terminal.says("render", "gas")
    assert (code, err.startswith("no topic is named 'gas'; there are energy, ")) == (4, True)


def test_render_says_where_it_cannot_write(terminal: Terminal) -> None:
    (terminal.root / "file").touch()
    code, _, err = terminal.says("render", "all", "--out", str(terminal.root / "file" / "in"))
    assert (code, err) == (1, f"{terminal.root}/file/in: Not a directory\n")


def test_poll_without_sources_says_so_in_numbers(terminal: Terminal) -> None:
    assert terminal.says("poll") == (0, "0 polled, 0 unchanged, 0 new entries, 0 changed, 0 failed\n", "")
    assert terminal.says("poll", "--json", "--verbose")[:2] == (0, "[]\n")


def test_db_status_before_and_after_the_first_upgrade(terminal: Terminal) -> None:
    before, upgraded, after, again = (
        terminal.says("db", word)[1] for word in ("status", "upgrade", "status", "upgrade")
    )
    assert before == "the database is empty, this version wants 0004: `feedhub db upgrade` brings it there\n"
    assert upgraded == "the database is now at revision 0004; it was empty\n"
    assert after == "the database is at revision 0004, this version wants 0004: all is well\n"
    assert again == "the database is at revision 0004 already\n"


def test_a_database_that_cannot_be_reached_is_told_without_its_password(terminal: Terminal) -> None:
    code, _, err = terminal.says("db", "status", DATABASE_URL="postgresql://me:secret@127.0.0.1:1/none")
    assert (code, "cannot be opened" in err, "secret" in err) == (1, True, False)


def test_a_clock_that_cannot_be_read_is_told(terminal: Terminal) -> None:
    code, _, err = terminal.says("poll", FEEDHUB_NOW="yesterday")
    assert (code, err.startswith("FEEDHUB_NOW: 'yesterday' is no RFC 3339 timestamp")) == (3, True)


def test_version_for_people_and_programs(terminal: Terminal) -> None:
    assert terminal.says("version") == (0, f"feedhub {__version__}\n", "")
    assert json.loads(terminal.says("version", "--json")[1]) == {"version": __version__}
