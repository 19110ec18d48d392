"""The notation of phrases in which cues are written, read into sequences of tokens.

said                  the word, in any case
report~               any word that begins so
{outlet}              where the name stands, exactly once
{says|said|has said}  one of these; {says|} one of these or nothing
{say}                 one of the words listed under that name; {@say|told} those and more
*                     up to five words, no sign between them
**                    up to sixteen words or signs but a colon, within the sentence
#                     a word that begins with a digit
^ $                   the beginning and the end of a line
( ) [ ] / , : - .     themselves; quotation marks play no part
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from feedhub.text.folded import TOKEN, fold
from feedhub.text.shown import shown

NAME: Final = "{outlet}"
MOST: Final = 3000
"""So many sequences a phrase may stand for: lists multiply, and each sequence costs memory."""

_PART: Final = re.compile(r"\{([^{}]*)\}|\*\*|\^\^|\$\$|[*^$#]|[^{}*^$#]+")
_BRACES: Final = re.compile(r"\{([^{}]*)\}")
_SIGNS: Final = frozenset({"*", "**", "^", "^^", "$", "$$", "#"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """What a phrase asks of the tokens before the name and after it: any one of the sequences on each side.

    An empty sequence among them asks nothing of that side.
    """

    before: tuple[tuple[str, ...], ...]
    after: tuple[tuple[str, ...], ...]


def spell_out(phrase: str, words: Mapping[str, tuple[str, ...]]) -> str:
    """The phrase with the lists that it names written into it, so that it can be read alone.

    Raises ValueError where no list has the name.
    """
    return _BRACES.sub(lambda match: _spelled(match.group(), match.group(1), words), phrase)


def read_phrase(phrase: str) -> Phrase:
    """Read a phrase in which all lists are spelled out.

    Raises ValueError with a plain sentence where the notation is wrong.
    """
    parts = tuple(_parts(phrase))
    if parts.count(((NAME,),)) != 1:
        raise ValueError(f"{NAME} must stand in a cue exactly once")
    place = parts.index(((NAME,),))
    read = Phrase(before=_multiply(parts[:place]), after=_multiply(parts[place + 1 :]))
    if () in read.before and () in read.after:
        raise ValueError("a cue needs a word or a sign beside the name")
    return read


def tokens(text: str) -> tuple[str, ...]:
    """The tokens of a piece of a phrase, folded; a word may end in `~`."""
    found: list[str] = []
    for match in TOKEN.finditer(fold(text)):
        if match.group() == "~" and found:
            found[-1] += "~"
        else:
            found.append(match.group())
    return tuple(found)


def _multiply(parts: Iterable[tuple[tuple[str, ...], ...]]) -> tuple[tuple[str, ...], ...]:
    sequences: list[tuple[str, ...]] = [()]
    for part in parts:
        if len(sequences) * len(part) > MOST:
            raise ValueError(f"the lists in this cue multiply to more than {MOST} phrases")
        sequences = [before + after for before in sequences for after in part]
    return tuple(dict.fromkeys(sequences))


def _parts(phrase: str) -> Iterator[tuple[tuple[str, ...], ...]]:
    end = 0
    for match in _PART.finditer(phrase):
        if match.start() != end:
            break
        end = match.end()
        yield from _part(match.group(), match.group(1))
    if end != len(phrase):
        raise ValueError("a brace is not closed, or closed twice")


def _part(text: str, inner: str | None) -> Iterator[tuple[tuple[str, ...], ...]]:
    if text == NAME:
        yield ((NAME,),)
    elif inner is not None:
        yield tuple(dict.fromkeys(tokens(each) for each in inner.split("|")))
    elif text in _SIGNS:
        yield ((text,),)
    else:
        yield from (((token,),) for token in tokens(text))


def _spelled(text: str, inner: str, words: Mapping[str, tuple[str, ...]]) -> str:
    if text == NAME:
        return text
    if "|" not in inner:
        return "{" + "|".join(_listed(inner, words)) + "}"
    several = (_listed(each[1:], words) if each.startswith("@") else (each,) for each in inner.split("|"))
    return "{" + "|".join(each for texts in several for each in texts) + "}"


def _listed(name: str, words: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    if name not in words:
        raise ValueError(f"no list of words is named {shown(name)}")
    return words[name]
