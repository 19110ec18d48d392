"""What is new in a body is what reading all of it would give, whatever was seen before."""

import random  # noqa: TID251  # a test draws what was seen
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from feedhub.errors import ParseError
from feedhub.model.raw import ParsedFeed, Portion, RawEntry
from feedhub.steps.parse import parse, parse_new
from feedhub.steps.parse.marks import SIZE

ROOT = Path(__file__).parents[4]
GOLDEN = sorted((ROOT / "tests" / "golden" / "parse").glob("*.in.*"))
REAL = ROOT.parent / "shared" / "data" / "feeds.tar.xz"
URL = "https://feed.example/news/feed"
ROUNDS = 4
MOST = 100_000

HEAD = '<rss version="2.0" xmlns:at="http://purl.org/atompub/tombstones/1.0"><channel><title>T</title>'
FOOT = "</channel></rss>"


def new(body: bytes | str, *, seen: bytes = b"", most: int = MOST) -> Portion:
    """What is new in a body."""
    data = body.encode() if isinstance(body, str) else body
    return parse_new(data, media_type="", charset=None, url=URL, seen=seen, most=most)


def whole(body: bytes | str) -> ParsedFeed:
    """All of it."""
    data = body.encode() if isinstance(body, str) else body
    return parse(data, media_type="", charset=None, url=URL)


def item(number: int, text: str = "") -> str:
    """An item of its own."""
    return f"<item><title>Item {number}{text}</title><guid>{number}</guid></item>"


def feed(*items: str) -> str:
    """A feed of items."""
    return HEAD + "\n".join(items) + FOOT


def titles(portion: Portion) -> list[str]:
    """Those of the items that were read."""
    return [entry.title.value for entry in portion.feed.entries]


def marks(portion: Portion) -> list[bytes]:
    """The marks to know items by, one by one."""
    return [portion.seen[at : at + SIZE] for at in range(0, len(portion.seen), SIZE)]


def assert_new_is_the_rest_of_whole(body: bytes, dice: random.Random) -> None:
    """For several choices of what was seen: the others in order, each once, and of the feed itself everything."""
    everything = whole(body)
    first = new(body)
    once = tuple({entry.digest: entry for entry in everything.entries}.values())
    known = marks(first)
    assert _told(first.feed) == _told(replace(everything, entries=once))
    assert (first.total, first.more) == (len(everything.entries), False)
    for _ in range(ROUNDS):
        chosen = [dice.random() < 0.5 for _ in known]
        seen = b"".join(mark for mark, old in zip(known, chosen, strict=True) if old)
        rest = new(body, seen=seen)
        unread = tuple(entry for entry, old in zip(first.feed.entries, chosen, strict=True) if not old)
        assert rest == replace(first, feed=replace(first.feed, entries=unread))


def _told(feed: ParsedFeed) -> tuple[ParsedFeed, tuple[RawEntry, ...]]:
    """The feed apart from its entries, which are listed once each."""
    return replace(feed, entries=()), tuple({entry.digest: entry for entry in feed.entries}.values())


@pytest.mark.parametrize("case", GOLDEN, ids=lambda path: path.name)
def test_new_is_the_rest_of_whole_in_every_golden_feed(case: Path) -> None:
    """Of all forms."""
    assert_new_is_the_rest_of_whole(case.read_bytes(), random.Random(case.name))  # noqa: S311


@pytest.mark.skipif(not REAL.exists(), reason="the archive of real feeds is not beside the repository")
def test_new_is_the_rest_of_whole_in_every_real_feed() -> None:
    """Each that can be read."""
    read = 0
    for name, body in _real_feeds():
        try:
            whole(body)
        except ParseError:
            continue
        assert_new_is_the_rest_of_whole(body, random.Random(name))  # noqa: S311
        read += 1
    assert read > 100


def _real_feeds() -> Iterator[tuple[str, bytes]]:
    with tarfile.open(REAL) as archive:
        for member in archive:
            file = archive.extractfile(member)
            if file:
                yield member.name, file.read()


def test_items_that_were_seen_are_not_even_parsed() -> None:
    """One that became unreadable meanwhile would show, if it were."""
    body = feed(item(1), item(2))
    first = new(body)
    second = new(feed(item(3), item(1), item(2)), seen=first.seen)
    assert (titles(first), titles(second), second.total) == (["Item 1", "Item 2"], ["Item 3"], 3)
    assert marks(second)[1:] == marks(first)


def test_item_that_changed_is_new() -> None:
    """Any byte of it."""
    first = new(feed(item(1), item(2)))
    assert titles(new(feed(item(1), item(2, "!")), seen=first.seen)) == ["Item 2!"]


def test_nothing_new_still_tells_of_the_feed() -> None:
    """Its title, and what stands behind the items."""
    body = feed(item(1)).replace(FOOT, f"<language>az</language><link>/home</link>{FOOT}")
    first = new(body)
    again = new(body, seen=first.seen)
    assert again == replace(first, feed=replace(first.feed, entries=()))
    assert (again.feed.title, again.feed.lang, again.feed.link) == ("T", "az", "https://feed.example/home")


def test_same_item_twice_is_read_once() -> None:
    """Both count."""
    portion = new(feed(item(1), item(2), item(1)))
    assert (titles(portion), portion.total, len(marks(portion))) == (["Item 1", "Item 2"], 3, 2)


def test_no_more_than_asked_for_are_read_and_the_rest_comes_next() -> None:
    """The first of the body first."""
    body = feed(*map(item, range(5)))
    first = new(body, most=2)
    second = new(body, seen=first.seen, most=2)
    third = new(body, seen=second.seen, most=2)
    assert [titles(each) for each in (first, second, third)] == [["Item 0", "Item 1"], ["Item 2", "Item 3"], ["Item 4"]]
    assert [each.more for each in (first, second, third)] == [True, True, False]
    assert [each.total for each in (first, second, third)] == [5, 5, 5]


def test_item_that_vanishes_and_returns_is_known() -> None:
    """A feed may be empty for one poll."""
    first = new(feed(item(1), item(2)))
    empty = new(feed(), seen=first.seen)
    assert titles(new(feed(item(2), item(3)), seen=empty.seen)) == ["Item 3"]


def test_old_marks_are_kept_up_to_a_limit() -> None:
    """200, or twice as many as there are items."""
    seen = b"".join(number.to_bytes(SIZE, "big") for number in range(1000))
    few, many = new(feed(item(1)), seen=seen), new(feed(*map(item, range(150))), seen=seen)
    assert (len(marks(few)), len(marks(many))) == (200, 300)
    assert few.seen[SIZE:] == seen[: 199 * SIZE]


def test_entry_that_is_withdrawn_and_comes_back_is_read_again() -> None:
    """A tombstone forgets what is in the feed no more."""
    first = new(feed(item(1), item(2)))
    grave = new(feed(item(1), '<at:deleted-entry ref="2"/>'), seen=first.seen)
    assert (grave.feed.withdrawn, len(marks(grave))) == (("2",), 1)
    assert titles(new(feed(item(1), item(2)), seen=grave.seen)) == ["Item 2"]


@pytest.mark.parametrize(
    "body",
    [
        '{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "title": "a"}, {"id": 2, "title": "b"}]}',
        feed("<item><title>a</title>", "<item><title>b</title></item>"),
        feed("<item><title>a</title></item>", "<ttl>60</ttl>", "<item><title>b</title></item>"),
        (
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">'
            "<url><loc>https://x.example/1</loc><n:news><n:title>a</n:title></n:news></url>"
            "<url><loc>https://x.example/2</loc><n:news><n:title>b</n:title></n:news></url></urlset>"
        ),
    ],
    ids=["json", "soup", "odd", "sitemap"],
)
def test_what_cannot_be_cut_is_read_whole_and_known_again_all_the_same(body: str) -> None:
    """By the digests of its entries."""
    first = new(body, most=1)
    second = new(body, seen=first.seen)
    assert ([titles(first), titles(second)], first.more, second.total) == ([["a"], ["b"]], True, 2)
    assert titles(new(body, seen=second.seen)) == []


def test_item_that_breaks_the_feed_has_it_read_whole() -> None:
    """As if nothing had been seen; from then on its entries are known by their digests."""
    first = new(feed(item(1), item(2)))
    broken = feed("<item><title>Item 0</title><x &&></item>", item(1), item(2))
    second = new(broken, seen=first.seen)
    assert (titles(second), second.feed) == (["Item 0", "Item 1", "Item 2"], whole(broken))
    assert titles(new(broken, seen=second.seen)) == []
    assert titles(new(feed(item(1), item(2)), seen=second.seen)) == []


def test_faults_of_the_rest_are_told() -> None:
    """Controls, as when it is read whole."""
    body = feed(item(1), item(2)).replace("T</title>", "T\x0b</title>")
    assert new(body).feed.faults == ("it holds control characters, which were left out",)


LEAKS = [
    '<item xmlns:x="http://search.yahoo.com/mrss/"><x:title>m</x:title><x:content url="a"/></item>',
    '<item><x:title xmlns:x="urn:other">m</x:title></item>',
    '<item xml:base="/b/" xml:lang="ru"><title>m</title><link>l</link></item>',
    '<item base="http://elsewhere.example/"><link>l</link></item>',
    "<item><georss:where xmlns:georss='http://www.georss.org/georss'>x</georss:where><cc:license/></item>",
    "<item><channel><title>inner</title><language>de</language></channel><title>m</title></item>",
    '<item><feed xml:lang="fr" version="0.3"><title>m</title></feed></item>',
    '<item><rss version="0.92" lang="tr"/><image><url>u</url><title>p</title></image></item>',
    '<item><content type="xhtml"><svg><title>s</title></svg></content></item>',
    "<item><source><title>m</title></source><dc:language>az</dc:language><title>n</title></item>",
    "<item><textInput><name>n</name></textInput><author><name>a</name></author><hour>1</hour></item>",
    "<item><itunes:owner><title>x</title></itunes:owner><guid>g</guid><description>d</description></item>",
]
NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:itunes="http://www.itunes.com/DTDs/PodCast-1.0.dtd" '
    'xmlns:cc="http://web.resource.org/cc/" xmlns:y="urn:other"'
)
AFTER = '<x:wrap xmlns:x="urn:w"><title>inner</title></x:wrap><title>again</title><link>/l</link>'


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("root", ['<rss version="2.0" {}>', '<rss xml:lang="en" {}>', "<rss xml:base='/r/' {}>"])
def test_item_leaves_nothing_behind_for_those_after_it(root: str, seed: int) -> None:
    """Neither prefixes nor bases, languages, dialects or open elements."""
    dice = random.Random(seed)  # noqa: S311
    items = dice.sample(LEAKS, k=len(LEAKS))
    body = f"{root.format(NAMESPACES)}<channel><title>T</title>{''.join(items)}{AFTER}</channel></rss>"
    assert_new_is_the_rest_of_whole(body.encode(), dice)
