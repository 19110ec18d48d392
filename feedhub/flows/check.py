"""Say whether the documents are right, and what they define."""

from dataclasses import dataclass
from datetime import timedelta

from feedhub.model.newsroom import DocumentText, Newsroom
from feedhub.model.site import Desk, Site
from feedhub.ports import Documents
from feedhub.steps.define import define
from feedhub.steps.render import all_topic
from feedhub.steps.rules import compile_rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Reads the documents and touches nothing."""

    documents: Documents
    site: Site
    min_every: timedelta

    def texts(self) -> tuple[DocumentText, ...]:
        """The documents as they are. Raises ConfigError if one cannot be read."""
        return self.documents.read()

    def __call__(self, texts: tuple[DocumentText, ...]) -> Desk:
        """What the texts define, with every rule compiled. Raises ConfigError with every fault."""
        newsroom = define(texts, min_every=self.min_every, check_rule=_check_rule)
        return _desk(newsroom, self.site)


def _check_rule(text: str) -> None:
    compile_rule(text)


def _desk(newsroom: Newsroom, site: Site) -> Desk:
    topics = (*newsroom.topics, all_topic(site))
    return Desk(
        newsroom=newsroom,
        sources={source.slug: source for source in newsroom.sources},
        topics=tuple((topic, compile_rule(topic.match)) for topic in topics),
    )
