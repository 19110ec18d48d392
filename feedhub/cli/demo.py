"""demo: the whole service on a bundled newsroom, without internet."""

import json
import shutil
from pathlib import Path

import click

from feedhub.adapters.demo import Origin, demo_documents, load_day
from feedhub.adapters.seed import plant
from feedhub.cli.house import kept
from feedhub.cli.service import run_service
from feedhub.cli.webserver import Address, free_address
from feedhub.settings import environment
from feedhub.wiring import House

SETTINGS = """\
# The settings of `feedhub demo`: as shipped, but everything happens within minutes. Made anew at each start.
config_version = 1
include = ["outlets.toml", "cues.toml", "demo.toml"]

[site]
title = "The Demo Wire"
base_url = "http://127.0.0.1:{port}"
tag_authority = "demo.feedhub.example,2026"
language = "en"
timezone = "UTC"
contact = "mailto:editor@feedhub.example"

[polling]
default_every = "10s"
min_every = "10s"
max_every = "1m"
tick = "2s"
per_host = 8
host_gap = "0s"

[stories]
settle = "5s"

[storage]
database_url = {database}

[http]
allow_hosts = ["{origin}"]

[web]
port = {port}

[log]
level = "{level}"
"""

HOST = "127.0.0.1"


@click.command(short_help="Run it all on a bundled newsroom.")
@click.option("--port", default=8000, show_default=True, help="Where feedhub answers; 0: at any free port.")
@click.option("--origin-port", default=8700, show_default=True, help="Where the invented outlets publish.")
@click.option("--keep", is_flag=True, help="Go on with the database of the last demo.")
@click.option("--verbose", is_flag=True, help="Log every poll.")
@click.pass_obj
def demo(root: Path, *, port: int, origin_port: int, keep: bool, verbose: bool) -> None:
    """Play a day of fourteen outlets in five languages, and run feedhub on it.

    The day opens at nine in the morning; an hour takes a minute. Everything lies under var/demo, whatever database
    your own project uses.
    """
    address = free_address(HOST, port, setting="--port")
    newsroom = free_address(HOST, origin_port, setting="--origin-port")
    folder = root / "var" / "demo"
    house = House(folder, _own_surroundings())
    origin = Origin(load_day(house.clock()), house.clock, port=newsroom.port)
    if not keep:
        shutil.rmtree(folder, ignore_errors=True)
    _prepare(folder, origin.address, address=address, level="info" if verbose else "error")
    origin.start()
    click.echo(f"the newsroom publishes at http://{origin.address}/ - its day has just opened, an hour takes a minute")
    try:
        with kept(house):
            run_service(house, address)
    finally:
        origin.stop()


def _own_surroundings() -> dict[str, str]:
    """The environment without what it says of the user's own project: above all not of its database."""
    return {
        name: value
        for name, value in environment().items()
        if name != "DATABASE_URL" and not (name.startswith("FEEDHUB_") and "__" in name)
    }


def _prepare(folder: Path, origin: str, *, address: Address, level: str) -> None:
    plant(folder, with_sources=False)
    config = folder / "config"
    database = json.dumps(f"sqlite:///{folder / 'var' / 'feedhub.sqlite3'}", ensure_ascii=False)
    settings = SETTINGS.format(port=address.port, origin=origin, level=level, database=database)
    (config / "feedhub.toml").write_text(settings, encoding="utf-8")
    (config / "demo.toml").write_text(demo_documents(f"http://{origin}"), encoding="utf-8")
