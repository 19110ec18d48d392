"""Give the list of all feeds as OPML, for readers to import."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from feedhub.model.newsroom import Newsroom
from feedhub.model.page import Outlines
from feedhub.model.site import Site
from feedhub.ports import Store
from feedhub.steps.render import all_topic, channel, render_opml

DOCUMENT = "topics.toml"
"""The document that defines topics, whose newest revision dates the list."""
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
"""When nothing is known of its age: some fixed day, since it cannot be now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOpml:
    """Rendered when asked for: it is short, and follows the documents without delay."""

    store: Store
    newsroom: Callable[[], Newsroom]
    site: Site

    def __call__(self) -> Outlines:
        """Every topic in the order of the documents, all stories first."""
        with self.store.read() as unit:
            revision = unit.book.latest(DOCUMENT)
        modified = revision.at.replace(microsecond=0) if revision else UNDATED
        topics = (all_topic(self.site), *self.newsroom().topics)
        body = render_opml(
            tuple(channel(topic, self.site) for topic in topics),
            title=self.site.title,
            base_url=self.site.base_url,
            owner=self.site.contact,
            modified=modified,
        )
        return Outlines(body=body, modified=modified)
