"""Words and figures of a text, in the one form in which texts are compared and searched.

Folding forgets what spelling, case and keyboards vary (marks, dotted and dotless i, full-width letters, the digits of
other scripts) and keeps what tells words apart: the vowel signs of Indic scripts and the voice marks of kana are
letters to their readers, so they stay.

Every pattern here reads its text once from left to right: time and memory are linear in the text.
"""

import re
import unicodedata
from functools import lru_cache

_MARKS = re.compile(
    "[\u0300-\u0344\u0346-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe00-\ufe0f\ufe20-\ufe2f"
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+"
)
"""Accents, points and strokes, and characters that are not seen at all."""

_OTHER_DIGIT = re.compile(r"[^\D0-9]")

_SPACELESS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U000323af]"
)
"""Letters of scripts written without spaces: Thai, Lao, Burmese, Khmer, kana, Han. (Korean has spaces.)"""

_WORD = re.compile(
    r"[\w\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0980-\u0983\u09bc-\u09d7\u0a01-\u0a03\u0a3c-\u0a51"
    r"\u0a81-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b57\u0b82\u0bbe-\u0bd7\u0c00-\u0c04\u0c3e-\u0c56"
    r"\u0c81-\u0c83\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d57\u0dca-\u0ddf\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    r"\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u17b4-\u17d3\u3099\u309a]+"
)
"""Runs of letters, digits and vowel signs."""

_ASCII_WORD = re.compile(r"\w+", re.ASCII)
_AS_IT_IS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_ ")
_JAMO = re.compile("[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]")
"""Parts of Korean syllables: they join up with what stands beside them."""

_FIGURE = re.compile(r"(?<![^\W_])(?:[0-9]{1,3}(?:[ '’][0-9]{3}(?![0-9]))+|[0-9]+)(?:[.,][0-9]+)*(?: ?[%٪])?")
_GAP = re.compile(r"[ '’%٪]+")
_POINT = re.compile(r"[.,]")
_PAIR = re.compile(r"(?<![^\W_])([0-9]{1,3})[:–—-]([0-9]{1,3})(?![^\W_])")
_DIFFERENT = 200
"""Letters up to which going over the text once for each is quicker; only Han has more of them."""
_LONG = 4000
"""Letters of a text whose words are not remembered: half a thousand shorter ones take 10 MB at most."""
_GROUP = 3
"""Digits between two thousands separators."""


def fold(text: str) -> str:
    """The text without case, marks and unseen characters, so that "İLHAM" is "ilham" and "Ёлка" is "елка"."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = _MARKS.sub("", plain).replace("ı", "i")
    return _OTHER_DIGIT.sub(_ascii_digit, unicodedata.normalize("NFC", plain))


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text in order; each letter of a script without spaces is a word of its own.

    A text has a hundred different letters mostly and some thousand in all, so it is the different ones that are looked
    at. Where they are many, or one of them changes what stands beside it, the text is folded as a whole.
    """
    if text.isascii():
        return tuple(_ASCII_WORD.findall(text.lower()))
    plain = text.lower()
    letters = set(plain) - _AS_IT_IS
    if len(letters) > _DIFFERENT:
        return folded_words(fold(text))
    for letter in letters:
        alone = _alone(letter)
        if alone is None:
            return folded_words(fold(text))
        if alone != letter:
            plain = plain.replace(letter, alone)
    return tuple(plain.split())


def words_of(text: str) -> tuple[str, ...]:
    """As `words`, remembered for the last texts: the same ones are routed, compared, and routed again in a row."""
    return tuple(run_of(text).split())


def run_of(text: str) -> str:
    """The words with single spaces between them, remembered for the last texts; that takes a tenth of their room."""
    return _remembered(text) if len(text) <= _LONG else " ".join(words(text))


@lru_cache(maxsize=512)
def _remembered(text: str) -> str:
    return " ".join(words(text))


@lru_cache(maxsize=4096)
def _alone(letter: str) -> str | None:
    """What stands for a letter in a text of words between spaces; None where that depends on its neighbours."""
    folded = fold(letter)
    return "".join(map(_worded, folded)) if all(map(_is_inert, letter + folded)) else None


def _worded(letter: str) -> str:
    if not _WORD.match(letter):
        return " "
    return f" {letter} " if _SPACELESS.match(letter) else letter


def _is_inert(letter: str) -> bool:
    """Whether a letter is folded in the same way wherever it stands."""
    if letter.isascii() or _MARKS.match(letter):
        return True
    kind = unicodedata.category(letter)
    return kind[0] in "LNPSZ" and not unicodedata.combining(letter) and not _JAMO.match(letter)


def folded_words(folded: str) -> tuple[str, ...]:
    """The words of a text that is folded already."""
    if folded.isascii():
        return tuple(_ASCII_WORD.findall(folded))
    return tuple(_WORD.findall(_SPACELESS.sub(r" \g<0> ", folded)))


def names(text: str) -> frozenset[str]:
    """The folded words that stand with a capital and never without: names, as far as the script tells.

    Empty for a text all in capitals and for scripts without them.
    """
    raw = set(_WORD.findall(unicodedata.normalize("NFKC", text)))
    small = {fold(word) for word in raw if word[0].islower()}
    return frozenset({fold(word) for word in raw if word[0].isupper()} - small) if small else frozenset()


def figures(text: str) -> frozenset[str]:
    """The numbers of a text: "1,200", "1 200" and "1200" are one, "2,5" is "2.5", "5%" is not "5".

    Years and the parts of dates and times are among them. Two short numbers joined by a colon or a dash (a result, a
    range, a time) give a third figure, "2:1", so that a win is not a loss. A number glued to letters before it
    ("G20") is a name, not a figure.
    """
    folded = fold(text)
    found = {number for written in _FIGURE.findall(folded) for number in _numbers(written)}
    found.update(f"{int(first)}:{int(second)}" for first, second in _PAIR.findall(folded))
    return frozenset(found)


def _ascii_digit(match: re.Match[str]) -> str:
    return str(unicodedata.digit(match[0]))


def _numbers(written: str) -> tuple[str, ...]:
    """The number, or the numbers of a date ("3.5.2026"), as written with groups, decimals and percent sign."""
    number = _GAP.sub("", written)
    sign = "%" if written[-1] in "%٪" else ""
    first, *rest = _POINT.split(number)
    if not rest:
        return (_trimmed(first) + sign,)
    grouped = len(first) <= _GROUP and first[0] != "0" and all(len(part) == _GROUP for part in rest[:-1])
    last_is_group = len(rest[-1]) == _GROUP and len({point for point in number if point in ".,"}) == 1
    if grouped and last_is_group:
        return (number.replace(",", "").replace(".", "") + sign,)
    if len(rest) == 1 or (grouped and number.count(number[-len(rest[-1]) - 1]) == 1):
        return (_decimal("".join((first, *rest[:-1])), rest[-1]) + sign,)
    return tuple(_trimmed(part) for part in (first, *rest))


def _trimmed(digits: str) -> str:
    return digits.lstrip("0") or "0"


def _decimal(whole: str, fraction: str) -> str:
    fraction = fraction.rstrip("0")
    return f"{_trimmed(whole)}.{fraction}" if fraction else _trimmed(whole)
