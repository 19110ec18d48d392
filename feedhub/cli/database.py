"""db: the database's schema."""

from pathlib import Path

import click

from feedhub.adapters.store import migrate, schema_state
from feedhub.cli.printing import as_json, print_json
from feedhub.wiring import House


@click.group("db", short_help="Look at the database's schema.")
def db() -> None:
    """Look at the database's schema, and bring it up to date."""


@db.command(short_help="Bring the schema up to date.")
@click.pass_obj
def upgrade(root: Path) -> None:
    """Bring the schema up to date; every command that needs the database does so by itself."""
    url = House(root).settings.storage.database_url
    before = schema_state(url).found
    migrate(url)
    after = schema_state(url).found
    if before == after:
        click.echo(f"the database is at revision {after} already")
    else:
        click.echo(f"the database is now at revision {after}; it was {_at(before)}")


@db.command(short_help="Say at which revision the schema is.")
@as_json
@click.pass_obj
def status(root: Path, *, as_json: bool) -> None:
    """Say at which revision the schema is, and at which this version of feedhub wants it."""
    state = schema_state(House(root).settings.storage.database_url)
    if as_json:
        print_json({"found": state.found, "wanted": state.wanted, "current": state.current})
    else:
        verdict = "all is well" if state.current else "this version cannot use it: run a newer feedhub"
        if not state.current and not state.newer:
            verdict = "`feedhub db upgrade` brings it there"
        click.echo(f"the database is {_at(state.found)}, this version wants {state.wanted}: {verdict}")


def _at(found: str | None) -> str:
    return f"at revision {found}" if found else "empty"
