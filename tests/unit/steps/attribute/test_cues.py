"""Cues against the tokens round a name."""

import pytest

from feedhub.model.cue import CueKind, Cues
from feedhub.steps.attribute.cues import Wording, compile_cues, fire
from feedhub.steps.attribute.reading import segments
from tests.builders import a_cue


def fired(text: str, *patterns: str, where: str = "text") -> list[tuple[str, int, int]]:
    """The patterns that fire for the name X in a text, and the outermost tokens that they cover."""
    segment = list(segments("", text))[1]
    at = text.index("X")
    line = segment.line(at)[1]
    name = line.after(at)
    book = compile_cues(Cues(cues=tuple(a_cue(pattern, rule=pattern) for pattern in patterns)))
    hits = fire(book, line, before=range(name - 1, name - 2, -1), after=range(name + 1, name + 2), where=where)
    return [(each.cue.rule, each.first, each.last) for each in hits]


@pytest.mark.parametrize(
    ("text", "pattern", "span"),
    [
        ("he told X so", "told {outlet}", (1, 2)),
        ("he TOLD X so", "told {outlet}", (1, 2)),
        ("he told X so", "tells {outlet}", None),
        ("said X so", "{outlet} so", (1, 2)),
        ("citing X as saying", "citing {outlet} as", (0, 2)),
        ("citing X for saying", "citing {outlet} as", None),
        ("reporting X so", "report~ {outlet}", (0, 1)),
        ("report X so", "report~ {outlet}", (0, 1)),
        ("rep X so", "report~ {outlet}", None),
        ("5th X so", "# {outlet}", (0, 1)),
        ("five X so", "# {outlet}", None),
        ("told by a b c d X", "told * {outlet}", (0, 6)),
        ("told a b c d e f X", "told * {outlet}", None),
        ("told, X", "told * {outlet}", None),
        ("told, X", "told ** {outlet}", (0, 2)),
        ("told: X", "told ** {outlet}", None),
        ("told. So X", "told ** {outlet}", None),
        ("X said", "^ {outlet} said $", (-1, 2)),
        ("X said so", "^ {outlet} said $", None),
        ("so X said", "^ {outlet} said", None),
        ("X said", "^^ {outlet} said $$", (-1, 2)),
        ("one\nX said\ntwo", "^^ {outlet} said", None),
        ("one\nX said\ntwo", "{outlet} said $$", None),
        ("one\nX said\ntwo", "^ {outlet} said $", (-1, 2)),
        ("X", "^ * {outlet} $", (-1, 1)),
        ("X a", "{outlet} a * b", None),
    ],
)
def test_a_phrase_fires_where_all_of_it_stands(text: str, pattern: str, span: tuple[int, int] | None) -> None:
    """Gaps are bounded by words, signs and the sentence."""
    assert [each[1:] for each in fired(text, pattern)] == ([span] if span else [])


def test_the_kind_then_the_weight_then_the_length_decides_which_is_first() -> None:
    """The order in which kinds are asked is that of their list."""
    segment = list(segments("", "former boss told X so"))[1]
    line = segment.line(0)[1]
    cues = (
        a_cue("told {outlet}", rule="light", weight=0.5, kind=CueKind.INTERVIEW),
        a_cue("told {outlet}", rule="short", weight=0.9, kind=CueKind.INTERVIEW),
        a_cue("boss told {outlet}", rule="long", weight=0.9, kind=CueKind.INTERVIEW),
        a_cue("former * {outlet}", rule="object", weight=0.1, kind=CueKind.OBJECT),
    )

    hits = fire(compile_cues(Cues(cues=cues)), line, before=range(2, 1, -1), after=range(4, 5), where="text")

    assert [each.cue.rule for each in hits] == ["object", "long", "short", "light"]


def test_a_cue_for_titles_fires_in_titles_only() -> None:
    """And one for both in both."""
    book = compile_cues(Cues(cues=(a_cue("^ {outlet} :", where="title"),)))
    line = list(segments("", "X: so"))[1].line(0)[1]

    found = [
        len(fire(book, line, before=range(-1, -2, -1), after=range(1, 2), where=each)) for each in ("title", "text")
    ]

    assert found == [1, 0]


def test_a_walk_ends_however_many_ways_there_are() -> None:
    """Gap after gap is bounded work."""
    text = "a " * 120 + "X"

    assert fired(text, "b ** a ** a ** a ** {outlet}") == []


def test_wording_knows_words_and_beginnings_of_words() -> None:
    """`newspaper~` stands for all words that begin so."""
    words = Wording(("the", "newspaper~", "gazet~"))

    assert [word in words for word in ("the", "them", "newspapers", "gazeta", "news")] == [
        True,
        False,
        True,
        True,
        False,
    ]
