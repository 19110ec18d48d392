"""Lists of subscriptions."""

import pytest

from feedhub.errors import ParseError
from feedhub.steps.define import NewSource, OpmlSource, new_sources, read_opml
from feedhub.steps.define.opml import MAX_BYTES


def _opml(body: str) -> tuple[OpmlSource, ...]:
    return read_opml(f'<?xml version="1.0"?><opml version="2.0"><body>{body}</body></opml>'.encode())


def test_groups_become_tags() -> None:
    """However deep they lie; what stands in no group has none."""
    assert _opml("""
        <outline text="Asia"><outline text="unused" title="South Caucasus">
          <outline type="rss" text="Harbour Post" xmlUrl="https://harbour.example/rss" htmlUrl="https://harbour.example/"/>
        </outline></outline>
        <outline text="Gavan" xmlUrl="https://gavan.example/rss"/>
    """) == (
        OpmlSource(
            url="https://harbour.example/rss",
            title="Harbour Post",
            page="https://harbour.example/",
            tags=("asia", "south caucasus"),
        ),
        OpmlSource(url="https://gavan.example/rss", title="Gavan"),
    )


def test_names_come_in_any_case_and_namespace() -> None:
    """Programs write xmlUrl, xmlurl and XMLURL."""
    body = b"""

    <?xml version="1.0" encoding="utf-8"?>
    <OPML xmlns="http://opml.example/"><BODY><!-- a list --><Outline TITLE="Harbour Post" text="x"
      XMLURL="https://harbour.example/rss"/></BODY></OPML>"""
    assert read_opml(body.replace(b"\n    ", b"\n")) == (
        OpmlSource(url="https://harbour.example/rss", title="Harbour Post"),
    )


def test_encodings_are_those_of_xml() -> None:
    """UTF-16 with its mark is one."""
    text = '<?xml version="1.0" encoding="utf-16"?><opml><outline text="Ёлка" xmlUrl="https://a.example/"/></opml>'
    assert read_opml(text.encode("utf-16")) == (OpmlSource(url="https://a.example/", title="Ёлка"),)


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("feed://a.example/rss", "http://a.example/rss"),
        ("feed:https://a.example/rss", "https://a.example/rss"),
        ("FEED://https://a.example/rss", "https://a.example/rss"),
        (" https://a.example/rss\n", "https://a.example/rss"),
    ],
)
def test_feed_addresses_are_made_plain(written: str, url: str) -> None:
    """What browsers once made of a link to a feed."""
    assert _opml(f'<outline text="a" xmlUrl="{written}"/>') == (OpmlSource(url=url, title="a"),)


def test_entries_that_cannot_be_polled_are_left_out() -> None:
    """No address, or one that is not http."""
    assert _opml('<outline text="a" xmlUrl="ftp://a.example/"/><outline text="b" url="https://b.example/"/><x/>') == ()


def test_feed_in_several_groups_comes_once() -> None:
    """With the tags of all of them."""
    entry = '<outline text="a" xmlUrl="https://a.example/"/>'
    assert _opml(f'<outline text="Sea">{entry}</outline><outline text="Ports">{entry}{entry}</outline>') == (
        OpmlSource(url="https://a.example/", title="a", tags=("sea", "ports")),
    )


def test_categories_become_tags() -> None:
    """OPML 2.0 writes paths between commas."""
    assert _opml('<outline text="a" xmlUrl="https://a.example/" category="/News/Sea/,ports, ,"/>') == (
        OpmlSource(url="https://a.example/", title="a", tags=("sea", "ports")),
    )


def test_texts_are_tidied_and_bounded() -> None:
    """Titles of one line, tags of a few words, and few of them."""
    (source,) = _opml(
        "<outline text='G&#10;1'>" * 1
        + "".join(f"<outline text='{'g' * 99}{n}'>" for n in range(12))
        + f"<outline text='a&#9; b{'c' * 300}' xmlUrl='https://a.example/'/>"
        + "</outline>" * 13
    )
    assert source == OpmlSource(url="https://a.example/", title=f"a b{'c' * 197}", tags=("g 1", "g" * 60))


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "line 1: Document is empty"),
        (b"\n\n<opml><body>\n<outline text='a & b'/></body></opml>", "line 4: xmlParseEntityRef: no name"),
        (b"<opml><body>\n", "line 2: Premature end of data in tag body line 1"),
        (b"\n<html/>", "line 1: this is no OPML, it opens with <html>"),
        (b"\x00" * 10, "line 1: Document is empty"),
        (b"<a>" * 1000, "line 1: Excessive depth in document: 256"),
        (b" " * (MAX_BYTES + 1), "an OPML file of more than 10 MB is not read"),
    ],
)
def test_broken_list_is_refused_with_its_line(body: bytes, why: str) -> None:
    """Nothing of it is taken."""
    with pytest.raises(ParseError) as caught:
        read_opml(body)
    assert caught.value.why.startswith(why)


def test_entities_open_no_files_and_cost_no_memory() -> None:
    """A list comes from strangers."""
    outside = b'<!DOCTYPE o [<!ENTITY a SYSTEM "file:///etc/passwd">]><opml>&a;</opml>'
    tenfold = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    bomb = f'<!DOCTYPE o [<!ENTITY e0 "0123456789">{tenfold}]><opml a="&e8;"/>'.encode()
    assert read_opml(outside) == ()
    with pytest.raises(ParseError):
        read_opml(bomb)


def test_slugs_are_made_from_titles_else_hosts() -> None:
    """Small ASCII letters; a title in other letters is no help."""
    found = (
        OpmlSource(url="https://harbour.example/rss", title="Harbour Post: Ports & Sea", tags=("sea",)),
        OpmlSource(url="https://www.gavan.example/rss", title="Гавань"),
        OpmlSource(url="https://a.example/rss", title="A"),
        OpmlSource(url="https://гавань/rss", title=""),
        OpmlSource(url="https://b.example/rss", title="b" * 100),
    )
    assert new_sources(found, taken=()) == (
        NewSource(
            slug="harbour-post-ports-sea", url="https://harbour.example/rss", title=found[0].title, tags=("sea",)
        ),
        NewSource(slug="gavan-example", url="https://www.gavan.example/rss", title="Гавань"),
        NewSource(slug="a-example", url="https://a.example/rss", title="A"),
        NewSource(slug="source", url="https://гавань/rss"),
        NewSource(slug="b" * 40, url="https://b.example/rss", title="b" * 100),
    )


def test_slugs_are_free() -> None:
    """Numbered where they are taken, by sources that are there or by each other."""
    found = tuple(OpmlSource(url=f"https://a.example/{number}", title="Harbour Post") for number in range(3))
    slugs = [source.slug for source in new_sources(found, taken={"harbour-post", "harbour-post-3"})]
    assert slugs == ["harbour-post-2", "harbour-post-4", "harbour-post-5"]
