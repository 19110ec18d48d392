"""What becomes of stories when their entries change, are withdrawn, come back or connect them."""

from dataclasses import replace
from datetime import timedelta
from html import escape
from pathlib import Path

import pytest

from feedhub.flows.poll import Absorb
from feedhub.model.brought import Bundle
from feedhub.model.decision import Decision
from feedhub.model.keys import Guid, SourceSlug, StoryKey
from feedhub.model.polling import Absorbed, Ticked
from feedhub.model.reading import ReadAsk, ReadDone
from feedhub.model.story import Shown
from feedhub.text.mint import entry_key
from tests.builders import AUTHORITY, NOW, a_credit
from tests.flows.scene import OUTLETS, PLACING, QUAY, SOURCES, TIDE, WIRE, Scene, a_scene

TITLE = "Ferry line to open on 4 May"
TEXT = (
    "The first regular ferry between Port Selin and the three Outer Islands will sail on 4 May, the port authority "
    "announced on Monday after two years of work on the piers. The ship carries 320 passengers and 48 cars and needs "
    "an hour and fifty minutes for the crossing, and a single ticket costs 9 crowns, half of that for islanders."
)
COPIED = f"{TEXT} Harbour Wire reports."


def an_atom(*entries: str, gone: tuple[str, ...] = ()) -> bytes:
    """An Atom feed of these entries that takes others back."""
    tombs = "".join(f"<at:deleted-entry ref='{guid}' when='2026-03-02T09:20:00Z'/>" for guid in gone)
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">'
        f"<title>A feed</title><id>urn:f</id><updated>2026-03-02T08:00:00Z</updated>{''.join(entries)}{tombs}</feed>"
    ).encode()


def an_atom_entry(guid: str, title: str = TITLE, text: str = TEXT) -> str:
    """One Atom entry with a summary and a content, each saying so."""
    return (
        f"<entry><title>{title}</title><id>{guid}</id><updated>2026-03-02T08:00:00Z</updated>"
        f"<link href='https://a.example/{guid}'/><summary>In short: {text[:90]}</summary>"
        f"<content type='html'>{escape(f'<p>{text}</p><p>Whole.</p>')}</content></entry>"
    )


def listed(scene: Scene, **feeds: bytes) -> Ticked:
    """Let the servers answer these feeds and all others an empty one; half an hour later they are polled."""
    for name, url in {"wire": WIRE, "tide": TIDE, "quay": QUAY}.items():
        scene.fetcher.answers[url] = feeds.get(name, an_atom())
    return scene.play()


def the_shown(scene: Scene) -> Shown:
    """What the only story in the feeds shows."""
    (story,) = scene.stories()
    assert story.shown is not None
    return story.shown


def counts(ticked: Ticked) -> list[tuple[str, int, int, int]]:
    """Polls that wrote entries: source, new, changed, withdrawn."""
    found = ((polled.source, polled.new, polled.changed, polled.withdrawn) for polled in ticked.polls)
    return [each for each in found if any(each[1:])]


def polled_once(scene: Scene) -> None:
    """All sources have been polled, so that new stories settle from now on."""
    listed(scene)


def test_withdrawn_lead_gives_way_to_the_report_that_stands(tmp_path: Path) -> None:
    """At the same place, with a word on why; nothing of its text stays in a feed."""
    scene = a_scene(tmp_path)
    tide = an_atom(an_atom_entry("t", "Islands get their ferry on 4 May", COPIED))
    listed(scene, wire=an_atom(an_atom_entry("w")), tide=tide)
    before, (story,) = the_shown(scene), scene.stories()
    listed(scene, wire=an_atom(gone=("w",)), tide=tide)
    after = the_shown(scene)
    assert [each.key for each in scene.stories()] == [story.key]
    assert before.publisher.name == "Harbour Wire"
    assert (after.title, after.publisher.name, after.source) == (
        "Islands get their ferry on 4 May",
        "Caspian Tide",
        "tide",
    )
    assert (after.note, after.ranked) == ("Corrected: Harbour Wire withdrew its report", before.ranked)
    assert (after.updated, after.reports, after.source_title) == (scene.clock(), 1, "A feed")
    assert TITLE.encode() not in scene.body()
    assert b"Harbour Wire withdrew its report" in scene.body()


def test_withdrawn_copy_moves_no_byte_of_a_feed(tmp_path: Path) -> None:
    """The lead stands."""
    scene = a_scene(tmp_path)
    wire = an_atom(an_atom_entry("w"))
    listed(scene, wire=wire, tide=an_atom(an_atom_entry("t", text=COPIED)))
    before = scene.body()
    assert counts(listed(scene, wire=wire, tide=an_atom(gone=("t",)))) == [("tide", 0, 0, 1)]
    assert scene.body() == before


def test_withdrawn_story_comes_back_with_its_entry(tmp_path: Path) -> None:
    """Word for word as it was: the feeds are again what they were."""
    scene = a_scene(tmp_path)
    listed(scene, wire=an_atom(an_atom_entry("w")))
    before = scene.body()
    listed(scene, wire=an_atom(gone=("w",)))
    assert scene.titles() == []
    assert counts(listed(scene, wire=an_atom(an_atom_entry("w")))) == [("wire", 0, 1, 0)]
    assert scene.titles("ferries") == [TITLE]
    assert scene.body() == before


def test_withdrawn_story_comes_back_with_the_words_of_now(tmp_path: Path) -> None:
    """What was taken back must not be shown again in its stead."""
    scene = a_scene(tmp_path)
    listed(scene, wire=an_atom(an_atom_entry("w")))
    listed(scene, wire=an_atom(gone=("w",)))
    listed(scene, wire=an_atom(an_atom_entry("w", text=f"At last. {TEXT}")))
    shown = the_shown(scene)
    assert shown.summary.startswith("In short: At last.")
    assert (shown.note, shown.updated) == ("", scene.clock())


def test_withdrawn_story_comes_back_under_another_headline(tmp_path: Path) -> None:
    """A correction like any other."""
    scene = a_scene(tmp_path)
    listed(scene, wire=an_atom(an_atom_entry("w")))
    listed(scene, wire=an_atom(gone=("w",)))
    listed(scene, wire=an_atom(an_atom_entry("w", title="Ferry line to open in May")))
    assert the_shown(scene).note == f"Corrected: Harbour Wire changed the headline, before: {TITLE}"


def test_story_comes_back_with_any_of_its_reports(tmp_path: Path) -> None:
    """Though the one that was shown last stays withdrawn."""
    scene = a_scene(tmp_path)
    listed(scene, wire=an_atom(an_atom_entry("w")), tide=an_atom(an_atom_entry("t", text=COPIED)))
    listed(scene, wire=an_atom(gone=("w",)), tide=an_atom(gone=("t",)))
    assert scene.titles() == []
    listed(scene, tide=an_atom(an_atom_entry("t", text=COPIED)))
    assert (the_shown(scene).publisher.name, the_shown(scene).note) == (
        "Caspian Tide",
        "Corrected: Harbour Wire withdrew its report",
    )


def test_story_withdrawn_before_it_was_shown_is_shown_when_it_is_back(tmp_path: Path) -> None:
    """Nothing was said of it before, so there is nothing to correct."""
    scene = a_scene(tmp_path)
    polled_once(scene)
    scene.fetcher.answers[WIRE] = an_atom(an_atom_entry("w"))
    scene.play(timedelta(minutes=31))
    listed(scene, wire=an_atom(gone=("w",)))
    assert scene.titles() == []
    listed(scene, wire=an_atom(an_atom_entry("w")))
    scene.play(timedelta(minutes=4))
    assert (the_shown(scene).title, the_shown(scene).note) == (TITLE, "")


def test_what_a_feed_lists_and_takes_back_at_once_is_taken_back(tmp_path: Path) -> None:
    """Once, not at every poll."""
    scene = a_scene(tmp_path)
    listed(scene, wire=an_atom(an_atom_entry("w")))
    both = (an_atom_entry("w", text=f"{TEXT} More."), an_atom_entry("n", title="Nothing to see"))
    assert counts(listed(scene, wire=an_atom(*both, gone=("w", "n")))) == [("wire", 0, 0, 1)]
    assert counts(listed(scene, wire=an_atom(*both, gone=("n", "w")))) == []
    assert scene.titles() == []


def test_headline_is_corrected_though_another_report_changed_in_the_same_poll(tmp_path: Path) -> None:
    """Both are of one source and in one story."""
    scene = a_scene(tmp_path)
    listed(scene, wire=an_atom(an_atom_entry("a"), an_atom_entry("b")))
    new = "Ferry line to open on 5 May"
    ticked = listed(scene, wire=an_atom(an_atom_entry("a", title=new), an_atom_entry("b", text=f"{TEXT} More.")))
    assert counts(ticked) == [("wire", 0, 2, 0)]
    assert the_shown(scene).title == new


def test_credit_that_a_person_gave_outlives_a_newer_text(tmp_path: Path) -> None:
    """Only a person takes it back."""
    scene = a_scene(tmp_path)
    listed(scene, tide=an_atom(an_atom_entry("t")), quay=an_atom(an_atom_entry("q")))
    given = replace(a_credit("Caspian Tide"), confidence=0.5, by="ada")
    with scene.store.write() as unit:
        unit.entries.set_credit(entry_key(AUTHORITY, SourceSlug("tide"), Guid("t")), given)
    later = f"{COPIED} It leaves at seven."
    listed(scene, tide=an_atom(an_atom_entry("t", text=later)), quay=an_atom(an_atom_entry("q", text=later)))
    with scene.store.read() as unit:
        found = {str(report.entry.source): report.credit for report in unit.stories.reports(scene.stories()[0].key)}
    assert found["tide"] == given
    assert [ref.name for ref in found["quay"].chain] == ["Harbour Wire", "Quay Bulletin"]


def test_newer_text_of_a_forgotten_entry_brings_nothing_back(tmp_path: Path) -> None:
    """It is known by it from now on, and that is all."""
    scene = a_scene(tmp_path)
    listed(scene, wire=an_atom(an_atom_entry("w")))
    with scene.store.write() as unit:
        unit.stories.forget(scene.clock() + timedelta(days=1), 10, stubs=10)
    assert counts(listed(scene, wire=an_atom(an_atom_entry("w", text=f"{TEXT} More.")))) == [("wire", 0, 1, 0)]
    assert scene.titles() == []


def test_entry_that_is_read_again_as_it_was_changes_nothing(tmp_path: Path) -> None:
    """A poll is given the digests of a source's newest entries only, and may read older ones again."""
    scene = a_scene(tmp_path)
    listed(scene, wire=an_atom(an_atom_entry("w")))
    before, (story,) = scene.body(), scene.stories()
    ask = ReadAsk(
        source=scene.reload.desk().sources[SourceSlug("wire")],
        body=an_atom(an_atom_entry("w")),
        media_type="",
        charset=None,
        url=WIRE,
        now=scene.clock(),
        authority=AUTHORITY,
    )
    read = scene.sandbox.read(ask)
    assert isinstance(read, ReadDone)
    with scene.store.write() as unit:
        absorb = Absorb(unit=unit, desk=scene.reload.desk(), placing=PLACING, now=NOW)
        assert absorb([Bundle(source=SourceSlug("wire"), fresh=read.fresh)]) == (Absorbed(duplicates=1),)
    assert (len(read.fresh), scene.stories(), scene.body()) == (1, (story,), before)


def test_entry_never_joins_what_a_person_kept_it_from(tmp_path: Path) -> None:
    """Not even after that story became part of another; a ruling that was undone says nothing."""
    scene = a_scene(tmp_path)
    listed(scene, wire=an_atom(an_atom_entry("w")))
    (story,) = scene.stories()
    older = StoryKey(f"tag:{AUTHORITY}:story:older")
    with scene.store.write() as unit:
        unit.stories.save(replace(story, key=older))
        unit.stories.merge(story.key, older, NOW)
        for guid, undone in (("t", None), ("u", NOW)):
            entry = entry_key(AUTHORITY, SourceSlug("tide"), Guid(guid))
            ruling = Decision(id=0, kind="never_merge", subject=entry, detail=older, by="ada", at=NOW, undone=undone)
            unit.book.add_decision(ruling)
    listed(scene, wire=an_atom(an_atom_entry("w")), tide=an_atom(an_atom_entry("t"), an_atom_entry("u")))
    with scene.store.read() as unit:
        guids = {report.entry.guid for report in unit.stories.reports(story.key)}
    assert guids == {"w", "u"}


RIGHTS = [("full", True, True), ("summary", True, False), ("headline", False, False)]


@pytest.mark.parametrize(("rights", "summary", "content"), RIGHTS)
def test_no_more_of_a_text_is_shown_than_its_publisher_allows(
    tmp_path: Path, rights: str, *, summary: bool, content: bool
) -> None:
    """At first, and after every correction."""
    allowed = OUTLETS.replace('kind = "agency"\n', f'kind = "agency"\nrights = "{rights}"\n')
    scene = a_scene(tmp_path, outlets=allowed)
    for title in (TITLE, "Ferry line to open on 5 May"):
        listed(scene, wire=an_atom(an_atom_entry("w", title=title)))
        shown = the_shown(scene)
        assert (shown.title, bool(shown.summary), bool(shown.content)) == (title, summary, content)


def test_report_that_takes_the_lead_is_shown_as_its_own_publisher_allows(tmp_path: Path) -> None:
    """Whatever the publisher of the withdrawn one did."""
    allowed = OUTLETS.replace('kind = "agency"\n', 'kind = "agency"\nrights = "headline"\n')
    scene = a_scene(
        tmp_path, outlets=allowed.replace('name = "Caspian Tide"', 'name = "Caspian Tide"\nrights = "full"')
    )
    tide = an_atom(an_atom_entry("t", text=COPIED))
    listed(scene, wire=an_atom(an_atom_entry("w")), tide=tide)
    assert (the_shown(scene).summary, the_shown(scene).content) == ("", "")
    listed(scene, wire=an_atom(gone=("w",)), tide=tide)
    assert "Whole." in the_shown(scene).content


def test_publisher_that_no_registry_knows_any_more_allows_a_summary(tmp_path: Path) -> None:
    """As any outlet of which nobody said more."""
    allowed = OUTLETS.replace('kind = "agency"\n', 'kind = "agency"\nrights = "full"\n')
    scene = a_scene(tmp_path, outlets=allowed)
    polled_once(scene)
    listed(scene, wire=an_atom(an_atom_entry("w")))
    scene.documents.texts["outlets.toml"] = allowed.replace("harbour_wire", "harbor_wire")
    scene.documents.texts["sources.toml"] = SOURCES.replace("harbour_wire", "harbor_wire")
    scene.play(timedelta(minutes=4))
    assert the_shown(scene).summary
    assert the_shown(scene).content == ""
