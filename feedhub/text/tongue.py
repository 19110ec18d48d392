"""A cheap guess at the language of a short text, for what depends on one: suffixes, names that several outlets share.

Letters that one language alone uses decide; without them the language that the source claims stands. It is no language
identifier: it tells apart what shares a script where that changes how names are written.
"""

from bisect import bisect_left
from typing import Final

_MARKS: Final = (
    ("az", "əƏ"),
    ("uk", "їєґЇЄҐ"),
    ("be", "ўЎ"),
    ("kk", "қғұөүһңӘҚҒҰӨҢ"),
    ("sr", "јљњћђџЉЊЋЂЏ"),
    ("fa", "پچژگی"),
    ("ar", "ةىيأإ"),
    ("pl", "łąęŁĄĘ"),
    ("hu", "őűŐŰ"),
    ("ro", "țșăȚȘĂ"),
    ("cs", "řěůŘĚŮ"),
    ("sk", "ľĺŕĽ"),
    ("lt", "ėįųĖĮŲ"),
    ("lv", "āīūņļķģĀĪŪ"),
    ("tr", "ğışĞİŞ"),
    ("hr", "đćĐĆ"),
    ("pt", "ãõÃÕ"),
    ("es", "ñ¿¡Ñ"),
    ("de", "ßẞ"),
    ("et", "õ"),
    ("sv", "å"),
    ("fr", "èêœçÈÊŒÇ"),
)
_ALONE: Final = frozenset({"az", "uk", "be"})
"""Their first letter is nobody else's, whatever a source claims."""
_SETS: Final = tuple((lang, frozenset(letters)) for lang, letters in _MARKS)
_MARKED: Final = frozenset().union(*(marks for _, marks in _SETS))
_BLOCKS: Final = (
    ("ko", "\uac00", "\ud7a3"),
    ("ja", "\u3040", "\u30ff"),
    ("zh", "\u4e00", "\u9fff"),
    ("hy", "\u0531", "\u058f"),
    ("ka", "\u10a0", "\u10ff"),
    ("he", "\u05d0", "\u05ea"),
    ("el", "\u0370", "\u03ff"),
    ("hi", "\u0900", "\u097f"),
    ("th", "\u0e00", "\u0e7f"),
)


def guess_language(text: str, *, claim: str | None) -> str:
    """The primary subtag of the language that the text is likely in; `claim` where the letters do not tell."""
    said = (claim or "").lower().partition("-")[0].partition("_")[0]
    if text.isascii():
        return said or "en"
    letters = frozenset(text[:1000])
    ordered = sorted(letters)
    for lang, first, last in _BLOCKS:
        at = bisect_left(ordered, first)
        if at < len(ordered) and ordered[at] <= last:
            return "zh" if lang == "ja" and said == "zh" else lang
    marked = letters & _MARKED
    likely = [lang for lang, marks in _SETS if marked & marks] if marked else []
    if likely:
        return said if said in likely and likely[0] not in _ALONE else likely[0]
    return said or _cyrillic(letters)


def _cyrillic(letters: frozenset[str]) -> str:
    if not any("а" <= letter <= "я" for letter in letters):
        return "en"
    return "ru" if letters & frozenset("ыэё") or "ъ" not in letters else "bg"
