"""Rendered, then read by a parser that nobody here wrote: what was put in comes out, in order."""

import io
import json
from calendar import timegm
from datetime import UTC, datetime, timedelta

import feedparser
from hypothesis import given, settings
from hypothesis import strategies as st

from feedhub.model.rendition import Form
from feedhub.model.story import Story
from feedhub.steps.render import render
from tests.builders import NOW, a_channel, a_credit, a_shown, a_story, ref

Facts = tuple[str, str, str, datetime, str]
"""Id, title, link, date and credit of one story."""

_WORDS = st.text(
    st.characters(blacklist_categories=("Cc", "Cs", "Cf", "Cn", "Z"), blacklist_characters="\ufffd<"), min_size=1
)
_TITLES = st.lists(_WORDS, min_size=1, max_size=6).map(" ".join)
_LINKS = st.from_regex(r"https://[a-z]{1,9}\.example/[A-Za-z0-9/._~-]{0,20}(\?[a-z]=[a-z0-9&=+]{1,9})?", fullmatch=True)
_DATES = st.integers(0, 48 * 3600).map(lambda seconds: NOW - timedelta(seconds=seconds))
_NAMES = st.sampled_from(("TASS", "Axar.az", "Portside & Sons", "Газета"))
_HOSTILE = st.text(st.characters(), max_size=60)


@st.composite
def _stories(draw: st.DrawFn) -> tuple[Story, ...]:
    idents = draw(st.lists(st.from_regex(r"[0-9a-f]{20}", fullmatch=True), unique=True, max_size=5))
    stories: list[Story] = []
    for one in idents:
        origin = ref(draw(_NAMES))
        credit = a_credit("Harbour Post", originator=origin, chain=(origin, ref()), confidence=0.9)
        title, link, date = draw(_TITLES), draw(_LINKS), draw(_DATES)
        stories.append(
            a_story(one, shown=a_shown(one, title=title, link=link, published=date, ranked=date, credit=credit))
        )
    return tuple(stories)


@given(_stories())
@settings(max_examples=60, deadline=None)
def test_render_then_parse_gives_back_ids_titles_links_dates_credits_and_order(stories: tuple[Story, ...]) -> None:
    """In all three forms, so the three say the same."""
    wanted = [_put_in(story) for story in stories]
    bodies = {form: render(a_channel(), stories, form).body for form in Form}
    assert [_read_xml(bodies[Form.RSS]), _read_xml(bodies[Form.ATOM]), _read_json(bodies[Form.JSON])] == [wanted] * 3


@given(title=_HOSTILE, html=_HOSTILE, link=_HOSTILE, name=_HOSTILE, tag=_HOSTILE)
@settings(max_examples=80, deadline=None)
def test_render_drops_no_story_for_its_texts(*, title: str, html: str, link: str, name: str, tag: str) -> None:
    """Whatever a publisher writes, the story is in the feed, and the feed can be read."""
    shown = a_shown(
        "1",
        title=title,
        summary=html,
        content=html,
        link=link,
        tags=(tag,),
        note=title,
        lang=tag,
        source_title=name,
        source_url=f"https://{link}",
        origin_link=f"http://x.example/{link}",
        credit=a_credit(name, originator=ref(title), chain=(ref(title), ref(name)), confidence=0.9),
    )
    for form in Form:
        rendition = render(a_channel(content="full", title=title, description=html), (a_story("1", shown=shown),), form)
        assert rendition.dropped == ()
        if form is Form.JSON:
            assert len(json.loads(rendition.body)["items"]) == 1
        else:
            parsed = feedparser.parse(io.BytesIO(rendition.body))
            assert (parsed.bozo, len(parsed.entries)) == (False, 1)


def _put_in(story: Story) -> Facts:
    shown = story.shown
    assert shown is not None
    origin = shown.credit.originator
    assert origin is not None
    return (str(story.key), shown.title, shown.link, shown.published, f"{origin.name}, via Harbour Post")


def _read_xml(body: bytes) -> list[Facts]:
    parsed = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    assert not parsed.bozo
    return [
        (
            entry.id,
            entry.title,
            entry.link,
            datetime.fromtimestamp(timegm(entry.published_parsed), UTC),
            entry.author,
        )
        for entry in parsed.entries
    ]


def _read_json(body: bytes) -> list[Facts]:
    return [
        (
            item["id"],
            item["title"],
            item["url"],
            datetime.fromisoformat(item["date_published"]),
            item["authors"][0]["name"],
        )
        for item in json.loads(body)["items"]
    ]
