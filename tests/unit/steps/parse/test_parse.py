"""Feeds that are broken in ways of which each is one thing; habits of publishers are golden cases."""

from datetime import UTC, datetime

import pytest

from feedhub.errors import ParseError
from feedhub.model.raw import ParsedFeed, RawDate
from feedhub.steps.parse import parse

URL = "https://feed.example/news/feed"


def parsed(text: str, *, url: str = URL) -> ParsedFeed:
    """The feed in this text."""
    return parse(text.encode("utf-8", "surrogatepass"), media_type="application/xml", charset=None, url=url)


def rss(*items: str, head: str = "") -> str:
    """An RSS document."""
    body = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0"><channel><title>T</title>{head}{body}</channel></rss>'


def titles(feed: ParsedFeed) -> list[str]:
    """The titles of its entries."""
    return [entry.title.value for entry in feed.entries]


def test_digest_covers_every_field_and_nothing_around_the_item() -> None:
    """Another place, another feed title, another address: the same item."""
    item = "<title>a</title><guid>1</guid><link>/x</link>"
    here = parsed(rss("<title>b</title>", item)).entries[1]
    there = parsed(rss(item, head="<language>en</language>"), url="https://moved.example/").entries[0]
    changes = [
        "<category>c</category>",
        "<author>c</author>",
        "<pubDate>2026</pubDate>",
        '<source url="c"/>',
        "<description>c</description>",
    ]
    others = {parsed(rss(item + change)).entries[0].digest for change in changes}
    assert here.digest == there.digest
    assert len(others | {here.digest}) == len(changes) + 1


def test_digest_tells_lists_apart() -> None:
    """An author is no tag."""
    tag = parsed(rss("<category>x</category>")).entries[0].digest
    author = parsed(rss("<author>x</author>")).entries[0].digest
    assert tag != author


def test_base_of_an_item_is_part_of_it_only_if_it_is_its_own() -> None:
    """The base of the feed is not."""
    atom = '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{}"><title>T</title><entry {}><id>1</id></entry></feed>'
    plain, moved = (parsed(atom.format(base, "")).entries[0].digest for base in ("/a/", "/b/"))
    own = parsed(atom.format("/a/", 'xml:base="/c/"')).entries[0].digest
    assert plain == moved != own


def test_first_of_two_titles_and_descriptions_stays() -> None:
    """Whatever namespace the second is of."""
    entry = parsed(
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><item><title>a</title><dc:title>b</dc:title>'
        "<description>c</description><dc:description>d</dc:description><description>e</description></item></channel></rss>"
    ).entries[0]
    assert (entry.title.value, entry.summary.value, entry.content.value) == ("a", "c", "")


def test_control_characters_are_left_out_and_told() -> None:
    """XML 1.0 cannot hold them."""
    feed = parsed(rss("<title>a\x0bb\x1f</title>"))
    assert (titles(feed), feed.faults) == (["ab"], ("it holds control characters, which were left out",))


def test_entities_of_html_are_known_without_a_declaration() -> None:
    """In the strict parser, so that the ids of the other items do not change."""
    feed = parsed(rss("<title>&Eacute;clair &hearts;</title>", "<guid>?a=1&amp;b=2</guid>"))
    assert (titles(feed), feed.entries[1].guid) == (["Éclair ♥", ""], "?a=1&b=2")


def test_unclosed_items_are_read_by_the_loose_parser() -> None:
    """Each start of an item ends the one before."""
    feed = parsed("<rss version='2.0'><channel><item><title>a</title><item><title>b</title></channel></rss>")
    assert (titles(feed), feed.faults) == (["a", "b"], ("it is not well-formed: it was read as far as that goes",))


def test_unclosed_cdata_keeps_what_stands_before() -> None:
    """The items before it are whole."""
    feed = parsed(rss("<title>a</title>").replace("</channel></rss>", "<item><title><![CDATA[b"))
    assert (titles(feed), feed.faults) == (["a"], ("it is not well-formed: it was cut short",))


def test_cut_within_the_first_item_gives_that_item_to_the_loose_parser() -> None:
    """Better a part of it than nothing."""
    assert titles(parsed("<rss version='2.0'><channel><item><title>a</title><link>http")) == ["a"]


def test_cut_before_the_first_item_is_unreadable() -> None:
    """An empty feed would look as if all were well."""
    with pytest.raises(ParseError, match="holds nothing that can be read"):
        parsed("<rss version='2.0'><channel><title>a</tit")


def test_feed_without_items_is_a_feed() -> None:
    """On a quiet day."""
    assert parsed(rss()) == ParsedFeed(form="rss20", title="T")


def test_root_without_a_known_dialect_is_no_feed() -> None:
    """RDF of another kind."""
    with pytest.raises(ParseError, match="holds nothing that can be read"):
        parsed('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description/></rdf:RDF>')


def test_relative_ids_stay_as_written() -> None:
    """An id that depended on the address would change with it."""
    assert parsed(rss("<guid>12</guid>", '<guid isPermaLink="true">/x</guid>')).entries[1].guid == "/x"


def test_title_of_the_feed_is_plain_text() -> None:
    """Markup and entities are resolved."""
    assert (
        parsed("<rss version='2.0'><channel><title>A &amp;amp; &lt;b&gt;B&lt;/b&gt;</title></channel></rss>").title
        == "A & B"
    )


def test_dates_that_are_no_dates_are_kept_as_text() -> None:
    """However long."""
    entry = parsed(rss(f"<pubDate>{'1' * 5000}</pubDate>", "<pubDate>soon</pubDate>")).entries[0]
    assert entry.published is not None
    assert (len(entry.published.text), entry.published.value) == (5000, None)


def test_years_that_no_calendar_has_are_kept_as_text() -> None:
    """Clocks that were never set."""
    entry = parsed(rss("<pubDate>0000-01-01T00:00:00Z</pubDate>")).entries[0]
    assert entry.published == RawDate(text="0000-01-01T00:00:00Z")


def test_empty_dates_are_none() -> None:
    """They say nothing, not even a text."""
    assert parsed(rss("<title>a</title><pubDate/>")).entries[0].published is None


def test_what_a_feed_says_of_its_picture_is_not_said_of_it() -> None:
    """Nor is anything else that stands within what nobody asks for."""
    head = "<image><title>i</title><link>/i</link></image><textInput><title>q</title><link>/q</link></textInput>"
    feed = parsed(rss("<title>a</title>", head=f"{head}<link>/x</link><description>d</description>"))
    assert (feed.title, feed.link, titles(feed)) == ("T", "https://feed.example/x", ["a"])


def test_tags_authors_and_media_are_counted_up_to_a_limit() -> None:
    """A flood of them costs no more."""
    flood = "".join(f'<category>{n}</category><author>{n}</author><enclosure url="{n}"/>' for n in range(500))
    entry = parsed(rss(f"<title>a</title>{flood}")).entries[0]
    assert (len(entry.tags), len(entry.authors), len(entry.media)) == (50, 50, 50)


def test_attributes_are_read_up_to_a_limit() -> None:
    """SAX looks for each in all of them."""
    flood = " ".join(f'a{n}="{n}"' for n in range(20_000))
    assert titles(parsed(rss(f"<title>a</title><x {flood}/>"))) == ["a"]


def test_empty_dc_source_and_nameless_media_say_nothing() -> None:
    """Templates leave them behind."""
    entry = parsed(
        rss(
            '<dc:source xmlns:dc="http://purl.org/dc/elements/1.1/"/><media:content xmlns:media="http://search.yahoo.com/mrss/"/>'
        )
    ).entries[0]
    assert (entry.origins, entry.media) == ((), ())


def test_stray_ends_hurt_nobody() -> None:
    """The loose parser meets ends without beginnings."""
    feed = parsed(
        "<rss version='2.0'><channel></author></category><item></source><title>a</title></b></item></channel></rss>"
    )
    assert titles(feed) == ["a"]


def test_json_without_marks_of_a_feed_is_none() -> None:
    """Nor is a list of anything, or a number of items."""
    for text in (
        '{"items": [{"a": 1}]}',
        '{"items": 3}',
        "[1, 2]",
        '{"version": "https://jsonfeed.org/version/1"}',
        "{",
    ):
        with pytest.raises(ParseError, match="JSON"):
            parsed(text)


def test_json_that_is_a_bare_list_of_items_is_read() -> None:
    """Some exports have it so."""
    assert [entry.guid for entry in parsed('[{"id": "1"}, {"id": "2", "url": 3}]').entries] == ["1", "2"]


def test_json_that_is_nested_without_end_is_refused() -> None:
    """Neither reader follows it."""
    with pytest.raises(ParseError, match="broken JSON"):
        parsed("[" * 100_000)


def test_json_with_numbers_that_no_machine_holds_is_refused() -> None:
    """Python refuses to count so far."""
    with pytest.raises(ParseError, match="broken JSON"):
        parsed('{"items": [{"id": ' + "9" * 10_000 + ', "x": NaN}]}')


def test_json_with_half_characters_in_it_is_read() -> None:
    """As no strict reader would."""
    assert [entry.guid for entry in parsed('{"items": [{"id": "\\ud800a"}]}').entries] == ["\ufffda"]


def test_broken_elements_cost_themselves_alone() -> None:
    """A place without coordinates, a licence without a link, a size without a picture."""
    text = """<rss version="2.0" xmlns:georss="http://www.georss.org/georss" xmlns:cc="http://web.resource.org/cc/"><channel>
      <item xml:lang="az"><georss:where>x</georss:where><cc:license>y</cc:license><width><b>c</b></width>
      <textInput><name>n</name></textInput><title>a</title></item><item><title>b</title></item></channel></rss>"""
    feed = parsed(text)
    assert (titles(feed), [entry.lang for entry in feed.entries], feed.faults) == (["a", "b"], ["az", ""], ())


SOUP = "<rss version='2.0'><channel><item><title>a</title></item><item><title>b</title></item></b>{}</channel></rss>"


def test_references_to_no_character_hurt_nobody() -> None:
    """In soup that cannot be mended."""
    assert titles(parsed(SOUP.format('<item><title x="<!-- ">c &#1114112;</title></item>'))) == ["a", "b", "c"]


def test_strict_reading_wins_where_the_loose_one_finds_less() -> None:
    """An open comment swallows all for it."""
    assert titles(parsed(SOUP.format("<!-- <item>"))) == ["a", "b"]


def test_soup_with_bare_ampersands_is_mended_before_it_is_read_loosely() -> None:
    """Both faults in one feed."""
    assert titles(parsed(SOUP.format("<item><title>R&D</title></item>"))) == ["a", "b", "R&D"]


def test_date_of_creation_stands_for_a_date_of_publication() -> None:
    """Atom 0.3 and Dublin Core know both."""
    text = '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><created>2026-03-02</created></entry></feed>'
    published = parsed(text).entries[0].published
    assert published == RawDate(text="2026-03-02", value=datetime(2026, 3, 2, tzinfo=UTC))


def test_a_namespace_with_blanks_in_it_is_some_other_namespace() -> None:
    """No address has any; SAX hands such a one over in pieces."""
    names = 'xmlns:q="urn:a\u00a0b" xmlns:r="urn:a b c" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    item = "<item><q:title>Q</q:title><r:title>R</r:title><title>T</title><dc:creator>C</dc:creator></item>"
    feed = parsed(f'<rss version="2.0" {names}><channel><title>F</title><q:z/>{item}</channel></rss>')
    assert (titles(feed), feed.entries[0].authors) == (["T"], ("C",))
