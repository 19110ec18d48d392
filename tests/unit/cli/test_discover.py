"""discover, where nobody answers, and how it prints."""

import json
from datetime import UTC, datetime

import pytest

from feedhub.cli.discover import form_of, told
from feedhub.model.discovery import Discovery, FoundFeed
from tests.unit.cli.conftest import Terminal

FOUND = FoundFeed(
    url="https://harbour.example/rss",
    title="Harbour [bold]Post[/bold]",
    form="rss20",
    items=1200,
    latest=datetime(2026, 3, 2, 8, 30, tzinfo=UTC),
)


@pytest.mark.parametrize("url", ["ftp://harbour.example/", "https://", "https://user:secret@harbour.example/", "a b"])
def test_what_is_no_address_is_a_wrong_call(terminal: Terminal, url: str) -> None:
    code, out, err = terminal.says("discover", url)
    assert (code, out, "Invalid value for URL" in err) == (2, "", True)


def test_address_that_must_not_be_dialled_gives_nothing(terminal: Terminal) -> None:
    """The one door to the network is the same as for sources."""
    code, out, err = terminal.says("discover", "http://127.0.0.1:9/")
    assert (code, out, err.startswith("http://127.0.0.1:9/: ")) == (1, "", True)


def test_faults_are_in_the_json_too(terminal: Terminal) -> None:
    code, out, _ = terminal.says("discover", "http://127.0.0.1:9/", "--json")
    discovery = json.loads(out)
    assert (code, discovery["url"], discovery["feeds"], discovery["fault"] != "") == (
        1,
        "http://127.0.0.1:9/",
        [],
        True,
    )


def test_feeds_are_told_a_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    """With tabs between, for grep and its like."""
    dull = FoundFeed(url="https://harbour.example/map.xml", title="", form="sitemap", items=0)
    told(Discovery(url="", feeds=(FOUND, dull), broken=(("https://harbour.example/x", "it is a web page"),)))
    assert capsys.readouterr() == (
        (
            "Harbour [bold]Post[/bold]\thttps://harbour.example/rss\tRSS 2.0\t1,200\t2026-03-02 08:30 UTC\n"
            "no title\thttps://harbour.example/map.xml\tnews sitemap\t0\tno date\n"
        ),
        "https://harbour.example/x is named as a feed, but it is a web page\n",
    )


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("rss20", "RSS 2.0"),
        ("rss", "RSS"),
        ("rss091n", "RSS 0.91"),
        ("rss090", "RSS 0.90"),
        ("rss10", "RSS 1.0"),
        ("atom10", "Atom 1.0"),
        ("atom", "Atom"),
        ("json11", "JSON Feed 1.1"),
        ("sitemap", "news sitemap"),
        ("page", "page"),
    ],
)
def test_forms_are_named_as_people_call_them(form: str, name: str) -> None:
    assert form_of(form) == name
