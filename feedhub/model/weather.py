"""How the hosts fared that were asked lately, as far as it tells of our own network."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from feedhub.model.keys import SourceSlug


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What the last poll told of the way to one host: whether anything came back.

    `counted` are those of its sources that were charged with a failure since it last answered.
    """

    at: datetime
    reached: bool
    counted: tuple[SourceSlug, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Weather:
    """Hosts by name, the one that was heard of last at the end. `cut_off`: it is we who are not well."""

    hosts: Mapping[str, Heard] = field(default_factory=dict)
    cut_off: bool = False
