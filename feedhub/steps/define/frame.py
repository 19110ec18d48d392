"""Several documents as one set of tables that remembers where everything stands.

Which table is in which document is free: an admin may keep topics and their sources in one file, or each desk in its
own. What may not be is the same thing in two places.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from feedhub.errors import Fault, RuleError
from feedhub.model.newsroom import DocumentText
from feedhub.text.nearest import nearest
from feedhub.text.places import Path, Places
from feedhub.text.shown import shown
from feedhub.text.toml import NotToml, plain, read_toml

TABLES: Final = {
    "outlets": 1,
    "suffix_rules": 1,
    "prefix_rules": 1,
    "collisions": 1,
    "not_outlets": 1,
    "other_readings": 1,
    "cues": 2,
    "naming": 1,
    "furniture": 1,
    "noise": 1,
    "sources": 1,
    "topics": 1,
}
"""The tables of documents, and how many levels of keys below each several documents may share out."""


@dataclass(slots=True)
class Frame:
    """The tables of all documents, and the faults found so far, in the order in which they are found."""

    texts: tuple[DocumentText, ...]
    tables: dict[str, object] = field(default_factory=dict)
    _faults: list[tuple[int, Fault]] = field(default_factory=list)
    _places: list[Places] = field(default_factory=list)
    _owners: dict[Path, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read and merge the texts."""
        for number, document in enumerate(self.texts):
            text = plain(document.text)
            self._places.append(Places(text))
            tables = read_toml(text)
            if isinstance(tables, NotToml):
                self._add(number, (tables.line, tables.column), tables.message)
            else:
                self._take(number, tables)

    def say(self, path: Path, message: str, hint: str) -> None:
        """Note a fault at a key of the merged tables."""
        number = self._owner(path)
        self._add(number, self._places[number].key(path), message, hint=hint)

    def say_rule(self, path: Path, error: RuleError) -> None:
        """Note what is wrong in the rule that is the value of a key."""
        number = self._owner(path)
        place = self._places[number].inside(path, line=error.line, column=error.column)
        self._add(number, place, error.message, hint=error.hint)

    def faults(self) -> tuple[Fault, ...]:
        """Every fault, in the order of the documents and of their lines."""
        ordered = sorted(self._faults, key=lambda noted: (noted[0], noted[1].line, noted[1].column))
        return tuple(fault for _, fault in ordered)

    def _take(self, number: int, tables: Mapping[str, object]) -> None:
        for name, value in tables.items():
            if name not in TABLES:
                hint = nearest(name, TABLES) or f"documents hold {', '.join(TABLES)}"
                self._add(number, self._places[number].key((name,)), f"there is no table {shown(name)}", hint=hint)
            else:
                self._merge(number, self.tables, (name,), value=value, depth=TABLES[name])

    def _merge(self, number: int, into: dict[str, object], path: Path, *, value: object, depth: int) -> None:
        """Put a value at the end of the path, sharing out tables down to `depth`."""
        before = into.get(path[-1])
        if before is not None and not (depth and isinstance(before, dict) and isinstance(value, dict)):
            self._say_twice(number, path)
            return
        self._owners.setdefault(path, number)
        if not depth or not isinstance(value, dict):
            into[path[-1]] = value
            return
        shared = before if isinstance(before, dict) else {}
        into[path[-1]] = shared
        for key, inner in value.items():
            self._merge(number, shared, (*path, key), value=inner, depth=depth - 1)

    def _say_twice(self, number: int, path: Path) -> None:
        first = self._owner(path)
        line, column = self._places[first].key(path)
        hint = f"the other is at {self.texts[first].name}:{line}:{column}"
        name = shown(".".join(path))
        self._add(number, self._places[number].key(path), f"{name} is defined twice", hint=hint)

    def _owner(self, path: Path) -> int:
        """The number of the document that has the key, or the nearest thing around it."""
        while path and path not in self._owners:
            path = path[:-1]
        return self._owners.get(path, 0)

    def _add(self, number: int, place: tuple[int, int], message: str, *, hint: str = "") -> None:
        line, column = place
        fault = Fault(file=self.texts[number].name, line=line, column=column, message=message, hint=hint)
        self._faults.append((number, fault))
