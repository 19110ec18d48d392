"""What a feed says of one story, before it is spelt in any form."""

import pytest

from feedhub.model.entry import Media
from feedhub.model.outlet import OutletRef
from feedhub.model.rendition import Channel
from feedhub.steps.render.item import BRIEF, FULL, NAME, PICTURES, PROOFS, TAGS, Item, item
from tests.builders import a_channel, a_credit, a_shown, a_story, ref

WHY = '<p><small>Harbour Post · <a href="http://127.0.0.1:8000/stories/1">why</a></small></p>'


def _item(channel: Channel | None = None, **shown: object) -> Item:
    return item(channel or a_channel(), a_story("1", shown=a_shown("1", **shown)))


@pytest.mark.parametrize(
    ("content", "brief", "full"),
    [
        ("headline", WHY, ""),
        ("summary", f"{WHY}<p>Short.</p>", ""),
        ("full", f"{WHY}<p>Short.</p>", f"{WHY}<p>Long.</p>"),
    ],
)
def test_item_shows_as_much_text_as_the_channel_asks(*, content: str, brief: str, full: str) -> None:
    """The credit stands in each body, since readers show one of them."""
    made = _item(a_channel(content=content), summary="<p>Short.</p>", content="<p>Long.</p>")
    assert (made.brief, made.full) == (brief, full)


@pytest.mark.parametrize(
    ("place", "note", "wanted"),
    [
        ("top", "", f"{WHY}<p>Short.</p>"),
        ("bottom", "", f"<p>Short.</p>{WHY}"),
        ("off", "", "<p>Short.</p>"),
        ("bottom", "Corrected: <x>", f"<p><strong>Corrected: &lt;x&gt;</strong></p><p>Short.</p>{WHY}"),
    ],
)
def test_item_puts_the_credit_where_the_channel_asks(*, place: str, note: str, wanted: str) -> None:
    """A correction stands above all, wherever the credit is."""
    assert _item(a_channel(credit=place), summary="<p>Short.</p>", note=note).brief == wanted


def test_item_falls_back_to_fewer_words_where_a_text_is_beyond_measure() -> None:
    """A publisher that puts a book into a feed does not make ours one."""
    made = _item(a_channel(content="full", credit="off"), summary="ab " * BRIEF, content="x" * (FULL + 1))
    assert (len(made.brief) < 400, made.brief[:12], made.full) == (True, "<p>ab ab ab ", "")


def test_item_makes_a_summary_of_the_content_where_there_is_none() -> None:
    """Some feeds carry full texts alone."""
    made = _item(a_channel(credit="off"), summary="", content="<p>Gas &amp; <b>oil</b></p>")
    assert made.brief == "<p>Gas &amp; oil</p>"


def test_item_without_any_text_shows_its_title() -> None:
    """Atom wants a text in every entry."""
    assert _item(a_channel(credit="off"), title="Fish & chips", summary="").brief == "<p>Fish &amp; chips</p>"


@pytest.mark.parametrize(
    ("title", "summary", "wanted"),
    [
        ("A title", "<p>Words</p>", "A title"),
        (" \n", "<p>Words of the <b>text</b></p>", "Words of the text"),
        ("", "", "Harbour Post"),
    ],
)
def test_item_always_has_a_title(*, title: str, summary: str, wanted: str) -> None:
    """RSS readers skip an item without one."""
    assert _item(title=title, summary=summary).title == wanted


@pytest.mark.parametrize(
    ("choice", "link", "wanted"),
    [
        ("original", "https://x.example/1", ("https://x.example/1", "")),
        ("story", "https://x.example/1", ("http://127.0.0.1:8000/stories/1", "https://x.example/1")),
        ("original", "javascript:x", ("http://127.0.0.1:8000/stories/1", "")),
        ("story", "", ("http://127.0.0.1:8000/stories/1", "")),
    ],
)
def test_item_links_to_the_original_or_to_our_page(*, choice: str, link: str, wanted: tuple[str, str]) -> None:
    """Our page is there for every story."""
    made = _item(a_channel(link=choice), link=link)
    assert (made.link, made.original) == wanted


@pytest.mark.parametrize(("scope", "ending"), [("story", ":story:1"), ("topic", ":story:1:energy")])
def test_item_has_an_id_of_its_topic_only_where_asked(scope: str, ending: str) -> None:
    """Some readers take an id for one item, whatever feed it is in."""
    assert _item(a_channel(id_scope=scope)).id == f"tag:feeds.example.org,2026{ending}"


def test_item_bounds_what_a_publisher_can_repeat_without_end() -> None:
    """Names, tags, pictures and chains."""
    outlet = OutletRef(slug=None, name="N" * 1000)
    made = _item(
        tags=tuple(f"tag {number}" for number in range(1000)),
        media=tuple(Media(url=f"https://x.example/{number}.jpg") for number in range(1000)),
        credit=a_credit("Harbour Post", originator=outlet, chain=(outlet,) * 1000, confidence=0.9),
    )
    sizes = (len(made.tags), len(made.media), len(made.attribution.chain), len(made.attribution.chain[0].name))
    assert sizes == (TAGS, PICTURES, PROOFS, NAME)


def test_item_keeps_each_picture_once_and_no_length_that_is_none() -> None:
    """Publishers write 0 where they do not know."""
    media = (
        Media(url="https://x.example/a", media_type="image/PNG; q=1", length=0),
        Media(url="https://x.example/a", media_type="", length=5),
        Media(url="data:image/png;base64,xx", media_type="image/png", length=5),
    )
    assert _item(media=media).media == (Media(url="https://x.example/a", media_type="image/png"),)


def test_item_names_an_outlet_whose_name_cannot_be_shown() -> None:
    """An author without a name is an error in Atom."""
    nameless = OutletRef(slug=None, name="\x00 ")
    made = _item(credit=a_credit(originator=nameless, chain=(nameless, ref()), confidence=0.9))
    assert made.credit == "unknown, via Harbour Post"


@pytest.mark.parametrize(
    ("title", "publisher", "wanted"),
    [("Our feed", "Harbour Post", "Our feed"), ("", "Harbour Post", "Harbour Post"), ("", "", "harbour")],
)
def test_item_names_the_source_by_what_is_known(*, title: str, publisher: str, wanted: str) -> None:
    """Its title, else its outlet, else its slug."""
    made = _item(source_title=title, publisher=OutletRef(slug=None, name=publisher))
    assert made.source_title == wanted
