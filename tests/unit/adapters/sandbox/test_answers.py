"""Answers as text: what was read comes up whole, and nothing else does."""

import json
from dataclasses import replace
from datetime import timedelta

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
DISCOVERED = Discovered(
    feeds=(Link(rel="alternate", url="https://harbour.example/rss", media_type="application/rss+xml", title="Häfen"),),
    hubs=("https://hub.example/",),
    topic="https://harbour.example/",
)


@pytest.mark.parametrize("answer", [DONE, WHOLE, DISCOVERED, Unreadable(why="it is a page"), Died(why="")])
def test_understand_gives_back_what_was_written(answer: Answer) -> None:
    """Every field, text in any script, even half of a surrogate pair."""
    assert understand(write(answer)) == answer


def test_write_refuses_what_is_not_of_the_model() -> None:
    """It would be a fault of the reader."""
    with pytest.raises(TypeError, match="a set has no place in an answer"):
        write(replace(DONE, title={1}))  # type: ignore[arg-type]  # that is the fault


def changed(path: str, value: object, *, of: Answer = WHOLE) -> bytes:
    """The whole entry, or another answer, as written, with one thing in it changed: `entry.media.0.url`."""
    kind, tree = json.loads(write(of).decode(errors="surrogatepass"))
    place = tree
    *above, last = path.split(".")
    for step in above:
        place = place[int(step) if step.isdigit() else step]
    place[int(last) if last.isdigit() else last] = value
    return json.dumps([kind, tree]).encode()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("entry.title", None),
        ("entry.title", 7),
        ("entry.lang", 7),
        ("entry.authors", "Ada Prow"),
        ("entry.authors", [["Ada"]]),
        ("entry.seen", "yesterday"),
        ("entry.seen", 0),
        ("entry.seen", "2026-03-02T09:00:00"),
        ("entry.seen", "0001-01-01T00:00:00+14:00"),
        ("entry.media.0.length", 2**63),
        ("entry.media.0.length", True),
        ("entry.media.0.length", 1.5),
        ("entry.media.0", []),
        ("entry.media", {}),
        ("entry.more", ""),
        ("credit.confidence", "1"),
        ("credit.confidence", float("nan")),
        ("credit.confidence", 10**400),
        ("credit.evidence.0.role", "owner"),
        ("credit.evidence.0.role", []),
        ("fingerprint.shingles", "ü"),
        ("fingerprint.shingles", "abc"),
        ("fingerprint.shingles", [1]),
    ],
)
def test_understand_refuses_a_field_of_another_type(path: str, value: object) -> None:
    """Whatever can be told from the type."""
    with pytest.raises(ValueError, match=r"\w"):
        understand(changed(path, value))


@pytest.mark.parametrize(
    ("path", "value"),
    [("hints.ttl", "15m"), ("hints.ttl", 1.5), ("hints.ttl", 10**30), ("more", 1)],
)
def test_understand_refuses_spans_and_marks_that_are_none(path: str, value: object) -> None:
    """Whole microseconds, and no more than there are; yes or no."""
    with pytest.raises(ValueError, match="is missing"):
        understand(changed(path, value, of=DONE))


@pytest.mark.parametrize(
    "data", [b"", b"[", b"\xff", b"null", b'["ReadEntry"]', b'["OutletRef", {}]', b"[" * 100_000, b"9" * 5000]
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
