"""Give the stored bytes of a feed to whoever asks for its address."""

from collections.abc import Callable
from dataclasses import dataclass

from feedhub.model.keys import TopicSlug
from feedhub.model.newsroom import Newsroom
from feedhub.model.page import Found, NotYet, Redirect, Unknown
from feedhub.model.rendition import Form
from feedhub.model.topic import ALL
from feedhub.ports import Store
from feedhub.steps.locate import locate


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeFeed:
    """One read of the store, nothing rendered: what cannot be served now will be in a moment."""

    store: Store
    newsroom: Callable[[], Newsroom]

    def __call__(self, slug: str, form: Form) -> Found | Redirect | Unknown | NotYet:
        """The feed of a topic, or where it is now."""
        if slug == ALL:
            return self._stored(ALL, form)
        topic = locate(slug, self.newsroom().topics)
        if topic is None:
            return Unknown()
        return self._stored(topic.slug, form) if topic.slug == slug else Redirect(to=topic.slug)

    def _stored(self, slug: TopicSlug, form: Form) -> Found | NotYet:
        with self.store.read() as unit:
            rendition = unit.renditions.get(slug, form)
        return Found(rendition=rendition) if rendition else NotYet()
