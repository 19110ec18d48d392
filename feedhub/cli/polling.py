"""poll: one look at the sources from the command line."""

import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from feedhub.cli.endings import FAILED, end
from feedhub.cli.house import the_house
from feedhub.cli.printing import as_json, print_json, print_table
from feedhub.model.polling import Polled, Ticked
from feedhub.wiring import House


@click.command(short_help="Poll what is due, publish, and end.")
@click.option("--due", is_flag=True, help="Only what is due. This is what happens anyway; scripts may say so.")
@click.option("--once", is_flag=True, help="End when nothing more is due. This too happens anyway.")
@click.option("--verbose", is_flag=True, help="Log as the poller does.")
@as_json
@click.pass_obj
def poll(root: Path, *, due: bool, once: bool, verbose: bool, as_json: bool) -> None:  # noqa: ARG001  # as the help says
    """Poll every source that is due, publish what has settled, and end.

    A source that fails does not make the command fail: its fault is listed here and on the status page.
    """
    with the_house(root, level=None if verbose else "critical") as house:
        house.free_dead()
        house.read_pushes()
        quiet = as_json or verbose or not sys.stderr.isatty()
        polls = _drain(house.tick) if quiet else _drain_with_bar(house)
        house.subscribe()
        held = _held(house)
    if as_json:
        print_json([asdict(polled) for polled in polls])
    else:
        _print(polls)
        if held:
            click.echo(f"{len(held):,} left to another process, or to one that was killed, until {max(held):%H:%M} UTC")


def _held(house: House) -> list[datetime]:
    """Until when other workers hold sources that are due."""
    now = house.clock()
    with house.store.read() as unit:
        states = unit.sources.all()
    return [until for state in states if state.due <= now < (until := state.leased_until or now)]


def _drain_with_bar(house: House) -> list[Polled]:
    columns = (TextColumn("polling"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=house.due())
        return _drain(replace(house.tick, told=lambda _: bar.advance(task)))


def _drain(tick: Callable[[], Ticked]) -> list[Polled]:
    """Tick until a tick finds nothing that was due when we began."""
    polls: dict[str, Polled] = {}
    while True:
        ticked = tick()
        if ticked.fault:
            end(f"polling stopped: {ticked.fault}", FAILED)
        before = len(polls)
        for polled in ticked.polls:
            polls.setdefault(polled.source, polled)
        if len(polls) == before:
            return list(polls.values())


def _print(polls: list[Polled]) -> None:
    failed = [polled for polled in polls if polled.fault]
    if failed:
        print_table(("source", "what is wrong"), [(polled.source, polled.fault) for polled in failed])
    counts = (
        f"{len(polls):,} polled",
        f"{sum(polled.unchanged for polled in polls):,} unchanged",
        f"{sum(polled.new for polled in polls):,} new entries",
        f"{sum(polled.changed for polled in polls):,} changed",
        f"{len(failed):,} failed",
    )
    click.echo(", ".join(counts))
