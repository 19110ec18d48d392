"""Stories through the whole line, whatever the order in which their entries arrive."""

from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path

import pytest

from feedhub.flows.poll import Placing
from feedhub.model.fetching import Refused, Why
from feedhub.model.keys import StoryKey
from feedhub.model.story import Story
from feedhub.text.mint import ident
from tests.builders import AUTHORITY
from tests.flows.scene import Scene, a_scene, an_item
from tests.quality.newsday import WIRES, Item, items

TAILS = tuple(
    Item(label=wire.label, kind="copy", source="Far Beacon", title=wire.title, text="\n".join(wire.paragraphs[2:]))
    for wire in WIRES.values()
)
"""What is left when an outlet cuts a wire from the top: it has nothing in common with the cuts from below."""

DAY = (*items(), *TAILS)
NAMES = {item.source.lower().replace(" ", "_"): item.source for item in DAY}
URLS = {name: f"https://{slug}.example/feed" for slug, name in NAMES.items()}

OUTLETS = "".join(f'[outlets.{slug}]\nname = "{name}"\n' for slug, name in NAMES.items())
SOURCES = "".join(f'[sources.{slug}]\nurl = "{URLS[name]}"\noutlet = "{slug}"\n' for slug, name in NAMES.items())
CUES = """
[cues.en.citing]
kind = "reference"
weight = 0.9
patterns = ["citing {outlet}"]
"""

POLLS = 6
SETTLE = timedelta(minutes=4)
BOTH = 2
SINCE = datetime(2000, 1, 1, tzinfo=UTC)

ORDERS = {
    "as written": range(len(DAY)),
    "backwards": range(len(DAY) - 1, -1, -1),
    "bulletins between copies": [number * 17 % len(DAY) for number in range(len(DAY))],
    "cuts before their wires": [number * 43 % len(DAY) for number in range(len(DAY))],
    "headlines first": sorted(range(len(DAY)), key=lambda number: DAY[number].title),
    "the shortest first": sorted(range(len(DAY)), key=lambda number: len(DAY[number].text)),
}


def a_paragraph(text: str) -> str:
    """A text as feeds give it: escaped HTML."""
    return escape("".join(f"<p>{escape(line)}</p>" for line in text.split("\n")))


def as_item(number: int) -> str:
    """One item of the day as its outlet gives it."""
    item = DAY[number]
    link = f"https://{item.source.lower().replace(' ', '-')}.example/news/{number}"
    return an_item(str(number), escape(item.title), a_paragraph(item.text), link=link)


def the_day(folder: Path, order: list[int]) -> Scene:
    """A newsroom after the day came in this order, over several polls; feeds list their newest item first."""
    scene = a_scene(folder, outlets=OUTLETS, sources=SOURCES, cues=CUES)
    for poll in range(POLLS):
        come = order[: len(order) * (poll + 1) // POLLS]
        for name, url in URLS.items():
            scene.answer(url, *(as_item(number) for number in reversed(come) if DAY[number].source == name))
        scene.play()
    return scene


def gathered(scene: Scene) -> frozenset[frozenset[str]]:
    """The guids of each story."""
    with scene.store.read() as unit:
        stories = unit.stories.recent(SINCE, 1000)
        return frozenset(frozenset(report.entry.guid for report in unit.stories.reports(key)) for key in stories)


def labelled() -> frozenset[frozenset[str]]:
    """The guids of each story as people sorted them."""

    def told(item: Item) -> frozenset[str]:
        return frozenset(str(number) for number, other in enumerate(DAY) if other.label == item.label)

    return frozenset(map(told, DAY))


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS.keys())
def test_the_order_of_arrival_does_not_change_stories(tmp_path: Path, order: list[int]) -> None:
    """Copies, cuts and new headlines are one story, look-alike bulletins never."""
    assert gathered(the_day(tmp_path, list(order))) == labelled()


def test_every_order_holds_every_entry_once() -> None:
    """Or the test above would say little."""
    assert all(sorted(order) == list(range(len(DAY))) for order in ORDERS.values())


FERRY = WIRES["ferry"]
TOP = an_item("top", FERRY.title, a_paragraph("\n".join(FERRY.paragraphs[:2])))
TAIL = an_item("tail", "Freight boat makes way for a ferry", a_paragraph("\n".join(FERRY.paragraphs[2:])))
WHOLE = an_item("whole", FERRY.title, a_paragraph("\n".join(FERRY.paragraphs)))


def listed(scene: Scene, after: timedelta = timedelta(minutes=31), /, **feeds: tuple[str, ...]) -> None:
    """Let the outlets of these slugs list these items and all others none, then poll some time later."""
    for slug, name in NAMES.items():
        scene.answer(URLS[name], *feeds.get(slug, ()))
    scene.play(after)


def where(scene: Scene, story: Story) -> StoryKey:
    """Which story the address of one leads to."""
    with scene.store.read() as unit:
        found = unit.stories.resolve(ident(story.key))
    assert found is not None
    return found.key


def test_stories_that_a_later_entry_connects_live_on_in_the_one_shown_first(tmp_path: Path) -> None:
    """It stays as it was shown, the other one redirects and leaves the feeds."""
    scene = a_scene(tmp_path, outlets=OUTLETS, sources=SOURCES, cues=CUES)
    listed(scene, quay_post=(TAIL,))
    (first,) = scene.stories()
    before = scene.body()
    listed(scene, quay_post=(TAIL,), lantern=(TOP,))
    scene.play(SETTLE)
    second = next(story for story in scene.stories() if story.key != first.key)
    assert len(scene.stories()) == BOTH
    listed(scene, quay_post=(TAIL,), lantern=(TOP,), norvane=(WHOLE,))
    assert gathered(scene) == {frozenset({"tail", "top", "whole"})}
    assert [(story.key, story.shown) for story in scene.stories()] == [(first.key, first.shown)]
    assert where(scene, second) == first.key
    assert scene.body() == before


@pytest.mark.parametrize("wait", [timedelta(minutes=31), timedelta(hours=4)], ids=["not shown", "shown later"])
def test_what_feeds_have_shown_for_longer_lives_on_though_the_other_story_is_older(
    tmp_path: Path, wait: timedelta
) -> None:
    """The older one was still settling when the younger one came with the backlog of a new source."""
    placing = Placing(authority=AUTHORITY, settle=timedelta(hours=3))
    scene = a_scene(tmp_path, placing=placing, outlets=OUTLETS, sources=SOURCES, cues=CUES)
    for url in URLS.values():
        scene.answer(url)
    scene.fetcher.answers[URLS["Lantern"]] = Refused(why=Why.TIMEOUT, detail="no answer")
    scene.play()
    scene.answer(URLS["Quay Post"], TAIL)
    scene.play()
    assert scene.stories() == ()
    listed(scene, timedelta(hours=2), quay_post=(TAIL,), lantern=(TOP,))
    (younger,) = scene.stories()
    listed(scene, wait, quay_post=(TAIL,), lantern=(TOP,))
    listed(scene, quay_post=(TAIL,), lantern=(TOP,), norvane=(WHOLE,))
    scene.play(timedelta(hours=4))
    assert gathered(scene) == {frozenset({"tail", "top", "whole"})}
    assert [(story.key, story.shown) for story in scene.stories()] == [(younger.key, younger.shown)]
