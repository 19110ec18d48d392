"""How the benches print what they measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

Number = TypeVar("Number", int, float)


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: all of it, or as much as tells whether the bench itself works."""

    quick: bool

    def pick(self, whole: Number, quick: Number) -> Number:
        """One of two numbers."""
        return quick if self.quick else whole


def judged(value: float, *, floor: float, aim: float, digits: int = 1) -> tuple[str, str, str, str]:
    """A figure that should be small, its floor and its aim, and what of them is reached."""
    word = "aim" if value <= aim else "floor" if value <= floor else "MISSED"
    return f"{value:.{digits}f}", f"{floor:.{digits}f}", f"{aim:.{digits}f}", word


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns side by side."""
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    print()
    for row in (head, tuple("-" * width for width in widths), *rows):
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    print(flush=True)
