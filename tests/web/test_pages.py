"""Pages for people."""

import gzip
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from feedhub.flows.show_topic import PAGE
from feedhub.model.credit import Evidence
from feedhub.model.cue import Role
from feedhub.model.keys import Guid, SourceSlug
from feedhub.model.page import DOCUMENT_FAULTS
from feedhub.model.reading import ReadEntry
from feedhub.model.source import HostState, PollLine
from feedhub.model.story import Comparison, Placement, PlacementKind
from tests.builders import NOW, a_credit, a_fingerprint, a_site, a_source, ref
from tests.shelf import Shelf, story_key
from tests.web.scene import AGENT, a_client, a_served_shelf

PATHS = ("/", "/topics/", "/topics/ferries", "/topics/trains", "/all", "/stories/1", "/status", "/about")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Of the app with two stories."""
    return a_client(a_served_shelf(tmp_path_factory.mktemp("store")).store)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_whole_and_safe(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert (answer.status_code, answer.content_type) == (200, "text/html; charset=utf-8")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "Set-Cookie" not in answer.headers
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|<iframe", answer.text)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_loads_nothing_from_elsewhere(client: FlaskClient, path: str) -> None:
    loaded = re.findall(r'<(?:img|link rel="(?:stylesheet|icon)")[^>]* (?:src|href)="([^"]*)"', client.get(path).text)
    assert loaded
    assert all(address.startswith("/") for address in loaded)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_can_be_asked_for_again(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert gzip.decompress(packed.data) == answer.data
    assert packed.headers["ETag"] != answer.headers["ETag"]
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("path", [*PATHS, "/healthz", "/robots.txt", "/favicon.svg", "/static/style.css", "/nowhere"])
def test_head_has_the_headers_of_get(client: FlaskClient, path: str) -> None:
    got, headed = client.get(path), client.head(path)
    assert (headed.status_code, headed.data, dict(headed.headers)) == (got.status_code, b"", dict(got.headers))


def test_titles_from_strangers_are_text(client: FlaskClient) -> None:
    assert "Storm closes &lt;three&gt; harbours &amp; a pier" in client.get("/").text


def test_the_front_page_and_the_topic_announce_their_feeds(client: FlaskClient) -> None:
    wanted = '<link rel="alternate" type="application/atom+xml" title="{}" href="http://feeds.example{}.atom">'
    assert wanted.format("Caspian Wire (Atom)", "/all") in client.get("/").text
    assert wanted.format("Ferries (Atom)", "/topics/ferries") in client.get("/topics/ferries").text


def test_a_topic_shows_its_feed_addresses_as_text(client: FlaskClient) -> None:
    text = client.get("/topics/ferries").text.replace("<wbr>", "")
    assert all(f"<code>http://feeds.example/topics/ferries.{form}</code>" in text for form in ("rss", "atom", "json"))


def test_a_topic_is_read_a_page_at_a_time(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.stories(PAGE + 1, "ferries")
    client = a_client(shelf.store)
    first, second = client.get("/topics/ferries").text, client.get(f"/topics/ferries?offset={PAGE}").text
    assert (first.count('class="card"'), second.count('class="card"')) == (PAGE, 1)
    assert f'<a rel="next" href="/topics/ferries?offset={PAGE}">' in first
    assert '<a rel="prev" href="/topics/ferries">' in second


@pytest.mark.parametrize("offset", ["-1", "99", "1e9", "9" * 5000])
def test_an_offset_where_nothing_is_leads_nowhere_or_to_the_start(client: FlaskClient, offset: str) -> None:
    assert client.get(f"/topics/ferries?offset={offset}").status_code in {200, 404}


@pytest.mark.parametrize(
    ("path", "to"),
    [("/topics", "/topics/"), ("/topics/boats", "/topics/ferries"), ("/topics/all", "/all")],
)
def test_old_addresses_lead_on(client: FlaskClient, path: str, to: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (301, to)


def test_a_merged_story_leads_on(tmp_path: Path) -> None:
    shelf = a_served_shelf(tmp_path)
    with shelf.store.write() as unit:
        unit.stories.merge(story_key("1"), story_key("2"), NOW)
    answer = a_client(shelf.store).get("/stories/2")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/stories/1")


def test_a_withdrawn_story_is_gone_and_not_repeated(tmp_path: Path) -> None:
    shelf = a_served_shelf(tmp_path)
    _change_story(shelf, withdrawn=NOW)
    answer = a_client(shelf.store).get("/stories/1")
    assert answer.status_code == 410
    assert "Harbour Post took it back" in answer.text
    assert "Ferry line" not in answer.text


def test_a_story_that_still_settles_asks_for_patience(tmp_path: Path) -> None:
    shelf = a_served_shelf(tmp_path)
    _change_story(shelf, shown=None)
    answer = a_client(shelf.store).get("/stories/1")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")


def test_a_story_that_nobody_knows_is_missing(client: FlaskClient) -> None:
    assert client.get("/stories/99").status_code == 404


def test_the_story_page_marks_the_words_and_tells_how_reports_were_placed(tmp_path: Path) -> None:
    text = _told_story(tmp_path)
    for piece in (
        '<q class="passage" lang="az" dir="ltr">Gəmi gəlir, <mark>Meridian Wire xəbər verir</mark>.</q>',
        "<code>az.reports</code>",
        "<li>Meridian Wire</li>",
        "<strong>sure</strong> (90%)",
        "Meridian Wire, via Quay Bulletin",
        '<span class="lag">+1 hr 5 mins</span>',
        "<b>the same story</b>, <code>contained</code>, 95%",
        '<time datetime="2026-03-02T08:50:00Z">2 March 2026, 12:50</time>',
        "<mark>ferry</mark>",
    ):
        assert piece in text, piece


def test_a_title_from_right_to_left_says_so(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.story("1", title="افتتاح خط العبارات", lang="ar")
    assert '<h1 lang="ar" dir="rtl">افتتاح خط العبارات</h1>' in a_client(shelf.store).get("/stories/1").text


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "", "//evil.example", "ftp://x.example/"])
def test_no_page_links_to_what_is_no_web_page(tmp_path: Path, link: str) -> None:
    shelf = Shelf(tmp_path)
    shelf.story("1", link=link, origin_link=link)
    text = a_client(shelf.store).get("/stories/1").text
    assert "Read it at" not in text
    assert not link or f'href="{link}' not in text


def test_a_report_that_was_withdrawn_is_named_without_its_words(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.story("1")
    shelf.report("2", "1", title="A claim that was taken back", credit=a_credit("Quay Bulletin"))
    with shelf.store.write() as unit:
        unit.entries.withdraw(SourceSlug("harbour"), [Guid("2")], NOW)
    text = a_client(shelf.store).get("/stories/1").text
    assert "Withdrawn by Quay Bulletin." in text
    assert "A claim that was taken back" not in text


def test_a_story_whose_shown_report_was_withdrawn_does_not_repeat_it(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.story("1", summary="<p>A claim that was taken back</p>")
    shelf.report("2", "1", credit=a_credit("Quay Bulletin"))
    with shelf.store.write() as unit:
        unit.entries.withdraw(SourceSlug("harbour"), [Guid("1")], NOW)
    text = a_client(shelf.store).get("/stories/1").text
    assert "The report shown here was withdrawn by Harbour Post" in text
    assert "<p>A claim" not in text


def test_a_correction_is_told(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.story("1", note="Corrected: Harbour Post changed the headline")
    assert "Corrected: Harbour Post changed the headline" in a_client(shelf.store).get("/stories/1").text


def test_the_status_page_tells_faults_in_words(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    with shelf.store.write() as unit:
        unit.sources.sync((a_source("harbour"),), NOW)
        state = unit.sources.get(SourceSlug("harbour"))
        assert state is not None
        unit.sources.save(
            replace(
                state,
                failures=3,
                fault="the server answered 500",
                due=NOW + timedelta(hours=2),
                next_reason="in 2 h: after 3 failures",
            ),
            fence=state.fence,
            line=PollLine(at=NOW),
        )
        unit.book.set_fact(DOCUMENT_FAULTS, "topics.toml:3:1: <no such field>")
    text = a_client(shelf.store).get("/status").text
    for piece in ("Harbour Post", "the server answered 500", "3 times in a row", "in 2 h: after 3 failures", "never"):
        assert piece in text, piece
    assert "topics.toml:3:1: &lt;no such field&gt;" in text


def test_the_page_of_a_source_tells_how_it_is_and_what_its_polls_brought(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    with shelf.store.write() as unit:
        unit.sources.sync((a_source("harbour"),), NOW)
        state = unit.sources.get(SourceSlug("harbour"))
        assert state is not None
        moved = replace(state, moved_to="https://new.example/rss", moves=4, next_reason="in 2 h: publishes 1/d")
        unit.sources.save(moved, fence=state.fence, line=PollLine(at=NOW, status=200, wire_bytes=5120, new=3))
        until = NOW + timedelta(hours=1)
        unit.hosts.save(HostState(host="harbour.example", until=until, reason="it has failed 3 times in a row"))
    text = a_client(shelf.store).get("/sources/harbour").text
    for piece in ("Harbour Post", "https://new.example/rss", "4 times", "it has failed 3 times in a row", "5,120"):
        assert piece in text, piece


def test_a_source_that_is_none_is_not_found(tmp_path: Path) -> None:
    assert a_client(Shelf(tmp_path).store).get("/sources/nobody").status_code == 404


def test_pages_of_an_empty_store_say_that_it_is_empty(tmp_path: Path) -> None:
    client = a_client(Shelf(tmp_path).store)
    assert "No story has been published yet" in client.get("/").text
    assert "No source is defined yet" in client.get("/status").text


def test_about_names_the_robot_and_who_to_write_to(tmp_path: Path) -> None:
    text = a_client(Shelf(tmp_path).store, a_site(contact="editor@feeds.example")).get("/about").text
    assert AGENT in text
    assert '<a href="mailto:editor@feeds.example">editor@feeds.example</a>' in text


def test_links_lie_below_the_path_of_the_base_url(tmp_path: Path) -> None:
    client = a_client(a_served_shelf(tmp_path).store, a_site(base_url="https://example.org/news"))
    text = client.get("/").text
    local = re.findall(r'(?:href|src)="(/[^"]*)"', text)
    assert local
    assert all(address.startswith("/news/") for address in local)
    assert 'href="https://example.org/news/all.rss"' in text


def test_an_asset_asked_for_by_its_version_never_changes(client: FlaskClient) -> None:
    (address,) = re.findall(r'href="(/static/style\.css\?v=\w+)"', client.get("/about").text)
    assert client.get(address).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get("/static/style.css?v=old").headers["Cache-Control"] == "public, max-age=86400"


def test_the_style_sheet_is_small(client: FlaskClient) -> None:
    assert len(client.get("/static/style.css").data) <= 12_000


@pytest.mark.parametrize("name", ["app.py", "..%2fapp.py", "%2e%2e/app.py", "style.css/"])
def test_only_our_own_files_are_served(client: FlaskClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def _change_story(shelf: Shelf, **changes: object) -> None:
    with shelf.store.write() as unit:
        story = unit.stories.get(story_key("1"))
        assert story is not None
        unit.stories.save(replace(story, **changes))  # type: ignore[arg-type]  # a test names fields of its own choice


def _told_story(folder: Path) -> str:
    """The page of a story of two reports, the second of which credits a wire that is not among them."""
    shelf = Shelf(folder)
    wire = ref("Meridian Wire")
    words = "Meridian Wire xəbər verir"
    evidence = Evidence(
        outlet=wire,
        role=Role.ORIGINATOR,
        rule="az.reports",
        field="text",
        start=12,
        end=12 + len(words),
        name_start=12,
        name_end=25,
        words=words,
        weight=0.9,
    )
    credit = a_credit(
        "Quay Bulletin", originator=wire, chain=(wire, ref("Quay Bulletin")), confidence=0.9, evidence=(evidence,)
    )
    shelf.story("1", "ferries", credit=credit, lang="az")
    with shelf.store.write() as unit:
        (report,) = unit.stories.reports(story_key("1"))
        entry = replace(report.entry, text=f"Gəmi gəlir, {words}.", lang="az")
        unit.entries.replace(ReadEntry(entry=entry, credit=credit, fingerprint=a_fingerprint()))
    compared = Comparison(
        story=story_key("1"),
        entry=report.entry.key,
        rule="contained",
        verdict="same",
        score=0.95,
        measures=(("c", 1.0),),
    )
    placement = Placement(kind=PlacementKind.JOINS, story=story_key("1"), compared=(compared,))
    late = NOW + timedelta(minutes=55)
    shelf.report("2", "1", placement=placement, published=late, seen=late)
    return a_client(shelf.store, a_site(timezone="Asia/Baku")).get("/stories/1").text
