"""Where items stand in the text of a feed."""

import pytest

from feedhub.steps.parse.slices import slices, without

ONE, TWO = "<item><title>1</title></item>", '<item rdf:about="a>b">2</item >'
HEAD, FOOT = "<rss version='2.0'><channel><title>T</title>\n", "\n<ttl>5</ttl></channel></rss>\n"


def cut(text: str) -> list[str]:
    """The items, as written."""
    data = text.encode()
    return [data[start:end].decode() for start, end in slices(data)]


@pytest.mark.parametrize("between", ["", " \r\n\t", "<!-- a --> \n<!--<item>-->"])
def test_slices_are_the_items_byte_for_byte(between: str) -> None:
    """Whatever blanks and comments stand between them."""
    assert cut(f"{HEAD}{ONE}{between}{TWO}{FOOT}") == [ONE, TWO]


@pytest.mark.parametrize(
    "inside",
    [
        "<![CDATA[</item><item>]]>",
        "<!-- </item> -->",
        "<?php <item> ?>",
        "<items/><itemref></itemref>",
        'a="<b>"',
        "<![CDATA[ ]] [x] ]></item>]]>",
    ],
)
def test_slices_are_not_misled_by_what_only_looks_like_an_item(inside: str) -> None:
    """In CDATA, comments, instructions and names that begin alike."""
    item = f"<item>{inside}</item>"
    assert cut(f"{HEAD}{inside}{item}{TWO}{inside}{FOOT}") == [item, TWO]


@pytest.mark.parametrize(
    "root",
    [
        '<feed xmlns="http://www.w3.org/2005/Atom">{}</feed>',
        '<rdf:RDF xmlns:rdf="r" xmlns="http://purl.org/rss/1.0/"><items/>{}</rdf:RDF>',
    ],
)
def test_slices_know_entries_and_every_dialect(root: str) -> None:
    """With and without a prefix."""
    entries = ["<entry>1</entry>", "<entry a='b'>2</entry>"]
    prefixed = ["<a:entry>1</a:entry>", "<a:entry/></a:entry>"]
    assert cut(root.format("".join(entries))) == entries
    assert cut(root.format("".join(prefixed))) == prefixed


@pytest.mark.parametrize(
    "middle",
    [
        "",
        "text",
        f"{ONE}text{TWO}",
        f"{ONE}<?x?>{TWO}",
        f"{ONE}<ttl/>{TWO}",
        "<item><item></item></item>",
        "<item/>",
        "<item/><item></item>",
        f"<media:item/>{ONE}",
        f"{ONE}</item>",
        "<item></item",
        "<item>",
        "<item><![CDATA[</item>",
    ],
)
def test_slices_are_none_where_the_shape_is_odd(middle: str) -> None:
    """Such a feed is read whole."""
    assert cut("<rss><channel>" + middle) == []


@pytest.mark.parametrize(
    "root", ["<rdf:RDF>", "<channel>", "<x:feed>", "<RSS>", '<rdf:RDF a="http://purl.org/rss/1.0/">']
)
def test_slices_are_none_where_the_root_does_not_settle_the_dialect(root: str) -> None:
    """An item's own namespace could then."""
    assert cut(root + ONE) == []


def test_without_takes_out_what_it_is_told() -> None:
    """And nothing else."""
    assert without(b"abcdef", [(0, 1), (3, 5)]) == b"bcf"
