"""A body into entries that are ready to be placed."""

from datetime import timedelta

import pytest

from feedhub.errors import SandboxError
from feedhub.flows.read import SAMPLES, Read
from feedhub.model.cue import Cues
from feedhub.model.hints import Hints
from feedhub.model.keys import Guid
from feedhub.model.outlet import Outlets
from feedhub.model.reading import DiscoverAsk, PageAsk, ReadAsk, ReadDone, ReadEntry, Unreadable
from feedhub.model.source import ListPage
from feedhub.text.mint import entry_key
from tests.builders import AUTHORITY, NOW, a_source, an_entry
from tests.flows.scene import a_feed, an_item

LONG = "The first ferry to the outer islands leaves on 4 May, the port authority said on Monday."


def _read(
    body: str | bytes,
    *,
    furniture: frozenset[str] = frozenset(),
    noise: frozenset[str] = frozenset(),
    page: ListPage | None = None,
    seen: bytes = b"",
    most: int = 1000,
) -> ReadDone | Unreadable:
    ask = ReadAsk(
        source=a_source(page=page),
        body=body.encode() if isinstance(body, str) else body,
        media_type="",
        charset=None,
        url="https://harbour.example/rss",
        now=NOW,
        authority=AUTHORITY,
        seen=seen,
        most=most,
    )
    return Read(Outlets(), Cues(furniture=furniture, noise=noise))(ask)


@pytest.mark.parametrize("sample", SAMPLES)
def test_samples_that_warm_a_child_each_hold_an_entry(sample: str) -> None:
    done = _read(sample)
    assert isinstance(done, ReadDone)
    assert len(done.fresh) == 1


def test_warm_reads_every_sample() -> None:
    Read(Outlets(), Cues()).warm()


def test_child_that_cannot_read_a_sample_is_not_put_to_work() -> None:
    class Illiterate(Read):
        def __call__(self, ask: ReadAsk) -> ReadDone | Unreadable:
            return Unreadable(why="it cannot read")

    with pytest.raises(SandboxError, match="it cannot read"):
        Illiterate(Outlets(), Cues()).warm()


def test_item_without_anything_costs_that_item() -> None:
    done = _read(a_feed("<item></item>", an_item("1", "Ferry line", LONG)))
    assert isinstance(done, ReadDone)
    assert ([read.entry.title for read in done.fresh], len(done.dropped), done.total) == (["Ferry line"], 1, 2)


def test_items_of_one_guid_are_one_entry_the_first() -> None:
    done = _read(a_feed(an_item("1", "Ferry line", LONG), an_item("1", "Another", LONG)))
    assert isinstance(done, ReadDone)
    assert [read.entry.title for read in done.fresh] == ["Ferry line"]


def test_items_that_were_seen_are_skipped_unread() -> None:
    one, two = an_item("1", "Ferry line", LONG), an_item("2", "Another", LONG)
    first = _read(a_feed(one))
    assert isinstance(first, ReadDone)
    again = _read(a_feed(one, two), seen=first.seen)
    assert isinstance(again, ReadDone)
    assert ([read.entry.title for read in again.fresh], again.total) == (["Another"], 2)


def test_no_more_items_are_read_than_asked_for_and_the_rest_is_read_next() -> None:
    body = a_feed(an_item("1", "Ferry line", LONG), "<item></item>", an_item("2", "Another", LONG))
    first = _read(body, most=1)
    assert isinstance(first, ReadDone)
    assert ([read.entry.title for read in first.fresh], first.total, first.more) == (["Ferry line"], 3, True)
    second = _read(body, seen=first.seen)
    assert isinstance(second, ReadDone)
    assert ([read.entry.title for read in second.fresh], len(second.dropped), second.more) == (["Another"], 1, False)


def test_item_that_cannot_be_used_counts_as_seen() -> None:
    body = a_feed("<item></item>", an_item("1", "Ferry line", LONG))
    first = _read(body)
    assert isinstance(first, ReadDone)
    again = _read(body, seen=first.seen)
    assert isinstance(again, ReadDone)
    assert (again.fresh, again.dropped, again.total, again.seen) == ((), (), 2, first.seen)


def test_hints_of_the_feed_are_handed_on() -> None:
    done = _read(a_feed("<ttl>15</ttl>", an_item("1", "Ferry line", LONG)))
    assert isinstance(done, ReadDone)
    assert done.hints == Hints(ttl=timedelta(minutes=15))


def test_body_that_is_no_feed_is_unreadable() -> None:
    assert isinstance(_read("<html><body>Please log in</body></html>"), Unreadable)


def test_page_furniture_is_in_nothing_that_is_kept() -> None:
    text = f"&lt;p&gt;{LONG}&lt;/p&gt;&lt;p&gt;See also&lt;/p&gt;&lt;p&gt;Interfax: grain harvest larger&lt;/p&gt;"
    done = _read(a_feed(an_item("1", "Ferry line", text)), furniture=frozenset({"see also"}))
    assert isinstance(done, ReadDone)
    (read,) = done.fresh
    assert (read.entry.text, read.entry.summary, read.entry.content) == (LONG, f"<p>{LONG}</p>", "")


def test_noise_is_dropped_from_the_text_alone() -> None:
    text = f"&lt;p&gt;&lt;b&gt;{LONG}&lt;/b&gt;&lt;/p&gt;&lt;p&gt;Share&lt;/p&gt;"
    done = _read(a_feed(an_item("1", "Ferry line", text)), noise=frozenset({"share"}))
    assert isinstance(done, ReadDone)
    (read,) = done.fresh
    assert (read.entry.text, read.entry.summary) == (LONG, f"<p><b>{LONG}</b></p><p>Share</p>")


def test_content_is_made_anew_without_page_furniture() -> None:
    body = (
        '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item><title>Ferry</title>'
        f"<description>Short.</description><content:encoded>&lt;p&gt;&lt;b&gt;{LONG}&lt;/b&gt;&lt;/p&gt;"
        "&lt;p&gt;See also&lt;/p&gt;&lt;p&gt;Other&lt;/p&gt;</content:encoded></item></channel></rss>"
    )
    done = _read(body, furniture=frozenset({"see also"}))
    assert isinstance(done, ReadDone)
    assert done.fresh[0].entry.content == f"<p>{LONG}</p>"


def _page(body: bytes) -> ReadEntry | Unreadable:
    ask = PageAsk(
        source=a_source(), entry=an_entry(), body=body, media_type="text/html", charset=None, url="https://x.example/1"
    )
    return Read(Outlets(), Cues()).page(ask)


def test_page_gives_the_entry_its_text() -> None:
    paragraph = f"<p>{LONG} {LONG}</p>"
    read = _page(f"<html><body><article>{paragraph * 3}</article></body></html>".encode())
    assert isinstance(read, ReadEntry)
    assert LONG in read.entry.text


def test_page_without_words_is_unreadable() -> None:
    assert isinstance(_page(b"<html><body></body></html>"), Unreadable)


def test_items_of_one_guid_that_are_two_have_a_guid_each() -> None:
    """Some feeds write the same one everywhere; the first has it, the others go by their page."""
    done = _read(a_feed(an_item("1", "Ferry line", LONG), an_item("1", "Storm", LONG, link="https://a.example/2")))
    assert isinstance(done, ReadDone)
    found = {read.entry.guid: read.entry.key for read in done.fresh}
    assert found == {guid: entry_key(AUTHORITY, a_source().slug, Guid(guid)) for guid in ("1", "https://a.example/2")}


@pytest.mark.parametrize("guid", ["A feed", "https://a.example/", "https://harbour.example/rss", ""])
def test_guid_that_names_the_feed_names_no_item(guid: str) -> None:
    """Its title, its page, its own address."""
    done = _read(a_feed(an_item(guid, "Ferry line", LONG, link="https://a.example/1")))
    assert isinstance(done, ReadDone)
    assert [read.entry.guid for read in done.fresh] == ["https://a.example/1"]


def test_page_of_a_source_is_read_as_a_list() -> None:
    """By the selectors that its editor gave."""
    body = f'<html><body><li><a href="/1">Ferry line</a><p>{LONG}</p></li></body></html>'
    done = _read(body, page=ListPage(item="li", summary="p"))
    assert isinstance(done, ReadDone)
    assert (done.form, done.total) == ("page", 1)
    assert [(read.entry.link, read.entry.text) for read in done.fresh] == [("https://harbour.example/1", LONG)]
    assert isinstance(_read(body, page=ListPage(item="article")), Unreadable)


def test_empty_feed_is_a_feed() -> None:
    """For one poll some are."""
    done = _read(a_feed())
    assert isinstance(done, ReadDone)
    assert (done.total, done.fresh, done.faults) == (0, (), ())


def test_discover_names_the_feeds_of_a_page() -> None:
    body = b'<link rel="alternate" type="application/rss+xml" href="/rss">'
    ask = DiscoverAsk(body=body, media_type="text/html", charset=None, url="https://harbour.example/")
    assert [link.url for link in Read(Outlets(), Cues()).discover(ask).feeds] == ["https://harbour.example/rss"]
