"""Topics: tables of a document to Topic values, with their rules checked."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, Strict

from feedhub.errors import RuleError
from feedhub.model.keys import TopicSlug
from feedhub.model.topic import ALL, Topic
from feedhub.steps.define.outlets import Say
from feedhub.steps.define.records import records, texts_of
from feedhub.text.addresses import check_line, check_slug
from feedhub.text.complaints import WrongValueError
from feedhub.text.shown import shown

SayRule = Callable[[tuple[str, ...], RuleError], None]
"""Called with the path of a rule and what is wrong in it."""

_SUBTAG = re.compile(r"[a-z]{2,3}")


def _primary(tag: str) -> str:
    if not _SUBTAG.fullmatch(tag):
        raise WrongValueError(f"{shown(tag)} is no language", 'write two or three small letters, such as "en"')
    return tag


_Slug = Annotated[str, AfterValidator(check_slug)]
_Subtag = Annotated[str, AfterValidator(_primary)]


class _TopicTable(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    title: Annotated[str, AfterValidator(check_line)]
    match: str
    description: str = ""
    lang: Annotated[tuple[_Subtag, ...], Strict(strict=False), Field(max_length=100)] = ()
    min_reports: Annotated[int, Field(ge=1, le=1000)] = 1
    aliases: Annotated[tuple[_Slug, ...], Strict(strict=False), Field(max_length=100)] = ()
    items: Annotated[int, Field(ge=1, le=1000)] | None = None
    content: Literal["headline", "summary", "full"] | None = None
    link: Literal["original", "story"] | None = None
    credit: Literal["top", "bottom", "off"] | None = None


def read_topics(
    tables: Mapping[str, object], say: Say, *, say_rule: SayRule, check_rule: Callable[[str], None]
) -> tuple[Topic, ...]:
    """The topics of the table `topics`, in the order written. `check_rule` raises RuleError for a rule that is wrong.

    What is wrong is said and left out, and reading goes on.
    """
    for slug, rule in texts_of(tables, "topics", "match"):
        try:
            check_rule(rule)
        except RuleError as error:
            say_rule(("topics", slug, "match"), error)
    topics = tuple(_topics(tables, say))
    _check_aliases(topics, tables, say)
    return topics


def _topics(tables: Mapping[str, object], say: Say) -> Iterator[Topic]:
    for slug, table in records(tables, "topics", _TopicTable, say=say):
        if slug == ALL:
            say(("topics", slug), f"the slug {shown(slug)} is that of the feed of all stories", "choose another slug")
        yield Topic(
            slug=TopicSlug(slug),
            title=table.title,
            match=table.match,
            description=table.description,
            langs=table.lang,
            min_reports=table.min_reports,
            aliases=table.aliases,
            items=table.items,
            content=table.content,
            link=table.link,
            credit=table.credit,
        )


def _check_aliases(topics: tuple[Topic, ...], tables: Mapping[str, object], say: Say) -> None:
    """An address can answer for one topic only."""
    table = tables.get("topics")
    taken = dict.fromkeys(table, "is a topic") if isinstance(table, Mapping) else {}
    taken[ALL] = "is the feed of all stories"
    for topic in topics:
        for number, alias in enumerate(topic.aliases):
            if alias in taken:
                path = ("topics", topic.slug, "aliases", str(number))
                say(path, f"{shown(alias)} {taken[alias]}", "an alias is a slug that nothing else has")
            taken.setdefault(alias, f"is an alias of {topic.slug}")
