"""What requests claim, which methods they use, and how faults are answered."""

import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from feedhub.errors import StoreBusyError, StoreError
from tests.shelf import LostStore, Shelf
from tests.web.scene import a_client, a_served_shelf, an_app

EVIL = (
    {"Host": "evil.example"},
    {"Host": "evil.example:99999"},
    {"Host": "a b\x01"},
    {"Host": ""},
    {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "gopher", "X-Forwarded-Prefix": "/evil"},
    {"Forwarded": "host=evil.example;proto=https"},
    {"X-Original-URL": "/admin", "X-Rewrite-URL": "/admin", "X-Script-Name": "/evil"},
)
PATHS = (
    "/",
    "/topics/ferries",
    "/topics/boats",
    "/topics",
    "/stories/1",
    "/topics/ferries.atom",
    "/nowhere",
    "//topics",
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Of the app with two stories."""
    return a_client(a_served_shelf(tmp_path_factory.mktemp("store")).store)


@pytest.mark.parametrize("headers", EVIL)
@pytest.mark.parametrize("path", PATHS)
def test_what_a_request_claims_of_its_host_changes_nothing(
    client: FlaskClient, path: str, headers: dict[str, str]
) -> None:
    plain, claimed = client.get(path), client.get(path, headers=headers)
    assert (claimed.status_code, claimed.data, dict(claimed.headers)) == (
        plain.status_code,
        plain.data,
        dict(plain.headers),
    )


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", ["/", "/topics/ferries", "/topics/ferries.rss", "/healthz", "/static/style.css"])
def test_only_reading_is_allowed(client: FlaskClient, path: str, method: str) -> None:
    answer = client.open(path, method=method)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "path", ["/nowhere", "/%00", "/topics/%ff%fe", "/stories/%00", "/" + "a" * 9000, "/topics/x/y", "/topics/ferries/"]
)
def test_what_is_not_there_is_a_page_that_says_so(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.content_type) == (404, "text/html; charset=utf-8")
    assert "Nothing is here" in answer.text


def test_programs_are_told_in_their_own_language(client: FlaskClient) -> None:
    by_ending = client.get("/topics/trams.json")
    by_wish = client.get("/nowhere", headers={"Accept": "application/json"})
    assert by_ending.content_type == by_wish.content_type == "application/problem+json"
    assert json.loads(by_ending.data) == {
        "type": "about:blank",
        "status": 404,
        "title": "Nothing is here",
        "detail": "There is nothing at this address. It may have been mistyped.",
    }


def test_a_store_that_is_away_is_told_without_its_address(caplog: pytest.LogCaptureFixture) -> None:
    answer = a_client(LostStore()).get("/")
    assert (answer.status_code, answer.headers["Retry-After"], answer.headers["Cache-Control"]) == (
        503,
        "60",
        "no-store",
    )
    assert "no route" not in answer.text
    assert [record.getMessage() for record in caplog.records] == ["request failed"]


@pytest.mark.parametrize(
    ("error", "status"),
    [(StoreBusyError(where="db", why="locked"), 503), (StoreError("odd"), 503), (ZeroDivisionError("secret"), 500)],
)
def test_every_error_has_its_status_and_keeps_its_words(tmp_path: Path, error: Exception, status: int) -> None:
    def fail() -> str:
        raise error

    app = an_app(Shelf(tmp_path).store)
    app.add_url_rule("/fail", "fail", fail)
    answer = app.test_client().get("/fail")
    assert answer.status_code == status
    assert not re.search("secret|locked|odd|Traceback", answer.text)


def test_health_is_a_word_or_json(client: FlaskClient) -> None:
    plain, asked = client.get("/healthz"), client.get("/healthz", headers={"Accept": "application/json"})
    assert (plain.status_code, plain.text, asked.json) == (200, "ok\n", {"status": "ok"})


def test_health_without_a_store_is_503() -> None:
    answer = a_client(LostStore()).get("/healthz")
    assert (answer.status_code, answer.text) == (503, "unwell\n")


def test_robots_may_read_everything(client: FlaskClient) -> None:
    assert client.get("/robots.txt").text == "User-agent: *\nDisallow:\n"


def test_the_little_picture_is_ours(client: FlaskClient) -> None:
    answer = client.get("/favicon.svg")
    assert (answer.status_code, answer.content_type) == (200, "image/svg+xml")
    assert answer.data.startswith(b"<svg ")
