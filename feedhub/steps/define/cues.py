"""Cues: tables of a document to Cues, or every fault in them."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from feedhub.model.cue import Cue, CueKind, Cues, Role
from feedhub.steps.define.outlets import Say, tell
from feedhub.text.phrases import read_phrase, spell_out, tokens
from feedhub.text.shown import shown

WORDS: Final = "words"
"""The table of a language that names lists of words instead of a group of cues."""

_ROLES: Final = {
    CueKind.PHOTO: Role.PHOTO,
    CueKind.OBJECT: Role.MENTION,
    CueKind.INTERVIEW: Role.INTERVIEW,
    CueKind.RELAY: Role.INTERMEDIATE,
}

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
_Texts = tuple[_Text, ...]
_Words = Mapping[str, tuple[str, ...]]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Group(_Strict):
    kind: CueKind
    weight: Annotated[float, Field(gt=0, le=1)]
    patterns: Annotated[_Texts, Field(min_length=1)]
    where: Literal["title", "text"] | None = None
    open: bool = False
    strict: bool = False


class _Naming(_Strict):
    articles: _Texts = ()
    kinds: _Texts = ()
    joins: _Texts = ()
    press: _Texts = ()
    bodies: _Texts = ()
    verbs: _Texts = ()


_LANGUAGES: Final = TypeAdapter(dict[_Text, dict[_Text, dict[str, object]]])
_LISTS: Final = TypeAdapter(dict[_Text, _Texts])
_NAMING: Final = TypeAdapter(dict[_Text, _Naming])


def read_cues(tables: Mapping[str, object], say: Say) -> Cues:
    """The cues that the tables describe. What is wrong is said and left out, and reading goes on.

    Reads the tables `cues` (by language and group), `naming` (by language), `furniture` and `noise` (lists by
    language).
    """
    naming = tuple(_naming(tables.get("naming", {}), say))
    return Cues(
        cues=tuple(_cues(tables.get("cues", {}), say)),
        furniture=_lines(tables, "furniture", say),
        noise=_lines(tables, "noise", say),
        articles=_words(text for each in naming for text in each.articles),
        kinds=_words(text for each in naming for text in each.kinds),
        joins=_words(text for each in naming for text in each.joins),
        press=_words(text for each in naming for text in each.press),
        bodies=_words(text for each in naming for text in each.bodies),
        verbs=_words(text for each in naming for text in each.verbs),
    )


def _cues(table: object, say: Say) -> Iterator[Cue]:
    try:
        languages = _LANGUAGES.validate_python(table)
    except ValidationError as error:
        tell(error, ("cues",), say)
        return
    for lang, groups in languages.items():
        words = _word_lists(groups.get(WORDS, {}), ("cues", lang, WORDS), say=say)
        for name, group in groups.items():
            if name != WORDS:
                yield from _group(group, (lang, name), words=words, say=say)


def _word_lists(table: object, path: tuple[str, ...], *, say: Say) -> _Words:
    try:
        return _LISTS.validate_python(table)
    except ValidationError as error:
        tell(error, path, say)
        return {}


def _group(table: object, names: tuple[str, str], *, words: _Words, say: Say) -> Iterator[Cue]:
    path = ("cues", *names)
    try:
        group = _Group.model_validate(table)
    except ValidationError as error:
        tell(error, path, say, model=_Group)
        return
    for number, pattern in enumerate(group.patterns):
        try:
            spelled = spell_out(pattern, words)
            read_phrase(spelled)
        except ValueError as error:
            say(
                (*path, "patterns", str(number)),
                f"{error}: {shown(pattern)}",
                "the head of the document tells the notation",
            )
            continue
        yield Cue(
            rule=".".join(names),
            lang=names[0],
            role=_ROLES.get(group.kind, Role.ORIGINATOR),
            pattern=spelled,
            weight=group.weight,
            kind=group.kind,
            where=group.where or "",
            open=group.open,
            strict=group.strict,
        )


def _naming(table: object, say: Say) -> Iterator[_Naming]:
    try:
        yield from _NAMING.validate_python(table).values()
    except ValidationError as error:
        tell(error, ("naming",), say)


def _words(texts: Iterator[str]) -> frozenset[str]:
    return frozenset(token for text in texts for token in tokens(text) if token[0].isalnum())


def _lines(tables: Mapping[str, object], key: str, say: Say) -> frozenset[str]:
    try:
        lists = _LISTS.validate_python(tables.get(key, {}))
    except ValidationError as error:
        tell(error, (key,), say)
        return frozenset()
    return frozenset(text.lower() for texts in lists.values() for text in texts)
