"""A guess at the language of short texts, for what depends on it."""

import pytest

from feedhub.text.tongue import guess_language


@pytest.mark.parametrize(
    ("text", "claim", "lang"),
    [
        ("The bridge is open", None, "en"),
        ("The bridge is open", "de-AT", "de"),
        ("The bridge is open", "pt_BR", "pt"),
        ("Körpü açılıb, nazirlik bildirib, məlumat", "tr", "az"),
        ("Köprü açıldı ve ışıklandı", None, "tr"),
        ("Міст відкрили їх", None, "uk"),
        ("Мост открыт, сообщили вы", None, "ru"),
        ("Мостът е открит", None, "bg"),
        ("Мост открит", "mk", "mk"),
        ("新华社北京电", None, "zh"),
        ("橋が開通した", None, "ja"),
        ("新华社 の", "zh", "zh"),
        ("다리 개통", None, "ko"),
        ("Γέφυρα άνοιξε", None, "el"),
        ("Le pont — près du port", None, "fr"),
        ("Puente — mañana", "gl", "es"),
        ("Ponte aberta — manhã não", "pt", "pt"),
        ("Café “open”", None, "en"),
        ("Café “open”", "fr", "fr"),
    ],
)
def test_letters_decide_then_the_claim(text: str, claim: str | None, lang: str) -> None:
    """Letters of one language alone outweigh what a source says of itself."""
    assert guess_language(text, claim=claim) == lang
