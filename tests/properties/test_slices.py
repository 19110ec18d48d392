"""What holds of every feed that is cut into its items, however hostile."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from feedhub.errors import ParseError
from feedhub.model.raw import ParsedFeed, Portion, RawEntry
from feedhub.steps.parse import parse, parse_new
from feedhub.steps.parse.marks import SIZE
from feedhub.steps.parse.news import read_new_usual, read_new_xml
from feedhub.steps.parse.slices import slices, without
from feedhub.steps.parse.sniff import XmlText, sniff

URL = "https://feed.example/news/feed"
PIECES = [
    "<title>a</title>", "<title>b &amp; c</title>", "<guid>1</guid>", "<link>/x</link>", "text", " ", "\n",
    "<![CDATA[", "]]>", "<![CDATA[</item><item>]]>", "<!--", "-->", "<!-- <item> -->", "<!-- -- -->", "<?p", "?>",
    "<item>", "</item>", "<item/>", "<item", "<entry>", "</entry>", "<item a='>'>", "<x a='<item>'/>", "<m:item/>",
    "<dc:language xmlns:dc='http://purl.org/dc/elements/1.1/'>az</dc:language>", "<t xmlns='urn:t'/>",
    "<feed>", "</feed>", "<channel>", "</channel>", "<x xml:lang='ru' xml:base='/b'>", "</x>", "&", "&nbsp;", "]]>",
    "<image><title>i</title></image>", "<source><title>s</title></source>", "<content type='xhtml'><p>x</p></content>",
    "<ttl>9</ttl>", "<language>en</language>", "<svg>", "</svg>", "<author>", "</author>",
]  # fmt: skip
ROOTS = [
    "<rss version='2.0' xmlns:m='http://search.yahoo.com/mrss/'><channel>{}</channel></rss>",
    "<feed xmlns='http://www.w3.org/2005/Atom'>{}</feed>",
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>{}</rdf:RDF>",
]

soup = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
whole_pieces = st.sampled_from([piece for piece in PIECES if piece[0] == "<" and piece.endswith((">", "/>"))])
names = st.sampled_from(["item", "entry"])
items = st.builds("<{0}>{1}</{0}>".format, names, st.one_of(soup, st.lists(whole_pieces, max_size=3).map("".join)))
gaps = st.sampled_from(["", "", "\n", "<!-- gap -->", "x", "<ttl>1</ttl>"])
lists = st.lists(st.tuples(items, gaps).map("".join), max_size=6).map("".join)
bodies = st.builds(
    lambda root, head, middle, foot: root.format(head + middle + foot), st.sampled_from(ROOTS), soup, lists, soup
)


@given(soup, st.lists(soup, max_size=5), soup)
def test_items_and_what_is_left_make_the_feed_again(head: str, inner: list[str], foot: str) -> None:
    """Byte for byte, the items in order and apart."""
    text = f"<rss>{head}" + "".join(f"<item>{each}</item>" for each in inner) + foot
    data = text.encode()
    spans = slices(data)
    edges = [0, *(edge for span in spans for edge in span), len(data)]
    assert edges == sorted(edges)
    kept = without(data, spans)
    again, at = b"", 0
    for start, end in spans:
        gap = start - (len(again))
        again += kept[at : at + gap] + data[start:end]
        at += gap
    assert again + kept[at:] == data
    assert all(
        data[start:end].startswith((b"<item", b"<entry")) and data[start:end].endswith(b">") for start, end in spans
    )


@given(bodies, st.data())
def test_new_is_the_rest_of_whole(body: str, data: st.DataObject) -> None:
    """Whatever was seen; what cannot be read cannot be read either way."""
    everything = tried(body)
    if isinstance(everything, str):
        assert tried_new(body, b"") == everything
        return
    first = tried_new(body, b"")
    assert not isinstance(first, str)
    assert (told(first[0]), first[1]) == (told(everything), len(everything.entries))
    marks = [first[2][at : at + SIZE] for at in range(0, len(first[2]), SIZE)]
    old = [data.draw(st.booleans()) for _ in marks]
    rest = tried_new(body, b"".join(mark for mark, known in zip(marks, old, strict=True) if known))
    unread = tuple(entry for entry, known in zip(first[0].entries, old, strict=True) if not known)
    assert rest == (replace(first[0], entries=unread), *first[1:])


starts = st.sampled_from(
    [b"", b"", b"\xef\xbb\xbf", b'<?xml version="1.0"?>\n', b'<?xml encoding="gbk"?>', b"<!-- \xe9 -->", b"\0"]
)
signs = st.sampled_from([b"\xc3\xa9", b"\xe9", b"\x07", b"\xef\xbf\xbe", b"\xef\xbf\xbd"])
spoilt = st.builds(
    lambda start, body, put: start + body[: put[0]] + put[1] + body[put[0] :],
    starts,
    bodies.map(str.encode),
    st.one_of(st.just((0, b"")), st.tuples(st.integers(0, 400), signs)),
)


@given(spoilt, st.sampled_from([None, "utf-8", "iso-8859-1", "gbk"]), st.data())
def test_usual_way_gives_what_the_long_way_gives_or_nothing(
    raw: bytes, charset: str | None, data: st.DataObject
) -> None:
    """Whatever stands before it or in it, whatever it says of its encoding, and whatever was seen."""
    first = ended(partial(long_way, raw, charset=charset, seen=b"", most=1000))
    held = first.seen if isinstance(first, Portion) else b""
    seen = b"".join(held[at : at + SIZE] for at in range(0, len(held), SIZE) if data.draw(st.booleans()))
    for most in (1000, 1):
        got = ended(partial(read_new_usual, raw, charset=charset, url=URL, seen=seen, most=most))
        assert got is None or got == ended(partial(long_way, raw, charset=charset, seen=seen, most=most))


def long_way(raw: bytes, *, charset: str | None, seen: bytes, most: int) -> Portion:
    """What is new in a feed in XML, all of it decoded and looked at."""
    found = sniff(raw, media_type="", charset=charset)
    assert isinstance(found, XmlText)
    return read_new_xml(found, url=URL, seen=seen, most=most)


def ended(read: Callable[[], Portion | None]) -> Portion | str | None:
    """What was read, or why it cannot be."""
    try:
        return read()
    except ParseError as error:
        return error.why


def told(feed: ParsedFeed) -> tuple[ParsedFeed, tuple[RawEntry, ...]]:
    """The feed apart from its entries, which are listed once each."""
    return replace(feed, entries=()), tuple({entry.digest: entry for entry in feed.entries}.values())


def tried(body: str) -> ParsedFeed | str:
    """The feed, or why it cannot be read."""
    try:
        return parse(body.encode(), media_type="", charset=None, url=URL)
    except ParseError as error:
        return error.why


def tried_new(body: str, seen: bytes) -> tuple[ParsedFeed, int, bytes] | str:
    """What is new in it, how many items it has, and their marks."""
    try:
        portion = parse_new(body.encode(), media_type="", charset=None, url=URL, seen=seen, most=1000)
    except ParseError as error:
        return error.why
    return portion.feed, portion.total, portion.seen
