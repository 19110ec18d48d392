"""discover: what feeds there are behind an address."""

from dataclasses import asdict
from pathlib import Path
from typing import Final

import click

from feedhub.cli.endings import FAILED, NOT_FOUND, end
from feedhub.cli.house import kept
from feedhub.cli.printing import as_json, print_json, print_table
from feedhub.model.discovery import Discovery, FoundFeed
from feedhub.text.addresses import check_url
from feedhub.text.complaints import WrongValueError
from feedhub.wiring import House

FAMILIES: Final = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed", "sitemap": "news sitemap", "cdf": "CDF"}
"""What forms of feeds are called, by how their names begin."""


@click.command(short_help="Say what feeds a page or site has.")
@click.argument("url")
@as_json
@click.pass_obj
def discover(root: Path, url: str, *, as_json: bool) -> None:
    """Say what feeds there are behind URL, the address of any page or feed; each is asked for and read.

    Where the page names none, the addresses at which sites often have one are tried. Exit code 4 where there is none,
    1 where the page itself cannot be had.
    """
    address = _address(url)
    with kept(House(root, serving=True), level="error") as house:
        discovery = house.discover(address)
    if as_json:
        print_json(asdict(discovery))
    else:
        told(discovery)
    if discovery.fault:
        end(f"{address}: {discovery.fault}", FAILED)
    if not discovery.feeds:
        end(
            f"{address} has no feed that could be found: look on the site for one, or for its news sitemap, or let "
            "feedhub read a page that lists its articles (`page` in sources.toml)",
            NOT_FOUND,
        )


def told(discovery: Discovery) -> None:
    """Print the feeds as a table, and what is named as one but is none to those who watch."""
    if discovery.feeds:
        print_table(("title", "address", "form", "items", "newest"), [_row(feed) for feed in discovery.feeds])
    for url, why in discovery.broken:
        click.echo(f"{url} is named as a feed, but {why}", err=True)


def form_of(form: str) -> str:
    """A form as people call it: `rss20` is "RSS 2.0"."""
    family = next((name for name in FAMILIES if form.startswith(name)), "")
    digits = "".join(sign for sign in form.removeprefix(family) if sign.isdecimal())
    version = f" {digits[0]}.{digits[1:]}" if len(digits) > 1 else ""
    return FAMILIES.get(family, form) + version


def _address(written: str) -> str:
    """The address as it can be asked for; a name alone is a site."""
    whole = written if "://" in written else f"https://{written}"
    try:
        return check_url(whole)
    except WrongValueError as error:
        hint = error.hint or 'write one such as "https://news.example/"'
        raise click.BadParameter(f"{error.message} ({hint})", param_hint="URL") from error


def _row(feed: FoundFeed) -> tuple[str, ...]:
    newest = f"{feed.latest:%Y-%m-%d %H:%M} UTC" if feed.latest else "no date"
    return feed.title or "no title", feed.url, form_of(feed.form), f"{feed.items:,}", newest
