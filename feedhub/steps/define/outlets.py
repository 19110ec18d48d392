"""The registry of outlets: tables of a document to Outlets, or every fault in them."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter, ValidationError

from feedhub.model.keys import OutletSlug
from feedhub.model.outlet import Outlet, Outlets
from feedhub.text.complaints import complaints
from feedhub.text.folded import fold
from feedhub.text.shown import shown

Say = Callable[[tuple[str, ...], str, str], None]
"""Called with the path of keys, what is wrong there and what to do, once for each fault."""

_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_DOMAIN: Final = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")

_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
_Names = tuple[_Name, ...]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _OutletTable(_Strict):
    name: _Name
    kind: Literal["agency", "newspaper", "magazine", "broadcaster", "online", "photo", "aggregator"] = "online"
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None
    languages: tuple[Annotated[str, StringConstraints(pattern=r"^([a-z]{2,3}|\*)$")], ...] = ()
    domains: _Names = ()
    aliases: _Names = ()
    needs_cue: _Names = ()
    forms: _Names = ()
    parent: str | None = None
    rights: Literal["headline", "summary", "full"] = "summary"


_LISTS: Final = TypeAdapter(dict[_Name, _Names])
_RULES: Final = TypeAdapter(dict[_Name, Annotated[str, StringConstraints(min_length=1, max_length=1000)]])


def read_outlets(tables: Mapping[str, object], say: Say) -> Outlets:
    """The registry that the tables describe. What is wrong is said and left out, and reading goes on.

    Reads the tables `outlets`, `suffix_rules`, `prefix_rules`, `collisions`, `not_outlets` and `other_readings`.
    """
    outlets = dict(_outlets(tables.get("outlets", {}), say))
    collisions = _lists(tables, "collisions", say)
    _check_parents(outlets, say)
    _check_domains(outlets, say)
    _check_names(outlets, collisions, say)
    return Outlets(
        by_slug=outlets,
        collisions=dict(_collisions(collisions, outlets, say)),
        suffix_rules=dict(_rules(tables, "suffix_rules", say)),
        prefix_rules=dict(_rules(tables, "prefix_rules", say)),
        not_outlets=frozenset(name for names in _lists(tables, "not_outlets", say).values() for name in names),
        other_readings=_lists(tables, "other_readings", say),
    )


def _outlets(table: object, say: Say) -> Iterator[tuple[OutletSlug, Outlet]]:
    if not isinstance(table, Mapping):
        say(("outlets",), "outlets must be tables", "write [outlets.slug] and the keys below it")
        return
    for key, value in table.items():
        slug = str(key)
        if not _SLUG.fullmatch(slug):
            say(("outlets", slug), f"{shown(slug)} is no slug", "use small letters, digits, - and _")
            continue
        try:
            read = _OutletTable.model_validate(value)
        except ValidationError as error:
            tell(error, ("outlets", slug), say, model=_OutletTable)
            continue
        yield OutletSlug(slug), _outlet(slug, read)


def _outlet(slug: str, read: _OutletTable) -> Outlet:
    return Outlet(
        slug=OutletSlug(slug),
        name=read.name,
        kind=read.kind,
        country=read.country,
        languages=read.languages,
        domains=tuple(host.lower() for host in read.domains),
        aliases=read.aliases,
        needs_cue=read.needs_cue,
        forms=read.forms,
        parent=OutletSlug(read.parent) if read.parent else None,
        rights=read.rights,
    )


def tell(error: ValidationError, path: tuple[str, ...], say: Say, *, model: type[BaseModel] | None = None) -> None:
    """Say each fault that pydantic found, with the keys of the model for those that are misspelt."""
    known: dict[tuple[str, ...], tuple[str, ...]] = {(): tuple(model.model_fields)} if model else {}
    for each in complaints(error.errors(include_url=False), known):
        say((*path, *each.path), each.message, each.hint)


def _check_parents(outlets: Mapping[OutletSlug, Outlet], say: Say) -> None:
    for slug, outlet in outlets.items():
        if outlet.parent is not None and (outlet.parent not in outlets or outlet.parent == slug):
            say(("outlets", slug, "parent"), f"{shown(outlet.parent)} is no other outlet", "name the slug of an outlet")


def _check_domains(outlets: Mapping[OutletSlug, Outlet], say: Say) -> None:
    owners: dict[str, OutletSlug] = {}
    for slug, outlet in outlets.items():
        for host in outlet.domains:
            path = ("outlets", slug, "domains")
            if not _DOMAIN.fullmatch(host):
                say(path, f"{shown(host)} is no domain", "write it without https:// and path")
            elif owners.setdefault(host, slug) != slug:
                say(path, f"{shown(host)} belongs to {shown(owners[host])} already", "a domain has one owner")


def _check_names(outlets: Mapping[OutletSlug, Outlet], collisions: Mapping[str, tuple[str, ...]], say: Say) -> None:
    claims: dict[str, dict[OutletSlug, None]] = defaultdict(dict)
    for slug, outlet in outlets.items():
        for name in (outlet.name, *outlet.aliases, *outlet.needs_cue, *outlet.forms):
            claims[fold(name)][slug] = None
            if len(name) == 1 and name not in outlet.needs_cue:
                say(("outlets", slug), f"{shown(name)} is one letter", "list it under needs_cue")
    settled = {fold(name): frozenset(slugs) for name, slugs in collisions.items()}
    for name, slugs in claims.items():
        if len(slugs) > 1 and not settled.get(name, frozenset()) >= slugs.keys():
            last = tuple(slugs)[-1]
            others = ", ".join(slug for slug in slugs if slug != last)
            say(("outlets", last), f"{shown(name)} is claimed by {others} too", "say under [collisions] who shares it")


def _collisions(
    lists: Mapping[str, tuple[str, ...]], outlets: Mapping[OutletSlug, Outlet], say: Say
) -> Iterator[tuple[str, tuple[OutletSlug, ...]]]:
    for name, slugs in lists.items():
        unknown = [slug for slug in slugs if slug not in outlets]
        for slug in unknown:
            say(("collisions", name), f"{shown(slug)} is no outlet", "name slugs of outlets")
        yield name, tuple(OutletSlug(slug) for slug in slugs if slug not in unknown)


def _rules(tables: Mapping[str, object], key: str, say: Say) -> Iterator[tuple[str, str]]:
    try:
        rules = _RULES.validate_python(tables.get(key, {}))
    except ValidationError as error:
        tell(error, (key,), say)
        return
    for lang, rule in rules.items():
        try:
            groups = re.compile(f"(?:-)|(?:{rule})").groups  # as one among others, the way it is used
        except re.error as error:
            say((key, lang), f"this regular expression cannot be read: {error}", "")
            continue
        if groups:
            say((key, lang), "this regular expression has groups that capture", "write (?:...) for (...)")
            continue
        yield lang, rule


def _lists(tables: Mapping[str, object], key: str, say: Say) -> dict[str, tuple[str, ...]]:
    try:
        return dict(_LISTS.validate_python(tables.get(key, {})))
    except ValidationError as error:
        tell(error, (key,), say)
        return {}
