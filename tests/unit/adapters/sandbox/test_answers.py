"""Answers as text: what was read comes up whole, and nothing else does."""

import json
from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from feedhub.adapters.sandbox.answers import Answer, understand, write
from feedhub.model.credit import Evidence
from feedhub.model.cue import Role
from feedhub.model.entry import Extra, Media, Origin
from feedhub.model.fetching import Link
from feedhub.model.hints import Hints
from feedhub.model.keys import Digest, Guid
from feedhub.model.outlet import OutletRef
from feedhub.model.reading import Died, Discovered, ReadDone, ReadEntry, Unreadable
from tests.builders import NOW, a_credit, a_fingerprint, a_read, ref

EVIDENCE = Evidence(
    outlet=ref("TASS"),
    role=Role.ORIGINATOR,
    rule="en.citing",
    field="text",
    start=0,
    end=11,
    name_start=7,
    name_end=11,
    words="citing TASS",
    weight=0.9,
)
CREDIT = a_credit(
    originator=ref("TASS"),
    chain=(ref("TASS"), OutletRef(slug=None, name="Маяк"), ref()),
    confidence=0.95,
    evidence=(EVIDENCE,),
)
WHOLE = replace(
    a_read(
        "1",
        title='Паром "Селин" \\ \ud800 \u2028 🛳',
        lang=None,
        authors=("Ada Prow",),
        updated=NOW,
        media=(Media(url="https://harbour.example/1.jpg", media_type="image/jpeg", length=9), Media(url="x")),
        origins=(Origin(name="TASS", url="https://tass.example/1", kind="source"),),
        extras=(Extra(name="georss:point", value="40.3 49.8"),),
    ),
    credit=CREDIT,
    fingerprint=a_fingerprint(shingles=bytes(range(256)), body=Digest("ab"), words=12),
)
PLAIN = replace(WHOLE, entry=replace(WHOLE.entry, title='Паром "Селин" \\ \0 \u2028 🛳'))
DONE = ReadDone(
    form="rss20",
    title="Harbour Post",
    link="https://harbour.example/",
    total=2,
    fresh=(WHOLE, a_read("2")),
    withdrawn=(Guid("3"),),
    dropped=("item 4 has no words",),
    faults=("cut short",),
    hints=Hints(ttl=timedelta(minutes=15), skip_hours=(1, 2), hubs=("https://hub.example/",)),
    seen=b"12345678",
    more=True,
)
LONGEST = timedelta(microseconds=2**63 - 1)
DISCOVERED = Discovered(
    feeds=(Link(rel="alternate", url="https://harbour.example/rss", media_type="application/rss+xml", title="Häfen"),),
    hubs=("https://hub.example/",),
    topic="https://harbour.example/",
)


@pytest.mark.parametrize("answer", [DONE, WHOLE, PLAIN, DISCOVERED, Unreadable(why="it is a page"), Died(why="")])
def test_understand_gives_back_what_was_written(answer: Answer) -> None:
    """Every field, text in any script, even half of a surrogate pair."""
    assert understand(write(answer)) == answer


def test_understand_gives_text_of_a_library_s_own_kind_as_plain_text() -> None:
    """As lxml has it."""

    class Cut(str):
        __slots__ = ()

    read = understand(write(replace(DONE, title=Cut("Harbour Post"))))
    assert isinstance(read, ReadDone)
    assert (read, type(read.title)) == (DONE, str)


def test_write_refuses_what_is_not_of_the_model() -> None:
    """It would be a fault of the reader."""
    with pytest.raises(TypeError, match="a complex has no place in an answer"):
        write(replace(DONE, title=1j))  # type: ignore[arg-type]  # that is the fault


@pytest.mark.parametrize("spans", [(timedelta(0), timedelta(microseconds=-1)), (LONGEST, -LONGEST)])
def test_understand_gives_spans_to_the_microsecond(spans: tuple[timedelta, timedelta]) -> None:
    ttl, every = spans
    answer = replace(DONE, hints=Hints(ttl=ttl, every=every))
    assert understand(write(answer)) == answer


@pytest.mark.parametrize("hours", [-11, 14])
def test_understand_refuses_a_date_of_another_zone_as_the_reader_wrote_it(hours: int) -> None:
    """The reader hands on UTC alone; even the same moment is not what it should have written."""
    there = NOW.astimezone(timezone(timedelta(hours=hours)))
    with pytest.raises(ValueError, match="a date is not in UTC"):
        understand(write(replace(PLAIN, entry=replace(PLAIN.entry, published=there))))


def test_understand_passes_over_fields_that_the_model_does_not_know() -> None:
    """Nothing is made of them; what a field has as its default may be missing."""
    assert understand(changed("entry.more", {"of": [1, {}]}, of=PLAIN)) == PLAIN
    assert understand(b'["Discovered", {"more": 1}]') == Discovered()


def changed(path: str, value: object, *, of: Answer) -> bytes:
    """An answer as written, with one thing in it changed: `entry.media.0.url`."""
    kind, tree = json.loads(write(of).decode(errors="surrogatepass"))
    place = tree
    *above, last = path.split(".")
    for step in above:
        place = place[int(step) if step.isdigit() else step]
    place[int(last) if last.isdigit() else last] = value
    return json.dumps([kind, tree], ensure_ascii=False).encode(errors="surrogatepass")


ENTRIES = pytest.mark.parametrize("entry", [PLAIN, WHOLE], ids=["text", "half a pair"])
"""Both readers, the quick one and that which takes halves of surrogate pairs."""


@ENTRIES
@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("entry", []),
        ("entry.title", None),
        ("entry.title", 7),
        ("entry.lang", 7),
        ("entry.authors", "Ada Prow"),
        ("entry.authors", [["Ada"]]),
        ("entry.seen", "yesterday"),
        ("entry.seen", 0),
        ("entry.seen", None),
        ("entry.seen", "2026-03-02"),
        ("entry.seen", "2026-03-02T09:00:00"),
        ("entry.seen", "2026-03-02T09:00:00+01:00"),
        ("entry.published", "2026-03-02T09:00:00"),
        ("entry.updated", "2026-03-02T10:00:00+01:00"),
        ("entry.seen", "0001-01-01T00:00:00+14:00"),
        ("entry.media.0.length", 2**63),
        ("entry.media.1.length", 2**64),
        ("entry.media.1.length", -(2**63)),
        ("entry.media.1.length", 10**400),
        ("entry.media.1.length", "9"),
        ("entry.media.0.length", True),
        ("entry.media.0.length", 1.5),
        ("entry.media.0", []),
        ("entry.media", {}),
        ("credit.confidence", "1"),
        ("credit.confidence", None),
        ("credit.confidence", True),
        ("credit.confidence", float("nan")),
        ("credit.confidence", float("-inf")),
        ("credit.confidence", 1e300),
        ("credit.evidence.0.weight", float("nan")),
        ("credit.evidence.0.end", 2**64),
        ("credit.confidence", 10**400),
        ("credit.evidence.0.role", "owner"),
        ("credit.evidence.0.role", []),
        ("credit.evidence.0.role", None),
        ("credit.evidence.0", []),
        ("fingerprint.shingles", "ü"),
        ("fingerprint.shingles", "abc"),
        ("fingerprint.shingles", [1]),
    ],
)
def test_understand_refuses_a_field_of_another_type(path: str, value: object, entry: ReadEntry) -> None:
    """Whatever can be told from the type."""
    data = changed(path, value, of=entry)
    with pytest.raises(ValueError, match=r"\w"):
        understand(data)


@ENTRIES
@pytest.mark.parametrize("field", ["title", "seen", "media", "key"])
def test_understand_refuses_an_entry_without_a_field(field: str, entry: ReadEntry) -> None:
    data = write(entry).replace(f'"{field}":'.encode(), b'"else":').replace(f'"{field}": '.encode(), b'"else": ')
    with pytest.raises(ValueError, match=field):
        understand(data)


@pytest.mark.parametrize("number", ["1e999", "-1e999", "NaN", "Infinity", "9" * 5000, '"0.9"', "[" * 100_000])
def test_understand_refuses_a_number_that_is_none(number: str) -> None:
    """Words that some readers of JSON take for numbers, and numbers that Python takes for infinity."""
    data = write(PLAIN)
    assert b'"confidence":0.95' in data
    with pytest.raises(ValueError, match=r"\w"):
        understand(data.replace(b'"confidence":0.95', f'"confidence":{number}'.encode()))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("hints.ttl", "15m"),
        ("hints.ttl", 1.5),
        ("hints.ttl", 10**30),
        ("hints.ttl", "P106751992D"),
        ("hints.every", "-P106751992D"),
        ("hints.every", "P9999999999D"),
        ("hints.skip_hours.0", 2**63),
        ("more", 1),
    ],
)
def test_understand_refuses_spans_and_marks_that_are_none(path: str, value: object) -> None:
    """No more microseconds than can be kept; yes or no."""
    data = changed(path, value, of=replace(DONE, fresh=()))
    with pytest.raises(ValueError, match=r"\w"):
        understand(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[",
        b"\xff",
        b"null",
        b"{}",
        b'["ReadEntry"]',
        b'["OutletRef", {}]',
        b'[["Died"], {"why": ""}]',
        b'["Died", {"why": ""}, 1]',
        b'["Died", {"why": ""}] 1',
        b'["Died", {"why": "\xff"}]',
        b'["Died", {"why": "\xed\xa0\x80", "more": ' + b"[" * 100_000,
        b'["Died", {"why": "", "more": ' + b"[" * 100_000,
        b"[" * 100_000,
        b"9" * 5000,
    ],
)
def test_understand_refuses_what_is_no_answer(data: bytes) -> None:
    """Not JSON, no outcome, or too deep to be one."""
    with pytest.raises(ValueError, match=r"\w"):
        understand(data)


def test_understand_gives_values_of_the_very_classes() -> None:
    """Not of others that are equal to them."""
    read = understand(write(WHOLE))
    assert isinstance(read, ReadEntry)
    assert [type(part) for part in (read.entry.seen, read.credit.evidence[0].role)] == [type(NOW), Role]
