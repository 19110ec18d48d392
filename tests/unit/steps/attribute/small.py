"""A small registry with cues, for tests of attribution that want to see all of it."""

from feedhub.model.cue import Cue, CueKind, Cues, Role
from feedhub.model.outlet import Outlets
from feedhub.steps.attribute import Lexicon, prepare
from tests.builders import a_cue, a_registry, an_outlet, ref

HARBOUR, TIDE, WIRE, HILL = ref("Harbour Post"), ref("Tide"), ref("WIRE"), ref("Hill Daily")


def small_registry() -> Outlets:
    """Four outlets: a newspaper, a name that is also a word, an agency in capitals, a namesake."""
    return a_registry(
        an_outlet("Harbour Post", domains=("harbour.example",), country="AZ", languages=("az",)),
        an_outlet("Tide", needs_cue=("Tide",), domains=("tide.example",), aliases=("Прилив",)),
        an_outlet("WIRE", kind="agency", domains=("wire.example", "wire.org.az"), aliases=("ويير", "新海社")),
        an_outlet("Hill Daily", aliases=("HD",), country="GB", languages=("en",)),
        an_outlet("Dale Daily", aliases=("HD",), country="AZ", languages=("az",)),
        an_outlet("Sunny Pictures", kind="photo"),
        an_outlet("Round-up", kind="aggregator", domains=("roundup.example",)),
        an_outlet("Harbour Radio", parent=HARBOUR.slug, domains=("radio.example",)),
        collisions={"HD": (HILL.slug, ref("Dale Daily").slug)},
        suffix_rules={"az": "-?(?:un|ə)", "ru": "(?:а|у)", "en": "'s?", "tr": "'sının"},
        prefix_rules={"ar": "(?:ل|و)"},
        not_outlets=frozenset({"Telegram", "local media", "WIRE/Poll"}),
        other_readings={"Tide": ("Tide table", "Red Tide"), "WIRE": ("barbed wire",)},
    )


def small_cues(*more: Cue) -> Cues:
    """One or two cues of each kind."""
    return Cues(
        cues=(
            a_cue("photo : {outlet}", kind=CueKind.PHOTO, role=Role.PHOTO, rule="en.photo"),
            a_cue("former {outlet}", kind=CueKind.OBJECT, role=Role.MENTION, rule="en.object"),
            a_cue("told {outlet}", kind=CueKind.INTERVIEW, role=Role.INTERVIEW, rule="en.told", weight=0.9),
            a_cue("{according to|citing} {outlet}", kind=CueKind.REFERENCE, rule="en.reference", weight=0.9, open=True),
            a_cue("quoted by {outlet}", kind=CueKind.RELAY, role=Role.INTERMEDIATE, rule="en.relay"),
            a_cue("this was reported by {outlet}", kind=CueKind.WHOLE, rule="en.whole"),
            a_cue("{outlet} {reports|said}", rule="en.report"),
            a_cue("{outlet} * informs", rule="en.far", strict=True),
            a_cue("^ ** ({outlet}) -", kind=CueKind.DATELINE, rule="any.dateline", where="text", weight=0.9),
            a_cue("^ {outlet} $$", kind=CueKind.SIGNOFF, rule="any.last", where="text"),
            a_cue("^ {outlet} :", kind=CueKind.HEADLINE, rule="any.title", where="title", weight=0.85),
            a_cue("^ {outlet} $", kind=CueKind.BYLINE, rule="any.line", weight=0.4),
            *more,
        ),
        furniture=frozenset({"see also"}),
        articles=frozenset({"the"}),
        kinds=frozenset({"newspaper", "agency"}),
        joins=frozenset({"and"}),
        press=frozenset({"herald"}),
        bodies=frozenset({"ministry"}),
        verbs=frozenset({"reports"}),
    )


def small_lexicon(*more: Cue) -> Lexicon:
    """Both, compiled."""
    return prepare(small_registry(), small_cues(*more))
