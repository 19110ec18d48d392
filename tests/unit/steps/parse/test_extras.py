"""What else an item says."""

import pytest

from feedhub.model.keys import Digest
from feedhub.model.raw import RawEntry, RawExtra
from feedhub.steps.parse import parse
from feedhub.steps.parse.extras import extras_of
from feedhub.steps.parse.seal import sealed


def test_everything_of_use_is_kept_under_its_own_name() -> None:
    """As feedparser collects it."""
    found = {
        "itunes_duration": " 1:02:03 ",
        "itunes_explicit": True,
        "image": {"href": "/i.jpg"},
        "podcast_transcript": {"url": "/t.vtt", "type": "text/vtt"},
        "thr_in-reply-to": {"ref": "tag:a.example,2026:1"},
        "thr_total": "5",
        "where": {"type": "Point", "coordinates": (-71.92, 45.256)},
        "geo_lat": "40.4",
        "geo_long": "49.9",
        "rights": "(c) Harbour Post",
        "media_credit": [{"content": "A. Reyes", "role": "photographer"}, {"role": "x"}],
        "contributors": [{"name": "Bo"}],
        "title": "kept elsewhere",
    }
    assert extras_of(found) == tuple(
        RawExtra(name=name, value=value)
        for name, value in (
            ("itunes:duration", "1:02:03"),
            ("rights", "(c) Harbour Post"),
            ("geo:lat", "40.4"),
            ("geo:long", "49.9"),
            ("thr:total", "5"),
            ("itunes:image", "/i.jpg"),
            ("podcast:transcript", "/t.vtt"),
            ("thr:in-reply-to", "tag:a.example,2026:1"),
            ("itunes:explicit", "true"),
            ("georss:point", "45.256 -71.92"),
            ("media:credit", "A. Reyes"),
            ("contributor", "Bo"),
        )
    )


@pytest.mark.parametrize(
    "found",
    [
        {},
        {"where": {"type": "Box", "coordinates": ((1, 2), (3, 4))}, "image": {}, "itunes_explicit": None},
        {"where": "Baku", "media_credit": "A. Reyes", "podcast_chapters": "x", "itunes_duration": 5},
    ],
)
def test_what_has_another_shape_is_left_out(found: dict[str, object]) -> None:
    """Publishers find every way."""
    assert extras_of(found) == ()


def test_an_extra_makes_another_item_but_a_comment_does_not() -> None:
    """Or every comment would have the item read again."""
    digests = [
        sealed(RawEntry(digest=Digest(""), guid="1", extras=tuple(RawExtra(name=n, value=v) for n, v in extras))).digest
        for extras in ((), (("thr:total", "5"),), (("slash:comments", "6"),), (("itunes:duration", "5"),))
    ]
    assert len(set(digests)) == 2
    assert len(set(digests[:3])) == 1


def test_items_of_a_podcast_have_theirs() -> None:
    """From the bytes on."""
    body = (
        '<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><item><title>T</title>'
        "<itunes:episode>7</itunes:episode></item></channel></rss>"
    )
    (entry,) = parse(body.encode(), media_type="", charset=None, url="https://a.example/").entries
    assert entry.extras == (RawExtra(name="itunes:episode", value="7"),)
