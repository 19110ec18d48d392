"""The cue document: what it gives, and every fault in it."""

import tomllib
from pathlib import Path

import pytest

from feedhub.model.cue import Cue, CueKind, Cues, Role
from feedhub.steps.define.cues import read_cues

CONFIG = Path(__file__).parents[4] / "config"
LANGUAGES = frozenset(
    ("en", "ru", "az", "tr", "uk", "es", "fr", "de", "pt", "it", "pl", "nl", "ar", "fa", "zh", "ja", "ko")
)
Said = tuple[tuple[str, ...], str, str]


def read(text: str) -> tuple[Cues, list[Said]]:
    """The cues of a document and what was said of it."""
    said: list[Said] = []
    cues = read_cues(tomllib.loads(text), lambda path, message, hint: said.append((path, message, hint)))
    return cues, said


def test_the_cues_of_the_project_have_no_fault_and_speak_seventeen_languages() -> None:
    """Those that the project promises."""
    cues, said = read((CONFIG / "cues.toml").read_text(encoding="utf-8"))

    assert said == []
    assert {cue.lang for cue in cues.cues} >= LANGUAGES


def test_all_that_a_document_says_arrives() -> None:
    """Each key of each table."""
    cues, said = read("""
        [cues.en.words]
        says = ["says", "said"]
        [cues.en.report]
        kind = "report"
        weight = 0.8
        patterns = ["{outlet} {says}"]
        where = "title"
        open = true
        strict = true
        [cues.ru.photo]
        kind = "photo"
        weight = 1
        patterns = ["фото : {outlet}"]
        [naming.en]
        articles = ["The"]
        kinds = ["news-agenc~"]
        joins = ["and"]
        press = ["Herald"]
        bodies = ["ministry"]
        verbs = ["reports"]
        [furniture]
        en = ["See also"]
        [noise]
        en = ["Share on*"]
    """)

    report = Cue(
        rule="en.report",
        lang="en",
        role=Role.ORIGINATOR,
        pattern="{outlet} {says|said}",
        weight=0.8,
        kind=CueKind.REPORT,
        where="title",
        open=True,
        strict=True,
    )
    photo = Cue(rule="ru.photo", lang="ru", role=Role.PHOTO, pattern="фото : {outlet}", weight=1.0, kind=CueKind.PHOTO)
    assert (cues, said) == (
        Cues(
            cues=(report, photo),
            furniture=frozenset({"see also"}),
            noise=frozenset({"share on*"}),
            articles=frozenset({"the"}),
            kinds=frozenset({"news", "agenc~"}),
            joins=frozenset({"and"}),
            press=frozenset({"herald"}),
            bodies=frozenset({"ministry"}),
            verbs=frozenset({"reports"}),
        ),
        [],
    )


@pytest.mark.parametrize(
    ("text", "path", "message"),
    [
        ("cues = 3", ("cues",), ""),
        ('[cues.en.words]\nsays = "said"', ("cues", "en", "words", "says"), "says must be a list in brackets"),
        ('[cues.en.a]\nkind="reprot"\nweight=1\npatterns=["x {outlet}"]', ("cues", "en", "a", "kind"), "kind"),
        ('[cues.en.a]\nkind="report"\nweight=2\npatterns=["x {outlet}"]', ("cues", "en", "a", "weight"), "weight"),
        ('[cues.en.a]\nkind="report"\nweight=1\npatterns=[]', ("cues", "en", "a", "patterns"), "patterns"),
        ('[cues.en.a]\nkind="report"\nweight=1\npatterns=["x"]', ("cues", "en", "a", "patterns", "0"), "{outlet} must"),
        ('[cues.en.a]\nkind="report"\nweight=1\npatterns=["{x} {outlet}"]', ("cues", "en", "a", "patterns", "0"), "no"),
        (
            '[cues.en.a]\nkind="report"\nweight=1\npaterns=["x"]\npatterns=["x {outlet}"]',
            ("cues", "en", "a", "paterns"),
            "",
        ),
        ("naming = 3", ("naming",), ""),
        ("furniture = 3", ("furniture",), ""),
    ],
)
def test_each_fault_is_said_where_it_is(text: str, path: tuple[str, ...], message: str) -> None:
    """By the path of keys, so that an editor can be led there."""
    said = read(text)[1]

    assert [(each[0], each[1][: len(message)]) for each in said] == [(path, message)]


def test_a_wrong_cue_is_left_out_and_the_others_are_read() -> None:
    """One run shows all faults."""
    cues, said = read('[cues.en.a]\nkind="report"\nweight=1\npatterns=["{outlet", "{outlet} reports"]')

    assert ([cue.pattern for cue in cues.cues], len(said)) == (["{outlet} reports"], 1)
