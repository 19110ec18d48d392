"""What feeds there are behind an address."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFeed:
    """A feed that was asked for and read: `form` as in `ParsedFeed`, how many items, when the newest was published."""

    url: str
    title: str
    form: str
    items: int
    latest: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """The feeds behind an address, the likeliest first.

    `broken` are feeds that the page names but that cannot be had: address, and why in one sentence. `hubs` are the
    WebSub hubs that the page names, `topic` its own address there. `fault` says why the address itself gave nothing.
    """

    url: str
    feeds: tuple[FoundFeed, ...] = ()
    broken: tuple[tuple[str, str], ...] = ()
    hubs: tuple[str, ...] = ()
    topic: str = ""
    fault: str = ""
