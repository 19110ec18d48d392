"""Values as JSON text: what stands in databases is read as it was meant, whichever library wrote it."""

import json
import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest

from feedhub.adapters.store.codec import CREDIT, EXTRAS, HINTS, MEDIA, ORIGINS, PLACEMENT, SHOWN, WORDS, Codec
from feedhub.model.credit import Evidence
from feedhub.model.cue import Role
from feedhub.model.entry import Extra, Media, Origin
from feedhub.model.hints import Hints
from feedhub.model.keys import EntryKey, StoryKey
from feedhub.model.outlet import OutletRef
from feedhub.model.story import Comparison, Placement, PlacementKind
from tests.builders import a_credit, a_shown, ref

T = TypeVar("T")

MAYAK = OutletRef(slug=None, name='Маяк "24"')
EVIDENCE = Evidence(
    outlet=MAYAK,
    role=Role.ORIGINATOR,
    rule="en.citing",
    field="text",
    start=0,
    end=11,
    name_start=7,
    name_end=11,
    words="citing\0\n\\ 🛳",
    weight=0.9,
)
CREDITED = a_credit(originator=MAYAK, chain=(MAYAK, ref()), confidence=0.95, evidence=(EVIDENCE,), by="ada")
COMPARED = Comparison(
    story=StoryKey("tag:1"),
    entry=EntryKey("tag:e"),
    rule="like",
    verdict="same",
    score=0.5,
    measures=(("title", 0.25), ("text", 1e-7), ("shared", 1e16)),
    note="n",
)
BRIDGES = Placement(
    kind=PlacementKind.BRIDGES, story=StoryKey("tag:1"), bridged=(StoryKey("tag:2"),), compared=(COMPARED,)
)
SEEN = a_shown(
    lang=None,
    authors=("Ada Prow",),
    media=(Media(url="https://harbour.example/1.jpg", length=9), Media(url="u")),
    ranked=datetime(1990, 1, 1, 0, 0, 0, 1, tzinfo=UTC),
    updated=datetime(2026, 3, 2, 9, 30, 59, 120000, tzinfo=UTC),
)
CREDITED_TEXT = (
    '{"publisher":{"slug":"harbour_post","name":"Harbour Post"},"originator":{"slug":null,"name":"Маяк'
    ' \\"24\\""},"chain":[{"slug":null,"name":"Маяк \\"24\\""},{"slug":"harbour_post","name":"Harbour Post"}],'
    '"confidence":0.95,"evidence":[{"outlet":{"slug":null,"name":"Маяк \\"24\\""},"role":"originator","rule":'
    '"en.citing","field":"text","start":0,"end":11,"name_start":7,"name_end":11,"words":"citing\\u0000\\n\\\\ 🛳'
    '","weight":0.9}],"by":"ada"}'
)
SEEN_TEXT = (
    '{"entry":"tag:feeds.example.org,2026:entry:1","title":"Ferry line to the islands opens in May","link":'
    '"https://harbour.example/1","summary":"<p>The first ferry to the outer islands leaves on 4 May, the port '
    'said.</p>","content":"","lang":null,"authors":["Ada Prow"],"tags":[],"media":[{"url":'
    '"https://harbour.example/1.jpg","media_type":"","length":9},{"url":"u","media_type":"","length":null}],'
    '"published":"2026-03-02T08:50:00Z","ranked":"1990-01-01T00:00:00.000001Z","updated":'
    '"2026-03-02T09:30:59.120000Z","credit":{"publisher":{"slug":"harbour_post","name":"Harbour Post"},'
    '"originator":null,"chain":[{"slug":"harbour_post","name":"Harbour Post"}],"confidence":1.0,"evidence":[],'
    '"by":"text"},"publisher":{"slug":"harbour_post","name":"Harbour Post"},"source":"harbour","source_title":'
    '"Harbour Post","source_url":"https://harbour.example/rss","origin_link":"","reports":1,"independent":1,'
    '"note":""}'
)


@pytest.mark.parametrize(
    ("codec", "text", "value"),
    [
        (CREDIT, CREDITED_TEXT, CREDITED),
        (
            CREDIT,
            (
                '{"publisher":{"slug":"harbour_post","name":"Harbour Post"},"originator":null,"chain":[{"slug":'
                '"harbour_post","name":"Harbour Post"}],"confidence":1,"evidence":[],"by":"text"}'
            ),
            a_credit(),
        ),
        (
            HINTS,
            (
                '{"ttl":"PT15M","every":"P30DT1H1.5S","skip_hours":[0,23],"skip_days":[6],"hubs":["https://hub.example/"],'
                '"topic":"x"}'
            ),
            Hints(
                ttl=timedelta(minutes=15),
                every=timedelta(days=30, hours=1, seconds=1.5),
                skip_hours=(0, 23),
                skip_days=(6,),
                hubs=("https://hub.example/",),
                topic="x",
            ),
        ),
        (
            HINTS,
            '{"ttl":"PT0S","every":"P31D","skip_hours":[],"skip_days":[],"hubs":[],"topic":""}',
            Hints(ttl=timedelta(0), every=timedelta(days=31)),
        ),
        (
            HINTS,
            '{"ttl":"-PT0.000001S","every":null,"skip_hours":[],"skip_days":[],"hubs":[],"topic":""}',
            Hints(ttl=timedelta(microseconds=-1)),
        ),
        (
            PLACEMENT,
            '{"kind":"opens","story":null,"bridged":[],"compared":[]}',
            Placement(kind=PlacementKind.OPENS, story=None),
        ),
        (
            PLACEMENT,
            (
                '{"kind":"bridges","story":"tag:1","bridged":["tag:2"],"compared":[{"story":"tag:1","entry":"tag:e","rule":'
                '"like","verdict":"same","score":0.5,"measures":[["title",0.25],["text",1e-7],["shared",1e+16]],"note":"n"'
                "}]}"
            ),
            BRIDGES,
        ),
        (SHOWN, SEEN_TEXT, SEEN),
        (WORDS, "[]", ()),
        (WORDS, '["é\u2028","\x7f/","null"]', ("é\u2028", "\x7f/", "null")),
        (
            MEDIA,
            '[{"url":"u","media_type":"image/png","length":9223372036854775807}]',
            (Media(url="u", media_type="image/png", length=2**63 - 1),),
        ),
        (ORIGINS, '[{"name":"TASS","url":"","kind":"via"}]', (Origin(name="TASS", url="", kind="via"),)),
        (EXTRAS, '[{"name":"georss:point","value":"1 2"}]', (Extra(name="georss:point", value="1 2"),)),
    ],
)
def test_codec_reads_what_pydantic_wrote(codec: Codec[T], text: str, value: T) -> None:
    """Word for word as pydantic 2.11 has it; the text that is written now stands for the same."""
    assert repr(codec.read(text)) == repr(value)
    assert repr(codec.read(codec.write(value))) == repr(value)


@pytest.mark.parametrize(
    ("words", "number"), [("NaN", math.nan), ("Infinity", math.inf), ("-Infinity", -math.inf), ("nan", math.nan)]
)
def test_codec_reads_words_for_numbers_that_are_none(words: str, number: float) -> None:
    """As pydantic and as we write them; nothing else of the value is taken for anything but what it is."""
    compared = replace(COMPARED, rule="null", score=number, measures=(("inf", number), ("true", 0.5)))
    odd = replace(BRIDGES, compared=(compared,))
    text = (
        '{"kind":"bridges","story":"tag:1","bridged":["tag:2"],"compared":[{"story":"tag:1","entry":"tag:e","rule":'
        f'"null","verdict":"same","score":"{words}","measures":[["inf","{words}"],["true",0.5]],"note":"n"}}]}}'
    )
    assert repr(PLACEMENT.read(text)) == repr(odd)  # nan is not equal to itself
    assert repr(PLACEMENT.read(PLACEMENT.write(odd))) == repr(odd)


def test_codec_writes_compact_text_in_the_order_of_the_model() -> None:
    text = CREDIT.write(CREDITED)
    assert text == json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))
    assert [*json.loads(text)] == ["publisher", "originator", "chain", "confidence", "evidence", "by"]
    assert WORDS.write(()) == "[]"


def test_codec_passes_over_what_the_model_does_not_know_and_fills_in_what_is_missing() -> None:
    """A release later, or a release earlier."""
    assert HINTS.read('{"topic":"x","later":{"of":[1]}}') == Hints(topic="x")
    assert MEDIA.read('[{"url":"u","later":null}]') == (Media(url="u"),)


def test_codec_drops_what_no_database_takes_only_where_it_must() -> None:
    """NUL has its own way to be written in JSON; half of a surrogate pair has none."""
    assert WORDS.read(WORDS.write(("a\0b",))) == ("a\0b",)
    assert WORDS.write(("a\0b", "c\ud800d")) == '["ab","c\ufffdd"]'


def test_codec_writes_text_and_numbers_of_a_library_s_own_kind_as_plain_ones() -> None:
    class Cut(str):
        __slots__ = ()

    class Share(float):
        __slots__ = ()

    assert CREDIT.write(a_credit(confidence=Share(0.5), by=Cut("ada"))) == CREDIT.write(
        a_credit(confidence=0.5, by="ada")
    )


def test_codec_refuses_to_write_what_is_no_json() -> None:
    with pytest.raises(TypeError, match="a complex has no place in JSON"):
        CREDIT.write(a_credit(by=1j))


@pytest.mark.parametrize("text", ["", "null", '{"publisher":1}', '{"publisher":null}'])
def test_codec_refuses_to_read_what_it_cannot_have_written(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        CREDIT.read(text)
