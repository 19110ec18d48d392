"""The form in which names and phrases are compared: case and look-alike signs folded, every offset kept.

`fold` never changes the length, so that an offset into folded text is an offset into the text as given. That rules
out `str.casefold` (ß) and leaves one letter to mend for `str.lower` (İ).
"""

import re
from typing import Final

_PAIRS: Final = (
    ("İ", "i"),  # the one letter that `str.lower` makes longer; ı goes with it, since Azerbaijani text mixes them
    ("’", "'"),
    ("‘", "'"),
    ("ʼ", "'"),
    ("«", '"'),
    ("»", '"'),
    ("“", '"'),
    ("”", '"'),
    ("„", '"'),
    ("‟", '"'),
    ("《", '"'),
    ("》", '"'),
    ("「", '"'),
    ("」", '"'),
    ("『", '"'),
    ("』", '"'),
    ("–", "-"),
    ("—", "-"),
    ("―", "-"),
    ("−", "-"),
    ("（", "("),
    ("）", ")"),
    ("【", "["),
    ("】", "]"),
    ("：", ":"),
    ("，", ","),
    ("、", ","),
    ("\xa0", " "),
)
_LETTERS: Final = (
    ("ı", "i"),
    ("ё", "е"),
    ("ς", "σ"),
    ("ی", "ي"),  # Persian and Arabic keyboards, the same letters
    ("ک", "ك"),
    ("ى", "ي"),
)

CJK: Final = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Scripts that set no spaces, as the inside of a character class: each character is a token there."""

TOKEN: Final = re.compile(rf"[{CJK}]|[^\W_{CJK}]+'?|[^\w\s\"]|_")
"""Tokens of folded text: words (with the apostrophe of an elision), one character of CJK text, one sign.

Quotation marks are no tokens: a name is the same name with and without them.
"""


def fold(text: str) -> str:
    """The text in lower case with quotation marks, dashes and letter variants made one; as long as before."""
    if text.isascii():
        return text.lower().replace("`", "'")
    for old, new in _PAIRS:
        if old in text:
            text = text.replace(old, new)
    return fold_letters(text.lower().replace("`", "'"))


def fold_letters(text: str) -> str:
    """The text with letter variants made one, case and signs as they are: what a regular expression can bear."""
    for old, new in _LETTERS:
        if old in text:
            text = text.replace(old, new)
    return text
