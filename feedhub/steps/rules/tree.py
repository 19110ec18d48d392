"""A rule taken apart: what its text says, before it can be asked anything."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a piece of a rule begins: offset from 0, line and column from 1."""

    start: int
    line: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One thing to look for: `words` in a row, in `field` or, where that is empty, in title and text.

    `written` is the value as the editor wrote it, without quotes. `start` and `end` are offsets in the rule, here
    and below.
    """

    field: str
    words: tuple[str, ...]
    written: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Without:
    """Not `part`."""

    part: "Node"
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Every:
    """All of `parts`."""

    parts: tuple["Node", ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Either:
    """One of `parts`, the first that holds."""

    parts: tuple["Node", ...]
    start: int
    end: int


Node = Term | Without | Every | Either
