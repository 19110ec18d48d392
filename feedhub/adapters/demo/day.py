"""What the outlets of the demo tell in the course of a day, and what of it is out at a given moment."""

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

OPENS = time(9, 0)
"""The hour at which the demo begins: what is older is there from the start, what is newer appears while it runs."""

HOUR = timedelta(minutes=1)
"""How long an hour of the day takes once the demo runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One outlet of the day; `form` is how it publishes, `habit` what it does badly ("slow", "broken" or "")."""

    slug: str
    name: str
    lang: str
    form: str
    about: str
    habit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A later state of an item."""

    at: time
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One article in the course of the day; `furniture` is what stands on its page below the text."""

    outlet: str
    id: str
    at: time
    title: str
    text: str
    furniture: str = ""
    edits: tuple[Edit, ...] = ()
    withdrawn: time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An item as it stands at one moment, with real dates."""

    id: str
    title: str
    paragraphs: tuple[str, ...]
    furniture: tuple[str, ...]
    published: datetime
    updated: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """All outlets and items. The day opens at `began`; hours before it are real hours, those after it minutes."""

    outlets: tuple[Outlet, ...]
    items: tuple[Item, ...]
    began: datetime

    def moment(self, at: time) -> datetime:
        """When an hour of the day is, really."""
        hours = (at.hour - OPENS.hour) + (at.minute - OPENS.minute) / 60
        return self.began + (HOUR * hours if hours > 0 else timedelta(hours=hours))

    def outlet(self, slug: str) -> Outlet | None:
        """An outlet by its slug."""
        return next((outlet for outlet in self.outlets if outlet.slug == slug), None)

    def published(self, slug: str, now: datetime) -> tuple[Published, ...]:
        """What an outlet shows now, newest first."""
        shown = [
            self._as_of(item, now)
            for item in self.items
            if item.outlet == slug and self.moment(item.at) <= now and not self._is_withdrawn(item, now)
        ]
        return tuple(sorted(shown, key=lambda item: item.published, reverse=True))

    def withdrawn(self, slug: str, now: datetime) -> tuple[tuple[str, datetime], ...]:
        """What an outlet has taken back by now: ids and when."""
        return tuple(
            (item.id, self.moment(item.withdrawn))
            for item in self.items
            if item.outlet == slug and item.withdrawn and self._is_withdrawn(item, now)
        )

    def _is_withdrawn(self, item: Item, now: datetime) -> bool:
        return item.withdrawn is not None and self.moment(item.withdrawn) <= now

    def _as_of(self, item: Item, now: datetime) -> Published:
        state: Item | Edit = item
        for edit in item.edits:
            if self.moment(edit.at) <= now:
                state = edit
        return Published(
            id=item.id,
            title=state.title,
            paragraphs=_paragraphs(state.text),
            furniture=_paragraphs(item.furniture),
            published=self.moment(item.at),
            updated=self.moment(state.at),
        )


def load_day(began: datetime) -> Day:
    """The bundled day, beginning at `began`."""
    outlets: list[Outlet] = []
    items: list[Item] = []
    for file in sorted((resources.files(__package__) / "day").iterdir(), key=lambda file: file.name):
        tables = _tables(file)
        outlets += [Outlet(slug=slug, **facts) for slug, facts in tables.get("outlets", {}).items()]
        items += [_item(facts) for facts in tables.get("items", [])]
    return Day(outlets=tuple(outlets), items=tuple(items), began=began)


def demo_documents(origin: str) -> str:
    """The document that the demo adds to those that feedhub ships: outlets, topics, and a source for each feed."""
    text = (resources.files(__package__) / "documents.toml").read_text(encoding="utf-8")
    day = load_day(datetime.min.replace(tzinfo=UTC))
    return text.replace("{origin}", origin) + "".join(_source(outlet, origin) for outlet in day.outlets)


def _source(outlet: Outlet, origin: str) -> str:
    return (
        f'\n[sources.{outlet.slug}]\nurl = "{origin}/{outlet.slug}/feed"\noutlet = "{outlet.slug}"\n'
        f'lang = "{outlet.lang}"\nevery = "10s"\n'
    )


def _tables(file: Traversable) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _item(facts: dict[str, Any]) -> Item:
    edits = tuple(Edit(**(edit | {"at": time.fromisoformat(edit["at"])})) for edit in facts.pop("edits", ()))
    withdrawn = facts.pop("withdrawn", None)
    at = time.fromisoformat(facts.pop("at"))
    return Item(**facts, at=at, edits=edits, withdrawn=time.fromisoformat(withdrawn) if withdrawn else None)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
