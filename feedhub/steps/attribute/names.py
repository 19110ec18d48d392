"""Which outlets a text names: one pass over it (Aho-Corasick), then the boundary, case and suffix tests.

The one importer of pyahocorasick. Its automaton gives every spelling that ends at a place, whether a word ends there or
not; the longest spelling that passes the tests wins, and what lies inside it is no name of its own ("Reuters/Ipsos").
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final, Protocol

import ahocorasick

from feedhub.model.keys import OutletSlug
from feedhub.model.outlet import Outlet, Outlets
from feedhub.steps.attribute.reading import Segment
from feedhub.text.folded import CJK, fold, fold_letters

SHORT: Final = 4
"""Up to this length a name is matched with its case."""
MOST: Final = 60
"""So many names of one segment are looked at; a text that names more is a list."""

_ENDING: Final = 2
"""So many letters at the end of a word change when it is inflected."""
_TAIL: Final = 16
"""No suffix is longer."""
_CJK: Final = re.compile(f"[{CJK}]")
_HOST_BEFORE: Final = re.compile(r"(?:[\w-]{1,30}\.){1,3}\Z")
_NOTHING: Final = re.compile(r"(?!)")


class Sort(Enum):
    """What a spelling stands for."""

    OUTLET = "outlet"
    HOST = "host"
    NEVER = "never"
    """A network, or the media in general."""
    READING = "reading"
    """A phrase beside which the spelling `about` means something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """One spelling, the outlets that it may stand for, and how strictly it is matched.

    `exact` asks for its very case, else a capital at its head will do. `needs_cue` leaves it out where no cue fires.
    """

    text: str
    sort: Sort = Sort.OUTLET
    slugs: tuple[OutletSlug, ...] = ()
    exact: bool = False
    needs_cue: bool = False
    about: str = ""

    @property
    def word(self) -> bool:
        """Whether the spelling is also an ordinary word, which no name in capitals alone is."""
        return self.needs_cue and (self.text != self.text.upper() or self.text == self.text.lower())


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A spelling in a segment: the name from `start` to `end`, with what is written in one word with it to `last`."""

    spelling: Spelling
    start: int
    end: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spotted:
    """The names in a segment, in order, none inside another; and where words stand that may go with unknown names."""

    found: tuple[Found, ...]
    hints: tuple[tuple[int, int], ...]


_Value = tuple[int, tuple[Spelling, ...], bool]
"""Length and spellings of a key, and whether all of them begin with a capital wherever they are meant."""


class _Automaton(Protocol):
    def iter(self, string: str) -> Iterable[tuple[int, _Value]]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """All spellings of a registry, compiled."""

    automaton: _Automaton
    suffixes: Mapping[str, re.Pattern[str]]
    joined: re.Pattern[str]
    prefixes: re.Pattern[str]


def compile_names(outlets: Outlets, *, hints: Iterable[str] = ()) -> Names:
    """The spellings of a registry, ready to be looked for, and words to be noticed on the way."""
    table: dict[str, list[Spelling]] = defaultdict(list)
    for spelling in (*_outlet_spellings(outlets), *_other_spellings(outlets)):
        table[fold(spelling.text).strip()].append(spelling)
    for hint in hints:
        table.setdefault(hint.rstrip("~"), [])
    automaton = ahocorasick.Automaton()
    automaton.add_word("\0", (1, (), False))  # an empty automaton refuses to search
    for key, several in table.items():
        if key:  # a registry that was not read from a document may hold anything
            automaton.add_word(
                key, (len(key), tuple(sorted(several, key=lambda each: not each.exact)), all(map(_proud, several)))
            )
    automaton.make_automaton()
    return Names(
        automaton=automaton,
        suffixes={lang: re.compile(fold_letters(rule)) for lang, rule in outlets.suffix_rules.items()},
        joined=_union(rf"(?=['-])(?:{rule})" for rule in outlets.suffix_rules.values()),
        prefixes=_union(rf"(?:{rule})\Z" for rule in outlets.prefix_rules.values()),
    )


def spot(names: Names, segment: Segment, *, lang: Callable[[], str]) -> Spotted:
    """The names in a segment; one pass over it. The language is asked for where a name has a suffix."""
    found: list[Found] = []
    hints: list[tuple[int, int]] = []
    raw = segment.raw
    for last, (length, spellings, proud) in names.automaton.iter(segment.folded):
        if not spellings:
            hints.append((last + 1 - length, last + 1))
            continue
        first = raw[last + 1 - length]
        if proud and first != first.upper():  # what most of them are: a piece of another word
            continue
        hit = _test(names, segment, span=(last + 1 - length, last + 1), spellings=spellings, lang=lang)
        if hit is not None:
            found.append(hit)
            if len(found) > 4 * MOST:
                break
    return Spotted(found=tuple(_apart(found))[:MOST] if found else (), hints=tuple(hints))


def _outlet_spellings(outlets: Outlets) -> Iterator[Spelling]:
    claims: dict[str, dict[OutletSlug, None]] = defaultdict(dict)
    wary: set[str] = set()
    for outlet in outlets.by_slug.values():
        for text in (outlet.name, *outlet.aliases, *outlet.needs_cue, *outlet.forms):
            claims[text][outlet.slug] = None
        wary.update(outlet.needs_cue, (form for form in outlet.forms if _inflects(form, outlet.needs_cue)))
    shared = {fold(text): slugs for text, slugs in outlets.collisions.items()}
    for text, slugs in claims.items():
        yield Spelling(
            text=text,
            slugs=shared.get(fold(text)) or tuple(slugs),
            exact=len(text) <= SHORT or text in wary,
            needs_cue=text in wary,
        )
    for outlet in outlets.by_slug.values():
        yield from (Spelling(text=host, sort=Sort.HOST, slugs=(outlet.slug,)) for host in _hosts(outlet, claims))


def _inflects(form: str, words: Iterable[str]) -> bool:
    """Whether the form is one of a word: alike but for the ending."""
    return any(len(word) > _ENDING and form.startswith(word[:-_ENDING]) for word in words)


def _hosts(outlet: Outlet, claims: Mapping[str, object]) -> Iterator[str]:
    return (host for host in outlet.domains if host not in claims)


def _other_spellings(outlets: Outlets) -> Iterator[Spelling]:
    for text in outlets.not_outlets:
        yield Spelling(text=text, sort=Sort.NEVER, exact=len(text) <= SHORT)
    for about, phrases in outlets.other_readings.items():
        for phrase in phrases:
            yield Spelling(text=phrase, sort=Sort.READING, about=about, exact=fold(phrase) == fold(about))


def _test(
    names: Names, segment: Segment, *, span: tuple[int, int], spellings: tuple[Spelling, ...], lang: Callable[[], str]
) -> Found | None:
    start, end = span
    spelling = next((each for each in spellings if _cased(each, segment.raw[start:end])), None)
    if spelling is None:
        return None
    first = _first(names, segment.folded, start=start, host=spelling.sort is Sort.HOST)
    last = -1 if first < 0 else _last(names, segment, end=end, lang=lang)
    return None if last < 0 else Found(spelling=spelling, start=first, end=end, last=last)


def _proud(spelling: Spelling) -> bool:
    """Whether `_cased` refuses whatever begins with a small letter."""
    head = spelling.text[0]
    if spelling.exact:
        return head.isalpha() and head == head.upper()
    return head != head.lower() and not (spelling.sort is Sort.READING and spelling.about not in spelling.text)


def _cased(spelling: Spelling, written: str) -> bool:
    if spelling.exact:
        return written == spelling.text or written.replace("’", "'") == spelling.text
    wanted = spelling.text[0]
    if wanted == wanted.lower() or written[0] == written[0].upper():
        return True
    return spelling.sort is Sort.READING and spelling.about not in spelling.text


def _first(names: Names, folded: str, *, start: int, host: bool) -> int:
    """Where the name begins if a word may begin there, else -1; hosts take their subdomains along."""
    before = folded[start - 1] if start else " "
    if before in "@#":
        return -1
    if host and before == ".":
        match = _HOST_BEFORE.search(folded, max(0, start - 100), start)
        return match.start() if match and folded[max(0, match.start() - 1)] != "@" else -1
    if before == "." and start > 1 and folded[start - 2].isalnum():
        return -1 if not folded[start - 2].isdigit() else start
    if not _letter(before) or _CJK.match(before) or _CJK.match(folded[start]):
        return start
    match = names.prefixes.search(folded, max(0, start - 3), start)
    return start if match and not _letter(folded[match.start() - 1] if match.start() else " ") else -1


def _last(names: Names, segment: Segment, *, end: int, lang: Callable[[], str]) -> int:
    """Where the word ends that the name begins, if the name may end there, else -1."""
    folded = segment.folded
    after = folded[end] if end < len(folded) else " "
    if after == '"' and end + 1 < len(folded) and _letter(folded[end + 1]):
        return max(_suffix(names, folded, end=end + 1, lang=lang), end)
    if after in "'-":
        return max(_suffix(names, folded, end=end, lang=lang), end)
    if after == "." and end + 1 < len(folded) and _letter(folded[end + 1]):
        return end if segment.raw[end + 1] == segment.raw[end + 1].upper() else -1
    if not _letter(after) or _CJK.match(after) or _CJK.match(folded[end - 1]):
        return end
    return _suffix(names, folded, end=end, lang=lang)


def _suffix(names: Names, folded: str, *, end: int, lang: Callable[[], str]) -> int:
    """Where a suffix ends that begins here and ends its word, else -1."""
    for rule in (names.suffixes.get(lang(), _NOTHING), names.joined):
        match = rule.match(folded, end, end + _TAIL)
        if match and match.end() > end and not _letter(folded[match.end()] if match.end() < len(folded) else " "):
            return match.end()
    return -1


def _letter(sign: str) -> bool:
    return sign.isalnum() or (not sign.isascii() and unicodedata.category(sign)[0] == "M")


def _apart(found: Iterable[Found]) -> Iterator[Found]:
    """Without those that overlap one that begins earlier or is longer."""
    end = -1
    for hit in sorted(found, key=lambda each: (each.start, -each.end)):
        if hit.start >= end:
            end = hit.end
            yield hit


def _union(rules: Iterable[str]) -> re.Pattern[str]:
    text = fold_letters("|".join(rules))
    return re.compile(text) if text else _NOTHING
