"""The links that heads name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedhub.adapters.http.links import MOST, read_links
from feedhub.model.fetching import Link

BASE = "https://news.example/rss/feed?x=1"
HUB = Link(rel="hub", url="https://hub.example/")
SELF = Link(rel="self", url="https://news.example/rss/feed")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((), ()),
        (("",), ()),
        (('<https://hub.example/>; rel="hub"',), (HUB,)),
        (("<https://hub.example/>;rel=hub",), (HUB,)),
        (("  <https://hub.example/> ; REL = HUB ;",), (HUB,)),
        (('<https://hub.example/>; rel="hub", </rss/feed>; rel="self"',), (HUB, SELF)),
        (("<https://hub.example/>; rel=hub", "<feed>; rel=self"), (HUB, SELF)),
        ((',, <https://hub.example/>; rel="hub",,<feed>;rel=self ,',), (HUB, SELF)),
        (("<feed>; rel=self; rel=hub",), (SELF,)),
        (('<https://a.example/b,c;d>; rel="x"',), (Link(rel="x", url="https://a.example/b,c;d"),)),
        (("<https://hub.example/>",), ()),
        (('<https://hub.example/>; rel=""',), ()),
        (("<https://hub.example/>; rev=hub",), ()),
        (("https://hub.example/; rel=hub",), ()),
        (("<https://hub.example/; rel=hub",), ()),
        (("<ftp://hub.example/>; rel=hub, <mailto:a@b.example>; rel=hub, <javascript:1>; rel=hub",), ()),
        (('<feed>; rel=self; anchor="/other"',), ()),
        (('<feed>; rel=self; anchor=""',), (SELF,)),
        (('<feed>; rel=self; anchor="#part"',), ()),
        (('<feed>; broken="; rel=self',), ()),
        (("<https://u:p@hub.example/>; rel=hub",), (HUB,)),
        (('<>; rel="x"',), (Link(rel="x", url=BASE),)),
    ],
)
def test_links_are_read_as_the_standard_says(lines: tuple[str, ...], expected: tuple[Link, ...]) -> None:
    """RFC 8288, section 3 and appendix B.2."""
    assert read_links(lines, BASE) == expected


def test_every_relation_is_a_link_of_its_own() -> None:
    """Once, in lower case."""
    [first, second] = read_links(('<feed>; rel="Self alternate self"',), BASE)
    assert (first, second) == (SELF, Link(rel="alternate", url=SELF.url))


def test_type_and_title_are_kept_as_far_as_they_are_any() -> None:
    """Commas and quotes in them end nothing."""
    line = '<a>; rel=alternate; type="Application/RSS+xml; charset=utf-8"; title="All \\"news\\",  now; here"'
    assert read_links((line, '<b>; rel=alternate; type="no type"; title'), BASE) == (
        Link(
            rel="alternate",
            url="https://news.example/rss/a",
            media_type="application/rss+xml",
            title='All "news", now; here',
        ),
        Link(rel="alternate", url="https://news.example/rss/b"),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_other_scripts_left_unescaped_are_read_as_what_they_are(encoding: str) -> None:
    """Heads come as Latin-1."""
    line = '<é>; rel=next; title="Météo"'.encode(encoding).decode("latin-1")
    assert read_links((line,), BASE) == (Link(rel="next", url="https://news.example/rss/%C3%A9", title="Météo"),)


def test_a_link_that_points_at_a_part_or_spells_oddly_keeps_its_spelling() -> None:
    """A hub compares topics letter by letter."""
    line = "<HTTPS://News.Example/Feed?b=2&a=%7e>; rel=self"
    assert read_links((line,), BASE) == (Link(rel="self", url="https://news.example/Feed?b=2&a=%7e"),)


def test_more_links_than_anybody_needs_are_left_out() -> None:
    """Over all lines."""
    lines = tuple(f"</{number}>; rel=preload, </{number}>; rel='x'" for number in range(MOST))
    assert len(read_links(lines, BASE)) == MOST
    assert len(read_links(('<a>; rel="' + " ".join(f"r{number}" for number in range(500)) + '"',), BASE)) == MOST


@given(line=st.text(st.sampled_from('<>;,="\\ ré/:a'), max_size=60))
def test_no_line_is_an_exception(line: str) -> None:
    for link in read_links((line,), BASE):
        assert link.url.startswith("http")
