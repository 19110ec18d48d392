"""Language tags and guesses."""

import pytest

from feedhub.text.lang import guess, tag


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("en", "en"),
        (" EN_us ", "en-US"),
        ("pt-br", "pt-BR"),
        ("zh-hans-cn", "zh-Hans-CN"),
        ("sl-rozaj-biske", "sl-rozaj-biske"),
        ("es-419", "es-419"),
        ("iw", "he"),
        ("und", None),
        ("", None),
        ("english language", None),
        ("e", None),
    ],
)
def test_tag_is_in_canonical_case_or_none(text: str, expected: str | None) -> None:
    """RFC 5646, section 2.1.1."""
    assert tag(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The harbour opens on Monday after two years of work, the port authority said in a statement.", "en"),
        ("Порт открылся в понедельник после двух лет работы, говорится в заявлении администрации.", "ru"),
        ("Liman iki illik işdən sonra bazar ertəsi açılır, deyə liman rəhbərliyi bəyanatında bildirib.", "az"),
        ("Liman, iki yıllık çalışmanın ardından pazartesi günü açılıyor, dedi liman yönetimi açıklamasında.", "tr"),
        ("too short", None),
        ("1234567890 " * 40, None),
        ("xq zv " * 40, None),
    ],
)
def test_guess_needs_enough_text_to_be_sure(text: str, expected: str | None) -> None:
    """A throw of dice is no guess."""
    assert guess(text) == expected
