"""How commands print: for people on a terminal, for programs through a pipe."""

import json
import sys

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

WIDE = 10_000
"""Columns of an output that is no terminal: lines stay whole, for grep and its like."""

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


def print_json(value: object) -> None:
    """A value as JSON on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def console() -> Console:
    """Standard output: as wide as the terminal, or without end where it is none."""
    return Console(width=None if sys.stdout.isatty() else WIDE, highlight=False)


def print_table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Rows under their heads: aligned on a terminal, else a line a row with tabs between."""
    if not sys.stdout.isatty():
        for row in rows:
            click.echo("\t".join(row))
        return
    table = Table(*head, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*map(Text, row))  # a Text is never read as markup
    console().print(table)
