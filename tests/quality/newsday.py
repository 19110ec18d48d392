"""An invented day of news, labelled: wires and what outlets made of them, bulletins of one mould, and digests.

Every outlet and every event is invented; the texts are in newsday.json. `label` names the story that an item tells.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_AGENCY = "Norvane"
_PAPERS = ("Skerry Mail", "Coast Ledger", "Upland Times", "Ninth Hour", "Lantern", "Quay Post", "Broad Street")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of the day. `kind` is `wire`, `copy`, `bulletin`, `followup`, `digest` or `wall`."""

    label: str
    kind: str
    source: str
    title: str
    text: str
    credit: str = ""
    lang: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """A wire story in paragraphs, another headline for it, and a credit line and page furniture of its language."""

    label: str
    lang: str
    title: str
    other_title: str
    paragraphs: tuple[str, ...]
    credit: str
    around: str


_GIVEN = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
WIRES = {wire["label"]: Wire(**{**wire, "paragraphs": tuple(wire["paragraphs"])}) for wire in _GIVEN["wires"]}


def items() -> tuple[Item, ...]:
    """The whole day, in no order that matters."""
    return (*_copies(), *_bulletins(), *_followups(), _digest(), *_walls())


def _copies() -> Iterator[Item]:
    for wire in WIRES.values():
        full = "\n".join(wire.paragraphs)
        yield Item(label=wire.label, kind="wire", source=_AGENCY, title=wire.title, text=full, lang=wire.lang)
        for paper, (title, text) in zip(_PAPERS, _made(wire), strict=True):
            named = text.replace("{outlet}", paper).replace("{agency}", _AGENCY)
            yield Item(
                label=wire.label, kind="copy", source=paper, title=title, text=named, credit=_AGENCY, lang=wire.lang
            )


def _made(wire: Wire) -> tuple[tuple[str, str], ...]:
    """What seven outlets made of a wire: title and text."""
    first, *rest = wire.paragraphs
    full = "\n".join(wire.paragraphs)
    return (
        (wire.title, f"{full}\n{wire.credit}"),
        (wire.other_title, full),
        (wire.title, f"{first}\n{wire.credit}"),
        (f"LIVE: {wire.title}", f"{wire.credit}\n{first}\n{rest[0]}"),
        (wire.title, f"{first}\n{wire.around}\n" + "\n".join(rest)),
        (wire.other_title, "\n".join((first, *rest[:2], wire.around, wire.credit))),
        (wire.title, first),
    )


def _bulletins() -> Iterator[Item]:
    for mould in _GIVEN["moulds"]:
        for source, filling in zip(_PAPERS, mould["fillings"], strict=False):
            title, text = (mould[field].format(*filling) for field in ("title", "text"))
            yield Item(label=title + text, kind="bulletin", source=source, title=title, text=text)


def _followups() -> Iterator[Item]:
    for given in _GIVEN["followups"]:
        kept = (WIRES[given["of"]].paragraphs[place] for place in given["kept"])
        text = "\n".join((given["lead"], *kept))
        yield Item(
            label=given["title"],
            kind="followup",
            source=given["source"],
            title=given["title"],
            text=text,
            lang=given["lang"],
        )


def _digest() -> Item:
    ferry = WIRES["ferry"]
    text = "\n".join((f"{ferry.title}. {ferry.paragraphs[0]}", *_GIVEN["roundup"]))
    return Item(label="digest", kind="digest", source="Ninth Hour", title="Morning briefing", text=text)


def _walls() -> Iterator[Item]:
    for source, title in zip(_PAPERS, _GIVEN["wall"]["titles"], strict=False):
        yield Item(label=title, kind="wall", source=source, title=title, text=_GIVEN["wall"]["text"])
