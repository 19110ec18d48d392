"""Registry and cues, compiled once for all entries."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from feedhub.model.cue import Cues
from feedhub.model.keys import OutletSlug
from feedhub.model.outlet import Outlet, Outlets
from feedhub.steps.attribute.cues import Phrasebook, Wording, compile_cues
from feedhub.steps.attribute.names import Names, compile_names
from feedhub.steps.attribute.roles import Surroundings
from feedhub.text.folded import fold

_LABELS: Final = 5
_PLAIN: Final = re.compile(r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)*+)(?![^/?#])")
"""An address with a host as it is most often written, which need not be taken apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All that `attribute` knows of outlets and cues."""

    outlets: Outlets
    names: Names
    book: Phrasebook
    around: Surroundings
    press: Wording
    bodies: Wording
    verbs: Wording
    furniture: frozenset[str]
    noise: frozenset[str]
    hosts: Mapping[str, OutletSlug]
    spellings: Mapping[str, tuple[OutletSlug, ...]]

    def get(self, slug: OutletSlug) -> Outlet | None:
        """The outlet of the registry with this slug."""
        return self.outlets.by_slug.get(slug)

    def named(self, name: str) -> Outlet | None:
        """The outlet that is written so, by name, alias or domain; None if there is none or more than one."""
        slugs = self.spellings.get(fold(name).strip(' "'), ())
        if len(slugs) == 1:
            return self.get(slugs[0])
        return self.owner(f"//{name}") if "." in name and " " not in name else None

    def owner(self, url: str) -> Outlet | None:
        """The outlet whose domain the address is at."""
        labels = _host(url).split(".")
        for first in range(max(0, len(labels) - _LABELS), len(labels) - 1):
            slug = self.hosts.get(".".join(labels[first:]))
            if slug is not None:
                return self.get(slug)
        return None


def prepare(outlets: Outlets, cues: Cues) -> Lexicon:
    """Compile a registry and its cues; do it once, it costs a fraction of a second."""
    spellings: dict[str, dict[OutletSlug, None]] = defaultdict(dict)
    for outlet in outlets.by_slug.values():
        for text in (outlet.name, *outlet.aliases, *outlet.needs_cue):
            spellings[fold(text)][outlet.slug] = None
    return Lexicon(
        outlets=outlets,
        names=compile_names(outlets, hints=(*cues.kinds, *cues.press, *cues.verbs)),
        book=compile_cues(cues),
        around=Surroundings(articles=Wording(cues.articles), kinds=Wording(cues.kinds), joins=Wording(cues.joins)),
        press=Wording(cues.press),
        bodies=Wording(cues.bodies),
        verbs=Wording(cues.verbs),
        furniture=cues.furniture,
        noise=cues.noise,
        hosts={fold(host): outlet.slug for outlet in outlets.by_slug.values() for host in outlet.domains},
        spellings={text: tuple(slugs) for text, slugs in spellings.items()},
    )


def _host(url: str) -> str:
    if found := _PLAIN.match(url):
        return found[1]
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:  # "[": an address that a source made up
        return ""
