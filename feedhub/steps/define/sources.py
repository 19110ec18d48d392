"""Sources: tables of a document to Source values, each with the outlet that it belongs to.

A source need not name its outlet. It then belongs to the registered outlet that owns the domain of its URL; where none
does, it is an outlet of its own, so that every entry has a publisher from the first day.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict

from feedhub.model.keys import OutletSlug, SourceSlug
from feedhub.model.outlet import Outlet, Outlets
from feedhub.model.source import ListPage, Source
from feedhub.steps.define.outlets import Say
from feedhub.steps.define.records import records, texts_of
from feedhub.text.addresses import (
    check_duration,
    check_language,
    check_line,
    check_selector,
    check_url,
    url_host,
)
from feedhub.text.durations import write_duration
from feedhub.text.nearest import nearest
from feedhub.text.shown import shown

_MAX_HINTS = 200
"""So many names are guessed at; a registry that went missing makes thousands."""

_Line = Annotated[str, AfterValidator(check_line)]
_Selector = Annotated[str, AfterValidator(check_selector)]


class _PageTable(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    item: _Selector
    link: _Selector = ""
    title: _Selector = ""
    summary: _Selector = ""
    date: _Selector = ""


class _SourceTable(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    url: Annotated[str, AfterValidator(check_url)]
    outlet: str | None = None
    title: _Line = ""
    lang: Annotated[str, AfterValidator(check_language)] | None = None
    every: Annotated[timedelta, BeforeValidator(check_duration)] | None = None
    tags: Annotated[tuple[_Line, ...], Strict(strict=False), Field(max_length=100)] = ()
    fulltext: bool = False
    page: _PageTable | None = None
    enabled: bool = True


def read_sources(
    tables: Mapping[str, object], say: Say, *, outlets: Outlets, min_every: timedelta
) -> tuple[tuple[Source, ...], Outlets]:
    """The sources of the table `sources`, and the registry with the outlets that were made for them.

    None of them may be asked more often than `min_every`. What is wrong is said and left out, and reading goes on.
    """
    registry = _Registry(outlets, _named(tables))
    for slug, outlet in texts_of(tables, "sources", "outlet"):
        registry.check(outlet, ("sources", slug, "outlet"), say=say)
    sources = tuple(_sources(tables, say, registry=registry, min_every=min_every))
    return sources, registry.outlets()


def _sources(
    tables: Mapping[str, object], say: Say, *, registry: "_Registry", min_every: timedelta
) -> Iterator[Source]:
    for slug, table in records(tables, "sources", _SourceTable, say=say):
        path = ("sources", slug)
        if table.every is not None and table.every < min_every:
            often = f"{write_duration(table.every)} is too often"
            say((*path, "every"), often, f"at least {write_duration(min_every)}")
        outlet = registry.outlet_of(slug, table, say)
        if outlet is not None:
            yield Source(
                slug=SourceSlug(slug),
                url=table.url,
                outlet=outlet,
                title=table.title,
                lang=table.lang,
                every=table.every,
                tags=table.tags,
                fulltext=table.fulltext,
                page=_page(table.page),
                enabled=table.enabled,
            )


def _page(table: _PageTable | None) -> ListPage | None:
    return None if table is None else ListPage(**table.model_dump())


class _Registry:
    """The outlets that sources may belong to. `named` are the slugs that documents give, right or wrong."""

    def __init__(self, outlets: Outlets, named: Collection[str]) -> None:
        self._outlets = outlets
        self._named = named
        self._owners = {domain: slug for slug, outlet in outlets.by_slug.items() for domain in outlet.domains}
        self._made: dict[OutletSlug, Outlet] = {}
        self._hints: dict[str, str] = {}

    def check(self, outlet: str, path: tuple[str, ...], *, say: Say) -> None:
        """Say that there is no such outlet, if there is none."""
        if outlet not in self._named:
            say(path, f"there is no outlet {shown(outlet)}", self._hint(outlet))

    def outlet_of(self, slug: str, table: _SourceTable, say: Say) -> OutletSlug | None:
        """The outlet of a source; None, and said, where it cannot be told. One that is named was checked before."""
        if table.outlet is not None:
            return OutletSlug(table.outlet)
        host = url_host(table.url)
        if owner := self._owner(host):
            return owner
        if slug in self._named:
            say(
                ("sources", slug),
                f"the outlet {shown(slug)} does not own {shown(host)}",
                "name the outlet: outlet = ...",
            )
            return None
        made = Outlet(slug=OutletSlug(slug), name=table.title or host.removeprefix("www."))
        self._made[made.slug] = made
        return made.slug

    def outlets(self) -> Outlets:
        """The registry with the outlets that were made."""
        return replace(self._outlets, by_slug={**self._outlets.by_slug, **self._made})

    def _owner(self, host: str) -> OutletSlug | None:
        """The outlet that owns the host or the nearest domain above it."""
        labels = host.split(".")
        domains = (".".join(labels[start:]) for start in range(len(labels)))
        return next((self._owners[domain] for domain in domains if domain in self._owners), None)

    def _hint(self, name: str) -> str:
        """A guess, made once for each name: one slip is often in many sources."""
        if name not in self._hints:
            if len(self._hints) == _MAX_HINTS:
                return ""
            self._hints[name] = nearest(name.lower(), self._outlets.by_slug) or "add it to the outlets, or leave it out"
        return self._hints[name]


def _named(tables: Mapping[str, object]) -> Collection[str]:
    table = tables.get("outlets")
    return frozenset(table) if isinstance(table, Mapping) else frozenset()
