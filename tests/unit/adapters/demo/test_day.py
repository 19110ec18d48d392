"""What is out at a given moment of the demo's day."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from feedhub.adapters.demo import Day, demo_documents, load_day
from feedhub.adapters.demo.day import OPENS, Edit, Item, Outlet, Published
from feedhub.flows.check import Check
from feedhub.model.newsroom import DocumentText
from tests.builders import a_site
from tests.fakes import TextDocuments

BEGAN = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

WIRE = Outlet(slug="wire", name="Wire", lang="en", form="rss", about="")
ITEM = Item(
    outlet="wire",
    id="1",
    at=time(10, 0),
    title="Ten",
    text="\n  First. \n\nSecond.\n",
    furniture="See also\n",
    edits=(Edit(at=time(11, 0), title="Eleven", text="Third."), Edit(at=time(12, 0), title="Twelve", text="Fourth.")),
    withdrawn=time(13, 0),
)
SMALL = Day(outlets=(WIRE,), items=(ITEM, replace(ITEM, id="2", at=time(8, 0), edits=(), withdrawn=None)), began=BEGAN)
DAY = load_day(BEGAN)


@pytest.mark.parametrize(
    ("at", "moment"),
    [
        (OPENS, BEGAN),
        (time(8, 30), BEGAN - timedelta(minutes=30)),
        (time(0, 0), BEGAN - timedelta(hours=9)),
        (time(10, 0), BEGAN + MINUTE),
        (time(10, 30), BEGAN + 1.5 * MINUTE),
        (time(23, 0), BEGAN + 14 * MINUTE),
    ],
)
def test_moment_of_an_hour_before_the_opening_is_hours_ago_and_after_it_minutes_ahead(
    at: time, moment: datetime
) -> None:
    """So that a day is old and plays quickly."""
    assert DAY.moment(at) == moment


def shown(minutes: float) -> list[tuple[str, str]]:
    """What the outlet shows some minutes after the opening: ids and titles, newest first."""
    return [(item.id, item.title) for item in SMALL.published("wire", BEGAN + minutes * MINUTE)]


def test_published_grows_changes_and_shrinks_in_the_course_of_the_day() -> None:
    """An item comes, is corrected twice, and is taken back."""
    assert [shown(minutes) for minutes in (0, 0.9, 1, 2, 3, 3.9, 4)] == [
        [("2", "Ten")],
        [("2", "Ten")],
        [("1", "Ten"), ("2", "Ten")],
        [("1", "Eleven"), ("2", "Ten")],
        [("1", "Twelve"), ("2", "Ten")],
        [("1", "Twelve"), ("2", "Ten")],
        [("2", "Ten")],
    ]


def test_published_is_the_item_as_it_stands() -> None:
    """The date of publication stays, that of the update moves."""
    assert SMALL.published("wire", BEGAN + 2 * MINUTE)[0] == Published(
        id="1",
        title="Eleven",
        paragraphs=("Third.",),
        furniture=("See also",),
        published=BEGAN + MINUTE,
        updated=BEGAN + 2 * MINUTE,
    )
    assert SMALL.published("wire", BEGAN + MINUTE)[0].paragraphs == ("First.", "Second.")


def test_withdrawn_tells_what_was_taken_back_and_when() -> None:
    """From that moment on."""
    assert SMALL.withdrawn("wire", BEGAN + 3.9 * MINUTE) == ()
    assert SMALL.withdrawn("wire", BEGAN + 9 * MINUTE) == (("1", BEGAN + 4 * MINUTE),)


def test_nothing_is_published_by_an_outlet_that_is_not_there() -> None:
    """Nor has it a name."""
    assert (SMALL.published("other", BEGAN), SMALL.withdrawn("other", BEGAN), SMALL.outlet("other")) == ((), (), None)


def test_the_bundled_day_has_a_dozen_outlets_in_five_languages_and_four_forms() -> None:
    """With one that is slow and one whose feed is broken."""
    assert len(DAY.outlets) >= 12
    assert {outlet.lang for outlet in DAY.outlets} == {"en", "az", "ru", "tr", "es"}
    assert {outlet.form for outlet in DAY.outlets} == {"rss", "atom", "json", "rdf"}
    assert sorted(outlet.habit for outlet in DAY.outlets if outlet.habit) == ["broken", "slow"]


def test_the_bundled_day_has_something_of_every_outlet_at_the_opening() -> None:
    """And more comes later, of all but the one real outlet."""
    end = BEGAN + timedelta(hours=1)
    counts = {
        outlet.slug: (len(DAY.published(outlet.slug, BEGAN)), len(DAY.published(outlet.slug, end)))
        for outlet in DAY.outlets
    }
    assert {slug for slug, (now, later) in counts.items() if not 0 < now < later} <= {"axar"}


def test_the_bundled_day_holds_a_correction_and_a_withdrawal_that_fit() -> None:
    """What happens to an item happens after it is out."""
    assert any(item.edits for item in DAY.items)
    assert any(item.withdrawn for item in DAY.items)
    assert all(edit.at > item.at for item in DAY.items for edit in item.edits)
    assert all(item.withdrawn > item.at for item in DAY.items if item.withdrawn)


def test_the_bundled_day_is_told_by_outlets_that_exist_each_item_once() -> None:
    """A slip in the texts would go unseen."""
    ids = [(item.outlet, item.id) for item in DAY.items]
    assert len(set(ids)) == len(ids)
    assert {outlet for outlet, _ in ids} == {outlet.slug for outlet in DAY.outlets}


def test_demo_documents_define_a_source_and_an_outlet_for_each_that_publishes() -> None:
    """Beside the real one, which is in the documents that feedhub ships."""
    texts = {
        "outlets.toml": '[outlets.axar]\nname = "Axar.az"\n[outlets.tass]\nname = "TASS"\n',
        "demo.toml": demo_documents("http://127.0.0.1:8700"),
    }
    check = Check(
        documents=TextDocuments(dict(texts)),
        site=a_site(),
        min_every=timedelta(seconds=1),
    )
    desk = check(tuple(DocumentText(name=name, text=text) for name, text in texts.items()))
    assert {(source.slug, source.url, source.outlet, source.lang) for source in desk.newsroom.sources} == {
        (outlet.slug, f"http://127.0.0.1:8700/{outlet.slug}/feed", outlet.slug, outlet.lang) for outlet in DAY.outlets
    }
    assert len(desk.newsroom.topics) >= 5
