"""All documents to one newsroom."""

from datetime import timedelta
from pathlib import Path

import pytest

from feedhub.errors import ConfigError, RuleError
from feedhub.model.keys import OutletSlug, SourceSlug, TopicSlug
from feedhub.model.newsroom import DocumentText, Newsroom
from feedhub.model.outlet import Outlet
from feedhub.model.source import Source
from feedhub.model.topic import Topic
from feedhub.steps.define import define

_CONFIG = Path(__file__).parents[4] / "config"

OUTLETS = """
[outlets.tass]
name = "TASS"
kind = "agency"
country = "RU"
languages = ["ru", "en"]
domains = ["tass.com", "tass.ru"]
aliases = ["ТАСС", "ITAR-TASS"]
rights = "summary"
[outlets.axar]
name = "Axar.az"
"""
SOURCES = """
[sources.axar]
url = "https://axar.az/rss"
outlet = "axar"
lang = "az"
every = "15m"
tags = ["azerbaijan"]
[sources.tass-en]
url = "https://tass.com/rss/v2.xml"
"""
TOPICS = """
[topics.energy]
title = "Caspian energy"
match = '(gas OR qaz OR газ OR "Southern Gas Corridor") -football'
lang = ["en", "az", "ru"]
min_reports = 1
aliases = ["gas"]      # old slug: answers 301
"""


def _refuse_wrong(text: str) -> None:
    if "wrong" in text:
        raise RuleError(line=1, column=text.index("wrong") + 1, message="this word is wrong")


def _define(**texts: str) -> Newsroom:
    documents = tuple(DocumentText(name=f"{name}.toml", text=text) for name, text in texts.items())
    return define(documents, min_every=timedelta(minutes=5), check_rule=_refuse_wrong)


def test_define_the_settled_sample() -> None:
    """Every key of it works."""
    newsroom = _define(outlets=OUTLETS, sources=SOURCES, topics=TOPICS)
    assert newsroom.outlets.by_slug[OutletSlug("tass")] == Outlet(
        slug=OutletSlug("tass"),
        name="TASS",
        kind="agency",
        country="RU",
        languages=("ru", "en"),
        domains=("tass.com", "tass.ru"),
        aliases=("ТАСС", "ITAR-TASS"),
        rights="summary",
    )
    assert newsroom.sources == (
        Source(
            slug=SourceSlug("axar"),
            url="https://axar.az/rss",
            outlet=OutletSlug("axar"),
            lang="az",
            every=timedelta(minutes=15),
            tags=("azerbaijan",),
        ),
        Source(slug=SourceSlug("tass-en"), url="https://tass.com/rss/v2.xml", outlet=OutletSlug("tass")),
    )
    assert newsroom.topics == (
        Topic(
            slug=TopicSlug("energy"),
            title="Caspian energy",
            match='(gas OR qaz OR газ OR "Southern Gas Corridor") -football',
            langs=("en", "az", "ru"),
            aliases=("gas",),
        ),
    )


def test_define_nothing() -> None:
    """A feedhub may begin empty."""
    newsroom = _define()
    assert (newsroom.sources, newsroom.topics, newsroom.outlets.by_slug) == ((), (), {})


def test_digest_changes_with_any_text() -> None:
    """A comment or a name is a change; the same texts are the same."""
    same, again = _define(topics=TOPICS).digest, _define(topics=TOPICS).digest
    others = {_define(topics=TOPICS + "# x").digest, _define(other=TOPICS).digest, _define().digest}
    assert same == again
    assert len(others | {same}) == 4


def test_define_gives_every_fault_at_once() -> None:
    """Of all documents, in their order, with file, line and column."""
    with pytest.raises(ConfigError) as caught:
        _define(
            topics='[topics.b]\ntitle = "B"\nmatch = """\nall\n"""\naliases = ["energy"]\n' + TOPICS + "matsch = 1\n",
            outlets="[outlets.tass]\n",
            sources=SOURCES.replace('"axar"\n', '"axr"\n').replace("https://tass", "tass"),
            conf='[topics.c]\ntitle = "C"\nmatch = "is wrong"\n',
        )
    assert str(caught.value).splitlines() == [
        'topics.toml:6:12: "energy" is a topic (an alias is a slug that nothing else has)',
        "topics.toml:14:1: there is no key \"matsch\" (did you mean 'match'?)",
        "outlets.toml:1:10: name is missing",
        'sources.toml:4:1: there is no outlet "axr" (add it to the outlets, or leave it out)',
        'sources.toml:9:1: "tass.com/rss/v2.xml" is no absolute http or https URL',
        "conf.toml:3:13: this word is wrong",
    ]


def _shipped() -> Newsroom:
    names = ("outlets.toml", "cues.toml", "sources.toml", "topics.toml")
    return _define(**{name.removesuffix(".toml"): (_CONFIG / name).read_text("utf-8") for name in names})


def test_shipped_documents_are_right() -> None:
    """What config/ holds is a newsroom of the size that the README promises."""
    newsroom = _shipped()
    languages = {source.lang for source in newsroom.sources}
    agencies = {
        source.outlet for source in newsroom.sources if newsroom.outlets.by_slug[source.outlet].kind == "agency"
    }
    assert (len(newsroom.sources) >= 30, len(languages) >= 6, len(agencies) >= 10) == (True, True, True)
    assert {OutletSlug("tass"), OutletSlug("axar")} <= {source.outlet for source in newsroom.sources}
    assert len(newsroom.topics) == 8
