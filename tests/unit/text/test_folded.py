"""Folding keeps every offset."""

import sys

import pytest

from feedhub.text.folded import TOKEN, fold, fold_letters


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("TASS", "tass"),
        ("İHA ve Işık", "iha ve işik"),
        ("«Ведомости» — Ёж", '"ведомости" - еж'),
        ("l’AFP`s", "l'afp's"),
        ("（共同）：ok", "(共同):ok"),
        ("ایرنا کیهان", "ايرنا كيهان"),
        ("ΠΗΓΗΣ", "πηγησ"),
    ],
)
def test_fold_makes_look_alikes_one(text: str, folded: str) -> None:
    """Case, quotation marks, dashes and letter variants play no part in comparing."""
    assert fold(text) == folded


def test_fold_keeps_the_length_of_every_letter_there_is() -> None:
    """Offsets into folded text are offsets into the text."""
    letters = "".join(chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF)

    assert len(fold(letters)) == len(letters)


def test_fold_letters_leaves_case_and_signs_alone() -> None:
    """A regular expression stays one."""
    assert fold_letters(r"’?(?:ının|Ё)\W") == r"’?(?:inin|Ё)\W"


def test_tokens_are_words_signs_and_single_characters_where_no_spaces_are_set() -> None:
    """Quotation marks are no tokens."""
    text = fold("L'AFP, «Report»-un 新华社電 2-3_x")

    words = TOKEN.findall(text)

    assert words == ["l'", "afp", ",", "report", "-", "un", "新", "华", "社", "電", "2", "-", "3", "_", "x"]
