"""Every setting: its key, its default, and what it may be. config/feedhub.toml says in plain words what each is for."""

import re
from datetime import timedelta
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    model_validator,
)

from feedhub.text import addresses
from feedhub.text.complaints import WrongValueError
from feedhub.text.nearest import nearest
from feedhub.text.shown import shown

UNSET = "env:DATABASE_URL"
"""The one secret that may be missing: then SQLite under var/ is used."""

_PLACEHOLDER = re.compile(r"\{(?:version|base_url)\}")


def _timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        hint = nearest(name, sorted(available_timezones())) or 'write a name such as "Asia/Baku"'
        raise WrongValueError(f"{shown(name)} is no time zone", hint) from None
    return name


def _some_time(span: timedelta) -> timedelta:
    if not span:
        raise WrongValueError("must be longer than 0s")
    return span


def _user_agent(text: str) -> str:
    if not (text.isascii() and text.isprintable() and text.strip()) or set(_PLACEHOLDER.sub("", text)) & set("{}"):
        raise WrongValueError(f"{shown(text)} is no user agent", "plain ASCII; {version} and {base_url} are filled in")
    return text


def _pattern(text: str) -> str:
    if not text.isprintable() or not text.endswith(".toml") or text.startswith("/") or ".." in text.split("/"):
        raise WrongValueError(
            f"{shown(text)} names no document", "a .toml file or pattern, seen from this file's folder"
        )
    return text


Span = Annotated[timedelta, BeforeValidator(addresses.check_duration)]
Wait = Annotated[Span, AfterValidator(_some_time)]
Line = Annotated[str, AfterValidator(addresses.check_line)]
Patterns = Annotated[tuple[Annotated[str, AfterValidator(_pattern)], ...], Strict(strict=False)]
Hosts = Annotated[tuple[Annotated[str, AfterValidator(addresses.check_host)], ...], Strict(strict=False)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=1, le=100_000)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class SiteSettings(_Table):
    """What the service is called and where it stands. `tag_authority` is part of every id."""

    title: Line
    base_url: Annotated[str, AfterValidator(addresses.check_base_url)]
    tag_authority: Annotated[str, AfterValidator(addresses.check_authority)]
    language: Annotated[str, AfterValidator(addresses.check_language)] = "en"
    timezone: Annotated[str, AfterValidator(_timezone)] = "UTC"
    contact: Annotated[str, AfterValidator(addresses.check_contact)] = ""


class PollingSettings(_Table):
    """How often sources are asked, and how many at a time."""

    default_every: Span = timedelta(minutes=30)
    min_every: Wait = timedelta(minutes=5)
    max_every: Span = timedelta(hours=24)
    user_agent: Annotated[str, AfterValidator(_user_agent)] = "feedhub/{version} (+{base_url}/about)"
    tick: Wait = timedelta(seconds=5)
    batch: Count = 500
    per_host: Count = 1
    host_gap: Span = timedelta(seconds=1)
    workers: Annotated[int, Field(ge=1, le=64)] = 2
    websub: bool = True

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.min_every <= self.default_every <= self.max_every:
            message = "default_every must lie between min_every and max_every"
            raise WrongValueError(message, key="default_every")
        return self


class StoriesSettings(_Table):
    """When two entries tell one story, when it is shown, and how long it is kept."""

    window: Span = timedelta(hours=72)
    settle: Span = timedelta(minutes=4)
    merge_at: Share = 0.86
    review_at: Share = 0.70
    keep: Span = timedelta(days=400)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.review_at > self.merge_at:
            raise WrongValueError("review_at must not be above merge_at", key="review_at")
        if not self.settle < self.window <= self.keep:
            raise WrongValueError("window must be longer than settle and no longer than keep", key="window")
        return self


class FeedsSettings(_Table):
    """How feeds are made where a topic does not say otherwise."""

    items: Annotated[int, Field(ge=1, le=1000)] = 50
    content: Literal["headline", "summary", "full"] = "summary"
    link: Literal["original", "story"] = "original"
    credit: Literal["top", "bottom", "off"] = "top"
    id_scope: Literal["story", "topic"] = "story"
    hub: Annotated[str, AfterValidator(addresses.check_hub)] = ""
    threshold: Share = 0.5


class StorageSettings(_Table):
    """Where everything is kept; `database_url` is a secret until it is read."""

    database_url: Line = Field(default=UNSET, repr=False)


class HttpSettings(_Table):
    """What a fetch may cost, and which private addresses it may dial all the same."""

    allow_hosts: Hosts = ()
    timeout: Wait = timedelta(seconds=60)
    connect_timeout: Wait = timedelta(seconds=10)
    stall_timeout: Wait = timedelta(seconds=20)
    max_bytes: Annotated[int, Field(ge=10_000, le=1_000_000_000)] = 10_000_000


class SandboxSettings(_Table):
    """What reading one body may cost."""

    cpu: Wait = timedelta(seconds=5)
    wall: Wait = timedelta(seconds=20)
    memory_mb: Annotated[int, Field(ge=64, le=65_536)] = 512


class WebSettings(_Table):
    """Where the web server listens."""

    host: Line = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65_535)] = 8000
    workers: Annotated[int, Field(ge=1, le=64)] = 1


class LogSettings(_Table):
    """How much is logged, and in which form."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    as_json: bool = Field(default=False, alias="json")


class Settings(_Table):
    """All settings, a section a table."""

    config_version: Literal[1]
    include: Patterns = ("outlets.toml", "cues.toml", "sources.toml", "topics.toml", "conf.d/*.toml")
    site: SiteSettings
    polling: PollingSettings = PollingSettings()
    stories: StoriesSettings = StoriesSettings()
    feeds: FeedsSettings = FeedsSettings()
    storage: StorageSettings = StorageSettings()
    http: HttpSettings = HttpSettings()
    sandbox: SandboxSettings = SandboxSettings()
    web: WebSettings = WebSettings()
    log: LogSettings = LogSettings()

    def user_agent(self, version: str) -> str:
        """What sources are told of who asks."""
        return self.polling.user_agent.format(version=version, base_url=self.site.base_url)
