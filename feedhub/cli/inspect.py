"""explain, get and render: looking at what there is."""

import sys
from pathlib import Path
from urllib.parse import urlsplit

import click

from feedhub.cli.endings import FAILED, NOT_FOUND, end
from feedhub.cli.explained import explained
from feedhub.cli.house import kept, the_house
from feedhub.cli.printing import as_json, console, print_json
from feedhub.errors import NotFoundError
from feedhub.flows.explain import as_plain
from feedhub.model.keys import TopicSlug
from feedhub.model.rendition import Form
from feedhub.wiring import House

MISSING = frozenset({404, 410})
"""Statuses that say that nothing is there."""
NO_SUCCESS = 400
"""The first status that is no success."""


@click.command(short_help="Say who told a story, and why we think so.")
@click.argument("address")
@as_json
@click.pass_obj
def explain(root: Path, address: str, *, as_json: bool) -> None:
    """Say of a story who told it, why we think so, why it is one story, and which topics hold it.

    ADDRESS is an article's link, a story page, or a key from a feed.
    """
    with kept(House(root, serving=True), level="warning") as house:
        try:
            explanation = house.explain(address)
        except NotFoundError:
            known_by = "an article's link, the address of its story page, or its id in a feed"
            end(f"no story is known by {address[:200]!r}: give {known_by}", NOT_FOUND)
    if as_json:
        print_json(as_plain(explanation))
    else:
        explained(explanation, console(), site=house.site)


@click.command(short_help="Print what the web server would answer.")
@click.argument("path")
@click.option("-i", "--include", "with_head", is_flag=True, help="Print the status line and headers first.")
@click.pass_obj
def get(root: Path, path: str, *, with_head: bool) -> None:
    """Answer PATH (such as /all.rss) as the web server would, on standard output.

    Exit code 4 where nothing is there, 1 where the server would be in trouble.
    """
    with kept(House(root, serving=True), level="error") as house:
        if not house.published():
            house.publish()
        response = house.app.test_client().get(_path(path, house.site.base_url))
        if with_head:
            click.echo(f"HTTP/1.1 {response.status}\n{response.headers}".replace("\r\n", "\n"), nl=False)
        sys.stdout.buffer.write(response.data)
        sys.stdout.flush()
        if response.status_code >= NO_SUCCESS:
            end(f"{path}: {response.status}", NOT_FOUND if response.status_code in MISSING else FAILED)


@click.command(short_help="Render feeds again.")
@click.argument("topics", nargs=-1)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Also write the feeds as files there.")
@click.pass_obj
def render(root: Path, topics: tuple[str, ...], out: Path | None) -> None:
    """Render the feeds of TOPICS again (default: of all), after a change that the program cannot see by itself."""
    with the_house(root, level="warning") as house:
        known = [topic.slug for topic, _ in house.desk().topics]
        for name in topics:
            if name not in known:
                end(f"no topic is named {name!r}; there are {', '.join(known)}", NOT_FOUND)
        wanted = [TopicSlug(name) for name in dict.fromkeys(topics)] or known
        house.publish(frozenset(wanted))
        click.echo(f"rendered {', '.join(wanted)}")
        if out:
            _write(house, wanted, out)


def _path(written: str, base_url: str) -> str:
    """The path, with its query, of what is written: a path, or a whole address."""
    if written.startswith(base_url):
        written = written.removeprefix(base_url)
    elif written.startswith(("http://", "https://")):
        parts = urlsplit(written)
        written = parts.path + (f"?{parts.query}" if parts.query else "")
    return written if written.startswith("/") else f"/{written}"


def _write(house: House, topics: list[TopicSlug], out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    written = 0
    with house.store.read() as unit:
        for topic in topics:
            for form in Form:
                rendition = unit.renditions.get(topic, form)
                if rendition:
                    (out / f"{topic}.{form}").write_bytes(rendition.body)
                    written += 1
    click.echo(f"{written} files written to {out}")
