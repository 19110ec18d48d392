"""Words, names and figures in the form in which texts are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedhub.text.words import figures, fold, folded_words, names, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Harbour", "harbour"),
        ("İLHAM", "ilham"),
        ("ılıq", "iliq"),
        ("Ёлка", "елка"),
        ("Straße", "strasse"),
        ("Ａｂｃ", "abc"),
        ("naïve\u00ad\u200b", "naive"),
        ("مُحَمَّد", "محمد"),
        ("٣٤", "34"),
        ("हिन्दी", "हिन्दी"),
        ("が", "が"),
        ("서울", "서울"),
    ],
)
def test_fold_forgets_case_marks_and_unseen_characters_only(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ()),
        ("The port's 1,200 m", ("the", "port", "s", "1", "200", "m")),
        ("東京タワーは", ("東", "京", "タ", "ワ", "ー", "は")),
        ("ไทย", ("ไ", "ท", "ย")),
        ("서울은 맑음", ("서울은", "맑음")),
        ("हिन्दी भाषा", ("हिन्दी", "भाषा")),
        ("AI と news", ("ai", "と", "news")),
    ],
)
def test_words_stand_in_order_and_letters_of_scripts_without_spaces_alone(text: str, found: tuple[str, ...]) -> None:
    assert words(text) == found


def test_folded_words_are_those_of_the_text() -> None:
    assert folded_words("елка 東京") == words("Ёлка 東京")


@given(st.text() | st.text(st.characters(max_codepoint=0x33FF)))
def test_words_are_those_of_the_whole_text_folded(text: str) -> None:
    assert words(text) == folded_words(fold(text))


def test_a_text_of_many_different_letters_is_folded_as_others_are() -> None:
    text = "é".join(map(chr, range(0x4E00, 0x9F00))) + "か"
    assert words(text) == folded_words(fold(text))


@pytest.mark.parametrize("start", [0x80, 0x1000, 0x2000, 0x3000, 0xA000, 0xAC00, 0xF900, 0x11000, 0x1D000])
def test_every_letter_is_folded_as_among_others(start: int) -> None:
    for letter in map(chr, range(start, start + 0x800)):
        for text in (f"é{letter}и", f"{letter} か{letter}"):
            assert words(text) == folded_words(fold(text)), f"U+{ord(letter):04X}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1,200 or 1 200 or 1\u202f200 or 1'200 or 1200 or 1.200", {"1200"}),
        ("2.5 or 2,5 or 2.50", {"2.5"}),
        ("1,200.50 or 1.200,5", {"1200.5"}),
        ("1.200.000,25", {"1200000.25"}),
        ("1,234,567", {"1234567"}),
        ("5%, 5 % and 5", {"5%", "5"}),
        ("2.0", {"2"}),
        ("0.125 and 007", {"0.125", "7"}),
        ("3.5.2026", {"3", "5", "2026"}),
        ("won 2:1", {"2", "1", "2:1"}),
        ("10–15", {"10", "15", "10:15"}),
        ("G20 and B-52", {"52"}),
        ("٣٤٪", {"34%"}),
        ("in 2026 500 came", {"2026", "500"}),
        ("none", set()),
    ],
)
def test_figures_are_equal_however_they_are_written(text: str, found: set[str]) -> None:
    assert figures(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The mayor of Tarn met Ines Vole. the end", {"tarn", "ines", "vole"}),
        ("ALL IN CAPITALS", set()),
        ("東京", set()),
    ],
)
def test_names_stand_with_a_capital_and_never_without(text: str, found: set[str]) -> None:
    assert names(text) == found


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    assert all(words(text))
    assert all(figures(text))
    assert all(names(text))


@pytest.mark.parametrize("piece", ["word ", "1,", "1 111 ", "%", " ", "é", "字", "\udc80"])
def test_long_texts_of_one_piece_are_read_in_one_pass(piece: str) -> None:
    text = piece * 200_000
    assert len(words(text)) <= 400_000
    assert len(figures(text)) <= 2
