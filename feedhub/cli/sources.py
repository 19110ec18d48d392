"""sources: how the sources are, and what an editor can do for one."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape

from feedhub.cli.house import the_house
from feedhub.cli.printing import as_json, console, print_json, print_table
from feedhub.model.keys import SourceSlug
from feedhub.model.page import Mood, SourcePage
from feedhub.model.source import PollLine
from feedhub.text.durations import tell_duration

SAYS = {
    Mood.GONE: "gone",
    Mood.FAILING: "failing",
    Mood.MOVED: "has moved",
    Mood.LATE: "late",
    Mood.NEW: "not asked yet",
    Mood.WELL: "well",
}


@click.group("sources", short_help="Say how the sources are, and mend one.")
def sources() -> None:
    """Say how the sources are and when they are asked next, and do for one what only a person can."""


@sources.command("list", short_help="All sources, those in trouble first.")
@as_json
@click.pass_obj
def list_(root: Path, *, as_json: bool) -> None:
    """All sources, those in trouble first, with when they are asked next and why."""
    with the_house(root, level="warning") as house:
        lines, now = house.show_status().sources, house.clock()
    if as_json:
        print_json([asdict(line) for line in lines])
        return
    rows: list[tuple[str, ...]] = [
        (line.state.slug, SAYS[line.mood], _ago(line.state.last_success, now), line.next) for line in lines
    ]
    print_table(("source", "is", "last success", "next"), rows)


@sources.command(short_help="One source and its last polls.")
@click.argument("slug")
@as_json
@click.pass_obj
def show(root: Path, slug: str, *, as_json: bool) -> None:
    """Everything that is known of the source SLUG: how it is, what to do, and its last 50 polls."""
    with the_house(root, level="warning") as house:
        page, now = house.show_source(SourceSlug(slug)), house.clock()
    if as_json:
        print_json(_plain(page))
    else:
        _shown(page, console(), now)


@sources.command(short_help="Ask a source again that has stopped.")
@click.argument("slug")
@click.pass_obj
def resume(root: Path, slug: str) -> None:
    """Ask the source SLUG again at the next tick, and forgive its failures: also one that said it is gone (410)."""
    with the_house(root, level="warning") as house:
        house.mend_source.resume(SourceSlug(slug))
    click.echo(f"{slug} is due now")


@sources.command(short_help="Follow a source to where it has moved.")
@click.argument("slug")
@click.pass_obj
def follow(root: Path, slug: str) -> None:
    """Confirm that the source SLUG has moved for good: its new address is written into its document."""
    with the_house(root, level="warning") as house:
        address = house.mend_source.follow(SourceSlug(slug))
    click.echo(f"{slug} is asked at {address} from now on")


def _ago(moment: datetime | None, now: datetime) -> str:
    return (
        f"{tell_duration(now - moment)} ago" if moment and moment <= now else "never" if moment is None else "just now"
    )


def _plain(page: SourcePage) -> object:
    """All but the secret of the subscription."""
    plain = asdict(page)
    if page.subscription:
        plain["subscription"] = {
            name: value for name, value in asdict(page.subscription).items() if name not in {"secret", "token"}
        }
    return plain


def _shown(page: SourcePage, out: Console, now: datetime) -> None:
    line, state = page.line, page.line.state
    title = "" if state.title == line.outlet else f" {state.title}"
    out.print(f"[bold]{escape(line.outlet)}[/bold]{escape(title)}")
    out.print(f"{state.address or state.url}", style="dim", markup=False)
    out.print(f"{SAYS[line.mood]}, {_entries(state.entries)}, last success {_ago(state.last_success, now)}")
    if state.fault:
        out.print(f"fault: {state.fault}", style="red", markup=False)
    if state.moved_to:
        out.print(f"has moved to {state.moved_to}: `feedhub sources follow {state.slug}` confirms it", markup=False)
    out.print(f"next: {line.next}", markup=False)
    if page.subscription:
        fault = f": {page.subscription.fault}" if page.subscription.fault else ""
        out.print(f"hub {page.subscription.hub}: {page.subscription.kind.value}{fault}", markup=False)
    out.print()
    head = ("poll", "status", "bytes", "ms", "items", "new", "changed", "known", "fault")
    print_table(head, [_row(poll) for poll in page.history])


def _entries(number: int) -> str:
    return f"{number:,} {'entry' if number == 1 else 'entries'}"


def _row(poll: PollLine) -> tuple[str, ...]:
    counts = (poll.wire_bytes, poll.millis, poll.total, poll.new, poll.changed, poll.duplicates)
    status = str(poll.status) if poll.status else "-"
    return (f"{poll.at:%Y-%m-%d %H:%M:%S}", status, *(f"{count:,}" for count in counts), poll.fault)
