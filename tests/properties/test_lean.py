"""The short ways through items and heads give what feedparser gives, or nothing."""

from hypothesis import given
from hypothesis import strategies as st

from feedhub.steps.parse.head import head
from feedhub.steps.parse.items import Found, feed_of
from feedhub.steps.parse.lean import lean
from feedhub.steps.parse.xml import Collected, strictly

texts = st.one_of(
    st.text(alphabet="aZ<>&;'\" \n\téЖ\x85\x92Ã©\u200b", max_size=12).map(
        lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
    ),
    st.sampled_from(
        [
            "<![CDATA[<p>a</p>]]>", "a<!-- c -->b", "&lt;b&gt;x&lt;/b&gt;", "AT&amp;T", "&amp;amp;x;", "?a=1&amp;b;=2",
            "Mon, 02 Mar 2026 09:00:00 GMT", "2026-03-02T09:00:00Z", "2026/03/02", "1" * 81, "&#233;", "a@b.c (N)",
            "https://x.example/1", "&amp;eacute;", "&nbsp;", "<i>x</i>", "<name>n</name>", "<name> </name>x",
            "<email>e</email><uri>u</uri>", "x<name>n</name>", "<name a='b'>n</name>", "<name><b/></name>",
        ]
    ),
)  # fmt: skip
names = st.sampled_from(
    [
        "title", "description", "summary", "content", "content:encoded", "link", "guid", "id", "pubDate", "published",
        "updated", "dc:date", "category", "author", "dc:creator", "source", "enclosure", "media:content", "comments",
        "media:thumbnail", "slash:comments", "wfw:commentRss", "thr:total", "feedburner:origLink", "wp:post-id",
        "a:link", "a:author", "a:updated", "u:title", "media:title", "Title", "hour", "created", "yandex:full-text",
    ]
)  # fmt: skip
attributes = st.lists(
    st.sampled_from(
        [
            ("type", "html"), ("type", "TEXT/PLAIN"), ("type", "xhtml"), ("type", "text"), ("mode", "base64"),
            ("href", "/x"), ("href", ""), ("rel", "via"), ("rel", "self"), ("rel", "Enclosure"), ("url", "https://x/1"),
            ("uri", "u"), ("term", "t"), ("label", "l"), ("scheme", "s"), ("domain", "d"), ("isPermaLink", "false"),
            ("length", "9"), ("xml:lang", "ru"), ("xml:base", "/b"), ("lang", "ru"), ("base", "/b"), ("title", "T"),
            ("dc:x", "1"), ("Type", "html"), ("medium", "image"),
        ]
    ),
    max_size=3,
    unique_by=lambda pair: pair[0],
).map(lambda pairs: "".join(f' {name}="{value}"' for name, value in pairs))  # fmt: skip
bare = st.just("")
parts = st.builds("<{0}{1}>{2}</{0}>".format, names, st.one_of(bare, bare, attributes), texts)
items = st.builds(
    "<{0}{1}>{2}</{0}>".format,
    st.sampled_from(["item", "entry", "item", "x:item"]),
    st.sampled_from(["", "", "", " xml:lang='az'", " rdf:about='1'"]),
    st.lists(parts, max_size=6).map("\n".join),
)
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "dc": "http://purl.org/dc/elements/1.1/",
        "content": "http://purl.org/rss/1.0/modules/content/",
        "media": "http://search.yahoo.com/mrss/",
        "slash": "http://purl.org/rss/1.0/modules/slash/",
        "wfw": "http://wellformedweb.org/CommentAPI/",
        "thr": "http://purl.org/syndication/thread/1.0",
        "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
        "wp": "com-wordpress:feed-additions:1",
        "a": "http://www.w3.org/2005/Atom",
        "u": "http://backend.userland.com/rss2",
        "x": "urn:other",
        "yandex": "http://news.yandex.ru",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    }.items()
)
roots = st.sampled_from(
    [
        f"<rss version='2.0' {NAMESPACES}><channel><title>T</title>{{}}</channel></rss>",
        f"<rss version='2.0' xml:lang='az' {NAMESPACES}><channel>{{}}</channel></rss>",
        f"<rss version='2.0' xml:lang='pt_BR' {NAMESPACES}><channel>{{}}</channel></rss>",
        f"<rss version='2.0' {NAMESPACES}><channel xml:lang='ru'>{{}}</channel></rss>",
        f"<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en-GB' {NAMESPACES}>{{}}</feed>",
        f"<feed xmlns='http://www.w3.org/2005/Atom' {NAMESPACES}>{{}}</feed>",
    ]
)
feeds = st.builds(lambda root, inner: root.format("".join(inner)), roots, st.lists(items, max_size=3))


@given(feeds)
def test_lean_gives_what_feedparser_gives_or_nothing(text: str) -> None:
    """Every field of every entry."""
    got = strictly(text.encode(), base="https://feed.example/" if "xml:base" in text else "", version="")
    entries = lean(text.encode(), atom=got.version.startswith("atom"))
    if entries is not None:
        assert got.problem is None
        assert told(got.version, entries) == told(got.version, got.entries)


@given(st.lists(st.sampled_from(["title", "guid", "pubDate", "link", "description", "dc:creator"]), unique=True), texts)
def test_lean_knows_what_most_items_are_made_of(elements: list[str], text: str) -> None:
    """Text in each of some elements, none of them twice."""
    inner = "".join(f"<{name}>{text}</{name}>" for name in elements)
    entries = lean(f"<rss {NAMESPACES}><channel><item>{inner}</item></channel></rss>".encode(), atom=False)
    assert "<i>" in text or "<name" in text or "<email" in text or "&nbsp;" in text or entries is not None


USUAL = NAMESPACES.replace("http://backend.userland.com/rss2", "urn:userland")
own_names = st.sampled_from(
    [
        "title", "link", "language", "ttl", "id", "sy:updatePeriod", "sy:updateFrequency", "sy:updateBase", "a:link",
        "description", "image", "lastBuildDate", "generator", "author", "subtitle", "updated", "itunes:image",
        "x:title", "media:title", "dc:language", "a:title", "skipHours", "hour", "x:channel", "at:deleted-entry", "foo",
    ]
)  # fmt: skip
own_parts = st.builds(
    "<{0}{1}>{2}</{0}>".format,
    own_names,
    st.one_of(bare, bare, attributes, st.sampled_from([" xmlns='urn:x'", " xmlns:x='urn:y'", " xmlns:dc='urn:z'"])),
    st.one_of(texts, texts, st.builds("<{0}{1}>{2}</{0}>".format, own_names, st.one_of(bare, attributes), texts)),
)
own_roots = st.sampled_from(
    [
        "<rss version='2.0'{}><channel>{}</channel></rss>",
        "<rss version='2.0'{}><channel>{}</channel></rss>",
        "<rss version='2.0' xml:lang='az'{}><channel>{}</channel></rss>",
        "<rss version='2.0' xml:lang='pt_BR'{}><channel>{}</channel></rss>",
        "<rss version='2.0' lang='az' xml:base='/b'{}><channel>{}</channel></rss>",
        "<rss version='0.91'{}><channel>{}</channel></rss>",
        "<rss version='2.0'{}><channel href='/c'>{}</channel></rss>",
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en-GB'{}>{}</feed>",
        "<feed xmlns='http://www.w3.org/2005/Atom' version='0.3'{}>{}</feed>",
        "<feed xmlns='http://purl.org/atom/ns#'{}>{}</feed>",
    ]
)
own_namespaces = st.lists(
    st.sampled_from(
        [
            ' xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"',
            ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"',
            ' xmlns:at="http://purl.org/atompub/tombstones/1.0"',
            ' xmlns:rss="http://purl.org/rss/1.0/"',
            ' xmlns:itunes="http://purl.org/dc/elements/1.1/"',
            ' xmlns:sy="urn:own"',
        ]
    ),
    max_size=3,
    unique_by=lambda text: text.partition("=")[0],
).map("".join)
heads = st.builds(
    lambda root, more, inner: root.format(f" {USUAL}{more}", "".join(inner)),
    own_roots,
    own_namespaces,
    st.lists(own_parts, max_size=5),
)


@given(heads)
def test_head_gives_what_feedparser_gives_or_nothing(text: str) -> None:
    """All that is made of a feed without items."""
    got = head(text.encode())
    if got is not None:
        slow = strictly(text.encode(), base="https://feed.example/" if "xml:base" in text else "", version="")
        assert (got.problem, got.entries, own(got)) == (slow.problem, slow.entries, own(slow))


@given(st.lists(st.sampled_from(["title", "link", "language", "ttl", "copyright"]), unique=True), texts)
def test_head_knows_what_most_feeds_say_of_themselves(elements: list[str], text: str) -> None:
    """Text in each of some elements, none of them twice."""
    inner = "".join(f"<{name}>{text}</{name}>" for name in elements)
    got = head(f"<rss version='2.0' {USUAL}><channel>{inner}</channel></rss>".encode())
    assert "<i>" in text or "<name" in text or "<email" in text or "&" in text or got is not None


def own(got: Collected) -> object:
    """What is made of the feed itself."""
    url = "https://feed.example/"
    return feed_of(
        form=got.version,
        feed=got.feed,
        entries=(),
        withdrawn=got.withdrawn,
        skips=got.skips,
        base=got.base or url,
        faults=(),
    )


def told(form: str, entries: tuple[Found, ...]) -> object:
    """What is made of the entries."""
    url = "https://feed.example/"
    return feed_of(form=form, feed={}, entries=entries, withdrawn=(), skips=(), base=url, faults=()).entries
