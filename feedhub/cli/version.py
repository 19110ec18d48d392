"""version: which feedhub this is."""

import click

from feedhub import __version__
from feedhub.cli.printing import as_json, print_json


@click.command(short_help="Say which feedhub this is.")
@as_json
def version(*, as_json: bool) -> None:
    """Say which feedhub this is."""
    if as_json:
        print_json({"version": __version__})
    else:
        click.echo(f"feedhub {__version__}")
