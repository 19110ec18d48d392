"""Page furniture: what stands round the text of an article and is no part of it.

A furniture line ("See also") ends the article: all that follows it is cut. A noise line ("Share", "Comments (0)") is
dropped alone: blanked to spaces, so that offsets into what is left stay offsets into the text as given.
"""

from typing import Final

_LONGEST: Final = 80
"""No marker is longer, so a longer line needs no look."""
_STORY: Final = 24
"""A line of this width is text: a furniture line before the first such line heads a menu and ends nothing."""
_SENTENCE: Final = 12
"""So is a shorter one that ends like a sentence."""
_STOPS: Final = (".", "!", "?", "…", "。", "！", "？", "۔", "।")
_DENSE: Final = "\u2e80"
"""From here on (Chinese, Japanese, Korean) a character says as much as three."""
_INLINE: Final = 20
"""More than this after the colon of a marker ("Read also: Bridge closed") is one teaser inside the article."""
_SIGNS: Final = " \t\r\xa0·•|:.…-–—>»›▶*#_=+()[]"


def cut(text: str, *, furniture: frozenset[str], noise: frozenset[str]) -> str:
    """The text up to its first furniture line, noise lines blanked.

    Markers are in lower case; a noise marker that ends in `*` ("share on*") stands for all lines that begin so. What is
    kept has the offsets that it had. Linear in the text.
    """
    told = False
    out: list[str] = []
    for line in text.removesuffix("\n").split("\n"):
        what = _judge(line, furniture, noise) if len(line) <= _LONGEST else ""
        if what == "cut" and told:
            break
        told = told or (not what and _tells(line.strip()))
        out.append(" " * len(line) if what else line)
    return "\n".join(out)


def _tells(bare: str) -> bool:
    """Whether a line is text and no item of a menu."""
    size = len(bare)
    if size < _STORY and not bare.isascii():
        size += 2 * sum(each > _DENSE for each in bare)
    return size >= (_SENTENCE if bare.endswith(_STOPS) else _STORY)


def _judge(line: str, furniture: frozenset[str], noise: frozenset[str]) -> str:
    """`cut`, `blank`, or nothing for a line that is text."""
    bare = line.strip(_SIGNS).lower()
    if not bare:
        return ""
    head, rest = _head(bare)
    if bare in noise or head in noise or _begins(bare, noise):
        return "blank"
    if bare in furniture:
        return "cut"
    if head in furniture:
        return "blank" if len(rest) > _INLINE else "cut"
    return ""


def _begins(bare: str, noise: frozenset[str]) -> bool:
    """Whether the line begins with a noise marker that ends in `*`, of one to three words."""
    begun = ""
    for word in bare.split(maxsplit=3)[:3]:
        begun = f"{begun} {word}" if begun else word
        if f"{begun}*" in noise:
            return True
    return False


def _head(bare: str) -> tuple[str, str]:
    """What stands before a colon or a bracket, and what after it."""
    places = [place for place in (bare.find(":"), bare.find("(")) if place > 0]
    if not places:
        return bare, ""
    place = min(places)
    return bare[:place].strip(_SIGNS), bare[place + 1 :].strip(_SIGNS)
