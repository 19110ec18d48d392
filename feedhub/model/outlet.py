"""News organisations under one name each."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from feedhub.model.keys import OutletSlug


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletRef:
    """An outlet as named in a credit; `slug` is None where the registry does not know the name."""

    slug: OutletSlug | None
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A news organisation: aliases, domains and languages by which it is recognised.

    `needs_cue` are spellings that are also ordinary words: only accepted beside a cue. `forms` are inflected
    spellings that no suffix rule gives. `rights` is how much of its text may be republished.
    """

    slug: OutletSlug
    name: str
    kind: str = "online"
    country: str | None = None
    languages: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    needs_cue: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    parent: OutletSlug | None = None
    rights: str = "summary"
    """`headline`, `summary` or `full`."""

    @property
    def ref(self) -> OutletRef:
        """The outlet as credits name it."""
        return OutletRef(slug=self.slug, name=self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlets:
    """The registry: outlets by slug, and how names that several share or that are none are told apart.

    `collisions` maps a spelling to the outlets that share it. `suffix_rules` maps a language to a regular
    expression that may follow a name, `prefix_rules` to one that may stand before it. `not_outlets` are names of
    networks and generic words ("local media") that never are an outlet; `other_readings` maps a spelling to
    phrases in which it means something else.
    """

    by_slug: Mapping[OutletSlug, Outlet] = field(default_factory=dict)
    collisions: Mapping[str, tuple[OutletSlug, ...]] = field(default_factory=dict)
    suffix_rules: Mapping[str, str] = field(default_factory=dict)
    prefix_rules: Mapping[str, str] = field(default_factory=dict)
    not_outlets: frozenset[str] = frozenset()
    other_readings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
