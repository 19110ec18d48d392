"""What holds of every feed that is cut into its items, however hostile."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from feedhub.errors import ParseError
from feedhub.model.raw import ParsedFeed, RawEntry
from feedhub.steps.parse import parse, parse_new
from feedhub.steps.parse.marks import SIZE
from feedhub.steps.parse.slices import slices, without

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
    spans = slices(text)
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    assert edges == sorted(edges)
    kept = without(text, spans)
    again, at = "", 0
    for start, end in spans:
        gap = start - (len(again))
        again += kept[at : at + gap] + text[start:end]
        at += gap
    assert again + kept[at:] == text
    assert all(
        text[start:end].startswith(("<item", "<entry")) and text[start:end].endswith(">") for start, end in spans
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
