"""init, check and import-opml: the folder, its documents, and feeds brought from elsewhere."""

import os
import shlex
import sys
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

import click

from feedhub.adapters.seed import plant
from feedhub.cli.endings import FAILED, WRONG_CONFIG, end, placed
from feedhub.cli.house import the_house
from feedhub.cli.printing import as_json, print_json, print_table
from feedhub.errors import ConfigError, ParseError
from feedhub.flows.import_sources import ImportPlan
from feedhub.wiring import House

MAX_BYTES = 20_000_000
"""No OPML that could be read is longer."""
STDIN = "<stdin>"
"""What Python calls standard input."""


@click.command(short_help="Make a folder a project.")
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option("--with-sources", is_flag=True, help="With the sample sources too, some forty public news feeds.")
@click.pass_obj
def init(root: Path, folder: Path | None, *, with_sources: bool) -> None:
    """Make FOLDER (default: where you stand) a project: config/ to edit, and an empty database under var/.

    Nothing that exists is overwritten.
    """
    root = Path(os.path.realpath(folder)) if folder else root
    if (root / "config" / "feedhub.toml").exists():
        House(root).settings  # noqa: B018  # raises where they are wrong: then nothing is made
    made = plant(root, with_sources=with_sources)
    for path in made:
        click.echo(f"made {os.path.relpath(root / path)}")
    house = House(root)
    try:
        house.publish()
    finally:
        house.close()
    if not made:
        click.echo("all was there already, nothing was changed")
    here = "feedhub" if root == Path.cwd() else f"feedhub -C {shlex.quote(os.path.relpath(root))}"
    if not house.newsroom().sources:
        click.echo(f"\nTo take in the feeds of another reader:\n  {here} import-opml FILE")
    click.echo(f"\nTo start web and poller:\n  {here} run")


@click.command(short_help="Say whether settings and documents are right.")
@as_json
@click.pass_obj
def check(root: Path, *, as_json: bool) -> None:
    """Say whether settings and documents are right; exit 3 with every fault as file:line:column if not."""
    house = House(root)
    try:
        desk = house.check(house.check.texts())
    except ConfigError as error:
        if not as_json:
            raise
        print_json({"ok": False, "faults": [asdict(fault) for fault in placed(error.faults, root)]})
        sys.exit(WRONG_CONFIG)
    room = desk.newsroom
    counts = {
        "sources": len(room.sources),
        "outlets": len(room.outlets.by_slug),
        "topics": len(room.topics),
        "cues": len(room.cues.cues),
    }
    if as_json:
        print_json({"ok": True, "faults": [], **counts})
    else:
        click.echo("all is well: " + ", ".join(f"{count:,} {noun}" for noun, count in counts.items()))


@click.command("import-opml", short_help="Take in the feeds of an OPML file.")
@click.argument("file", type=click.File("rb"))
@click.option("--yes", is_flag=True, help="Do not ask.")
@as_json
@click.pass_obj
def import_opml(root: Path, file: BinaryIO, *, yes: bool, as_json: bool) -> None:
    """Take the feeds of an OPML FILE ("-": standard input) into config/sources.toml.

    Feeds that are there already are left alone. Groups become tags. On a terminal it asks before it writes; elsewhere
    it writes with --yes only, and without tells what it would do.
    """
    with the_house(root, level="warning") as house:
        try:
            plan = house.import_sources(file.read(MAX_BYTES))
        except ParseError as error:
            end(f"{_name(file)}: this cannot be read as a list of feeds (OPML): {error.why}", FAILED)
        _tell(plan, as_json=as_json)
        if not plan.new:
            return
        if yes or (_can_ask(file) and click.confirm("Take them in?", err=True)):
            house.import_sources.apply(plan)
            click.echo(f"written to {os.path.relpath(root / 'config' / plan.document.name)}", err=as_json)
        else:
            click.echo("nothing was written; --yes takes them in", err=as_json)


def _tell(plan: ImportPlan, *, as_json: bool) -> None:
    if as_json:
        print_json({"new": [asdict(source) for source in plan.new], "known": [source.url for source in plan.known]})
        return
    if plan.new:
        print_table(("slug", "title", "address"), [(source.slug, source.title, source.url) for source in plan.new])
    click.echo(f"{len(plan.new):,} new, {len(plan.known):,} there already")


def _can_ask(file: BinaryIO) -> bool:
    return sys.stdin.isatty() and _name(file) != STDIN


def _name(file: BinaryIO) -> str:
    return str(getattr(file, "name", STDIN))
