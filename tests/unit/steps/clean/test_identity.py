"""Who an item is, whatever its feed does with ids."""

from dataclasses import replace
from datetime import timedelta

import pytest

from feedhub.model.entry import Entry, KnownEntry, Media
from feedhub.model.keys import Guid
from feedhub.steps.clean import Memory, beside, named, own_guid
from feedhub.steps.clean.identity import guid_of
from feedhub.text.digest import digest
from feedhub.text.mint import entry_key
from tests.builders import AUTHORITY, NOW, an_entry

PAGE = "https://harbour.example/1"
HOUR = timedelta(hours=1)


SAME = an_entry("1", title="Ferry line to the islands opens in May", published=NOW - HOUR)
OTHER = {"title": "Storm closes the port", "canonical": "https://harbour.example/2", "published": NOW}


def known(entry: Entry, **changes: object) -> KnownEntry:
    """What the store knows of an entry."""
    one = KnownEntry(
        guid=entry.guid,
        key=entry.key,
        raw=entry.raw,
        title=entry.title,
        link=entry.link,
        canonical=entry.canonical,
        published=entry.published,
    )
    return replace(one, **changes)  # type: ignore[arg-type]  # a test names fields of its own choice


def changed(**changes: object) -> Entry:
    """The entry SAME as it is listed now."""
    return replace(SAME, **changes)  # type: ignore[arg-type]  # as above


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (" g\n1 ", "g 1"),
        ("0", "0"),
        ("https://harbour.example/1", "https://harbour.example/1"),
        ("https://harbour.example/?p=1", "https://harbour.example/?p=1"),
        ("tag:harbour.example,2026:", "tag:harbour.example,2026:"),
        ("x" * 2001, digest("x" * 2001)),
        ("", PAGE),
        ("NULL", PAGE),
        ("undefined", PAGE),
        ("[object Object]", PAGE),
        ("00000000-0000-0000-0000-000000000000", PAGE),
        ("http://", PAGE),
        ("https://harbour.example", PAGE),
        ("https://harbour.example/", PAGE),
        ("Harbour Post", PAGE),
        ("https://harbour.example/feed", PAGE),
    ],
)
def test_guid_is_as_given_unless_it_names_no_item(given: str, expected: str) -> None:
    """Empty, a word of a program, a home page, what the feed is called."""
    names = frozenset({"Harbour Post", "https://harbour.example/feed", ""})
    assert guid_of(given, names=names, page=PAGE, media=(), text="Ferry") == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, PAGE),
        ({"media": (Media(url="https://a.example/1.jpg", media_type="image/jpeg"),)}, PAGE),
        ({"media": (Media(url="https://a.example/1.mp3", media_type="audio/mpeg"),)}, "https://a.example/1.mp3"),
        ({"canonical": "https://harbour.example/"}, digest("Ferry\nIt is back.")),
        ({"canonical": ""}, digest("Ferry\nIt is back.")),
    ],
)
def test_what_is_an_items_own_is_its_recording_its_page_or_its_words(changes: dict[str, object], expected: str) -> None:
    """Podcasts link every episode to one page."""
    assert own_guid(an_entry("1", title="Ferry", text="It is back.", **changes)) == expected


def test_named_gives_the_key_that_belongs_to_the_guid() -> None:
    """Nothing else changes."""
    entry = an_entry("1")
    assert named(entry, Guid("2"), authority=AUTHORITY) == replace(
        entry, guid=Guid("2"), key=entry_key(AUTHORITY, entry.source, Guid("2"))
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, False),
        ({"title": "FERRY line to the islands opens in may", "canonical": "https://harbour.example/2"}, False),
        ({"title": "Another"}, False),
        ({"title": "Another", "canonical": "https://harbour.example/2"}, True),
    ],
)
def test_items_beside_each_other_are_two_if_page_and_title_differ(
    changes: dict[str, object], *, expected: bool
) -> None:
    """One that is listed in two sections has two pages but one title."""
    assert beside(an_entry("1", **changes), an_entry("1")) is expected


@pytest.mark.parametrize("home", ["https://harbour.example/", ""])
def test_home_pages_are_no_witness(home: str) -> None:
    """Some feeds link every item there, or nowhere."""
    assert beside(an_entry("1", title="Another", canonical=home), an_entry("1", canonical=home))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"title": "Storm closes the port"},
        {"canonical": "https://harbour.example/2"},
        OTHER | {"published": NOW - HOUR},
        OTHER | {"canonical": "https://harbour.example/1"},
        OTHER | {"title": "Ferry line to the islands opens in June"},
    ],
)
def test_item_with_a_known_id_is_the_known_one_while_a_witness_says_so(changes: dict[str, object]) -> None:
    """An editor corrects headline and address, but not with the date at once; or the headline a little."""
    one = known(SAME)
    assert Memory([one]).find(changed(**changes)) is one


@pytest.mark.parametrize(
    ("changes", "before"),
    [
        (OTHER, {}),
        (OTHER | {"published": None}, {}),
        (OTHER, {"published": None}),
        (OTHER | {"title": "Ferry line to the islands opens in June", "published": NOW + 12 * HOUR}, {}),
    ],
)
def test_item_with_a_known_id_is_another_if_no_witness_is_left(
    changes: dict[str, object], before: dict[str, object]
) -> None:
    """It is known by its page, or will be."""
    one, second = known(SAME, **before), known(an_entry("2"), guid=Guid("https://harbour.example/2"))
    entry = changed(**changes)
    assert Memory([one]).find(entry) == "https://harbour.example/2"
    assert Memory([one, second]).find(entry) is second


def test_items_that_link_to_one_home_page_are_told_by_title_and_date() -> None:
    """A podcast whose ids are all the same."""
    home = "https://harbour.example/"
    one = known(replace(SAME, canonical=home))
    media = (Media(url="https://a.example/2.mp3", media_type="audio/mpeg"),)
    entry = changed(**(OTHER | {"canonical": home}), media=media)
    assert Memory([one]).find(entry) == "https://a.example/2.mp3"


def test_forgotten_entry_is_believed_by_its_id() -> None:
    """Nothing else is left of it."""
    one = KnownEntry(guid=SAME.guid, key=SAME.key, raw=SAME.raw, forgotten=True)
    assert Memory([one]).find(changed(**OTHER)) is one


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"title": "FERRY line to the islands opens in May"},
        {"published": None},
        {"link": "https://www.harbour.example/1?utm_source=rss"},
    ],
)
def test_item_with_an_unknown_id_is_the_one_that_it_is_like(changes: dict[str, object]) -> None:
    """Its id changed, or it had none."""
    one = known(SAME)
    assert Memory([one]).find(changed(guid=Guid("new"), **changes)) is one


@pytest.mark.parametrize(
    "changes",
    [
        {"canonical": "https://harbour.example/2"},
        {"canonical": ""},
        {"title": "Ferry line to the islands opens in June"},
        {"published": NOW},
        {"link": "https://harbour.example/1#post-2"},
    ],
)
def test_item_with_an_unknown_id_is_new_in_any_doubt(changes: dict[str, object]) -> None:
    """The posts of a live blog share their page; a column of every day its headline."""
    assert Memory([known(SAME)]).find(changed(guid=Guid("new"), **changes)) == "new"


def test_items_of_a_home_page_are_no_twins() -> None:
    """Every item of the feed may link there."""
    home = replace(SAME, canonical="https://harbour.example/")
    assert Memory([known(home)]).find(replace(home, guid=Guid("new"))) == "new"


def test_memory_knows_what_was_added() -> None:
    """The next item of the same body may be the same."""
    memory = Memory([])
    memory.add(SAME)
    assert memory.find(replace(SAME, guid=Guid("new"))) == known(SAME)


def test_repeated_ids_give_every_item_one_identity_in_company_and_alone() -> None:
    """Whatever part of the feed is read, in whatever order, three polls give three entries."""
    items = [
        replace(
            SAME,
            title=f"{word} story",
            canonical=f"https://harbour.example/{word}",
            published=NOW + place * HOUR,
        )
        for place, word in enumerate(("first", "second", "third"))
    ]
    stored: dict[str, Entry] = {}
    for poll in ([items[0]], [items[2], items[1]], [items[1], items[0], items[2]]):
        memory = Memory(map(known, stored.values()))
        for item in poll:
            found = memory.find(item)
            if not isinstance(found, KnownEntry):
                stored[found] = named(item, found, authority=AUTHORITY)
                memory.add(stored[found])
    assert sorted(stored) == ["1", "https://harbour.example/second", "https://harbour.example/third"]
