"""What holds of every body."""

from hypothesis import given
from hypothesis import strategies as st

from feedhub.errors import ParseError
from feedhub.model.raw import ParsedFeed
from feedhub.steps.parse import parse, read_page

NAMES = [
    "title",
    "link",
    "description",
    "item",
    "entry",
    "guid",
    "pubDate",
    "author",
    "image",
    "source",
    "content",
    "width",
]
PREFIXED = ["dc:date", "media:title", "media:player", "georss:where", "cc:license", "itunes:owner", "content:encoded"]

tags = st.sampled_from(NAMES + PREFIXED)
soup = st.lists(
    st.one_of(
        tags.map(lambda name: f"<{name}>"),
        tags.map(lambda name: f"</{name}>"),
        tags.map(lambda name: f"<{name} url='u' type='xhtml' xml:base='/x'/>"),
        st.sampled_from(
            ["&", "&nbsp;", "&#x110000;", "<![CDATA[", "]]>", "<!--", "-->", "<?x", "<!DOCTYPE", "<", "\x00", "<svg>"]
        ),
        st.text(max_size=6),
    ),
    max_size=40,
).map("".join)
roots = st.sampled_from(
    ["<rss version='2.0'><channel>{}</channel></rss>", "<feed xmlns='http://www.w3.org/2005/Atom'>{}</feed>", "<rss>{}"]
)
documents = st.builds(str.format, roots, soup).map(lambda text: text.encode("utf-8", "replace"))
json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["id", "items", "authors", "tags", "url"]), inner)
    ),
    max_leaves=10,
)
bodies = st.one_of(
    st.binary(max_size=300),
    documents,
    st.builds(
        lambda start, rest: start + rest,
        st.sampled_from([b"<rss", b"{", b"[", b"\xff\xfe", b"<?xml "]),
        st.binary(max_size=100),
    ),
    json_values.map(
        lambda value: (
            repr({"version": "https://jsonfeed.org/version/1.1", "items": value})
            .replace("'", '"')
            .encode("utf-8", "replace")
        )
    ),
)
charsets = st.one_of(
    st.none(), st.sampled_from(["utf-8", "windows-1251", "utf-16", "idna", "gb2312", "rot13", ""]), st.text(max_size=8)
)


@given(bodies, charsets)
def test_parse_fails_only_as_parse_error(body: bytes, charset: str | None) -> None:
    """Whatever the bytes and whatever the server calls them: a feed of some form, or a sentence."""
    assert tried(body, charset)


@given(documents)
def test_parse_twice_gives_the_same(body: bytes) -> None:
    """Digests too: nothing depends on what was read before."""
    assert tried(body) == tried(body)


@given(st.one_of(st.binary(max_size=300), documents), charsets)
def test_read_page_fails_only_as_parse_error(body: bytes, charset: str | None) -> None:
    """And never gives nothing."""
    try:
        text = read_page(body, media_type="text/html", charset=charset, url="https://page.example/1")
    except ParseError as error:
        text = error.why
    assert text.strip()


def tried(body: bytes, charset: str | None = None) -> ParsedFeed | str:
    """The feed, or why it cannot be read."""
    try:
        return parse(body, media_type="text/xml", charset=charset, url="https://feed.example/news/feed")
    except ParseError as error:
        return error.why
