"""What is read of an entry, with offsets that stay right."""

import pytest

from feedhub.steps.attribute.reading import HEAD, TAIL, Line, segments


def line_of(text: str) -> Line:
    """The tokens of the first line of a text."""
    return list(segments("", text))[1].line(0)[1]


def test_a_short_entry_is_read_whole() -> None:
    """Title first."""
    assert [(each.part, each.base, each.raw, each.final) for each in segments("Title", "Text")] == [
        ("title", 0, "Title", True),
        ("text", 0, "Text", True),
    ]


def test_of_a_long_text_head_and_tail_are_read() -> None:
    """And the head is not taken for its end."""
    text = "a" * HEAD + "b" * 5000 + "c" * TAIL

    head, tail = list(segments("", text))[1:]

    assert (head.raw, head.base, head.final) == ("a" * HEAD, 0, False)
    assert (tail.raw, tail.base, tail.final) == ("c" * TAIL, len(text) - TAIL, True)
    assert tail.place(3) == len(text) - TAIL + 3


def test_invisible_signs_are_left_out_and_places_are_those_of_the_text() -> None:
    """A hostile text cannot hide a name behind a mark that nobody sees."""
    text = "\u202eTA\u200bSS\u202c\u00ad"

    segment = list(segments("", text))[1]

    assert segment.raw == "TASS"
    assert [segment.place(index) for index in (0, 2, 4)] == [1, 4, 6]


def test_a_text_of_invisible_signs_alone_holds_nothing() -> None:
    """And has no place but its beginning."""
    segment = list(segments("", "\u200b\u200b"))[1]

    assert (segment.raw, segment.place(0)) == ("", 0)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One two. Three", [0, 0, 0, 1]),
        ("One! Two? Three", [0, 0, 1, 1, 2]),
        ("Mr. Smith went", [0, 0, 0, 0]),
        ("Version 2.5 came", [0, 0, 0, 0, 0]),
        ("One. two", [0, 0, 0]),
        ("据报。通车", [0, 0, 0, 1, 1]),
        (". One", [0, 1]),
        ("One.", [0, 0]),
    ],
)
def test_sentences_end_where_a_reader_sees_them_end(text: str, sentences: list[int]) -> None:
    """Not at abbreviations and not in numbers."""
    assert line_of(text).sentences == sentences


def test_the_first_and_the_last_line_know_it() -> None:
    """Empty lines are none."""
    segment = list(segments("", "\nOne\nTwo\nThree\n "))[1]

    lines = [segment.line(segment.raw.index(word))[1] for word in ("One", "Two", "Three")]

    assert [(line.opening, line.closing) for line in lines] == [(True, False), (False, False), (False, True)]


def test_a_token_is_split_where_a_name_ends_in_it() -> None:
    """Once, and not at its edges."""
    line = line_of("Trendə görə")

    for place in (0, 5, 5, 6):
        line.split(place)

    assert (line.words, line.starts, line.ends, line.sentences) == (
        ["trend", "ə", "görə"],
        [0, 5, 7],
        [5, 6, 11],
        [0, 0, 0],
    )


def test_a_line_without_tokens_has_a_sentence_all_the_same() -> None:
    """Hostile text has lines of quotation marks."""
    assert line_of('""').sentence(3) == 0
