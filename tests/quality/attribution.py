"""Labelled items for attribution, written for the purpose: schematic sentences, outlet names as names only.

The rows are in attribution.tsv. A third of them are negatives: texts that name outlets, people or bodies without
crediting anyone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from feedhub.model.credit import Credit
from feedhub.model.entry import Entry
from feedhub.model.keys import OutletSlug
from feedhub.model.source import Source
from feedhub.steps.attribute import Lexicon, attribute
from feedhub.steps.attribute.roles import CITED
from tests.builders import a_source, an_entry

_ROWS = Path(__file__).parent / "attribution.tsv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What a system sees, and what it should say."""

    lang: str
    publisher: str
    title: str
    text: str
    originators: tuple[str, ...]
    cited: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Precision, recall and their mean, and what negatives cost."""

    originator: float
    cited: float
    cited_precision: float
    false_alarms: float


def as_entry(lexicon: Lexicon, publisher: str, *, title: str, text: str) -> tuple[Entry, Source]:
    """What the line would hand on for an item of which only publisher, title and text are known."""
    outlet = lexicon.named(publisher)
    slug = outlet.slug if outlet else OutletSlug("stranger")
    source = a_source("quality", outlet=slug, title=publisher, url="https://quality.example/rss")
    return an_entry(title=title, text=text, link="", canonical="", lang=None), source


def judge(lexicon: Lexicon, item: Item) -> tuple[str, frozenset[str]]:
    """The originator and the outlets cited, by name."""
    entry, source = as_entry(lexicon, item.publisher, title=item.title, text=item.text)
    credit = attribute(entry, source=source, lexicon=lexicon)
    return credit.originator.name if credit.originator else "", cited_names(credit)


def cited_names(credit: Credit) -> frozenset[str]:
    """Names of the outlets that the credit counts as sources."""
    return frozenset(each.outlet.name for each in credit.evidence if each.role in CITED)


def figures(pairs: Iterable[tuple[Item, tuple[str, frozenset[str]]]]) -> Figures:
    """Score answers."""
    counts = {"o_tp": 0, "o_fp": 0, "o_fn": 0, "c_tp": 0, "c_fp": 0, "c_fn": 0, "negatives": 0, "alarms": 0}
    for item, (originator, cited) in pairs:
        right = originator in item.originators
        counts["o_tp"] += bool(originator) and right
        counts["o_fp"] += bool(originator) and not right
        counts["o_fn"] += bool(item.originators) and not right
        counts["c_tp"] += len(cited & item.cited)
        counts["c_fp"] += len(cited - item.cited)
        counts["c_fn"] += len(item.cited - cited)
        counts["negatives"] += not item.cited
        counts["alarms"] += not item.cited and bool(cited)
    return Figures(
        originator=_f1(counts["o_tp"], counts["o_fp"], counts["o_fn"]),
        cited=_f1(counts["c_tp"], counts["c_fp"], counts["c_fn"]),
        cited_precision=counts["c_tp"] / max(1, counts["c_tp"] + counts["c_fp"]),
        false_alarms=counts["alarms"] / max(1, counts["negatives"]),
    )


def items() -> tuple[Item, ...]:
    """All rows of attribution.tsv."""
    lines = _ROWS.read_text(encoding="utf-8").splitlines()
    return tuple(_item(*line.split("\t")) for line in lines if not line.startswith("#"))


def _item(*cells: str) -> Item:
    lang, publisher, title, text, originators, cited = cells
    return Item(
        lang=lang,
        publisher=publisher,
        title=title,
        text=text.replace("\\n", "\n"),
        originators=tuple(name for name in originators.split("/") if name),
        cited=frozenset(name for name in cited.split("/") if name),
    )


def _f1(right: int, wrong: int, missed: int) -> float:
    return 2 * right / max(1, 2 * right + wrong + missed)
