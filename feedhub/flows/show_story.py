"""Show one story with every reason for it."""

from collections.abc import Callable
from dataclasses import dataclass

from feedhub.errors import NotFoundError
from feedhub.model.explanation import Explanation
from feedhub.model.page import NotYet, Redirect, Unknown, Withdrawn
from feedhub.model.story import Story
from feedhub.ports import Store
from feedhub.text.mint import ident as ident_of

LONGEST = 64
"""Characters of the last part of a key; what is longer is no key, and not worth a look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowStory:
    """The story page; `explain` gives the reasons of a story by its key, or raises NotFoundError."""

    store: Store
    explain: Callable[[str], Explanation]

    def __call__(self, ident: str) -> Explanation | Redirect | Withdrawn | NotYet | Unknown:
        """By the last part of the story's key."""
        with self.store.read() as unit:
            story = unit.stories.resolve(ident) if _may_be_one(ident) else None
        if story is None:
            return Unknown()
        return self._page(story) if ident_of(story.key) == ident else Redirect(to=ident_of(story.key))

    def _page(self, story: Story) -> Explanation | Withdrawn | NotYet | Unknown:
        if story.withdrawn:
            return Withdrawn(at=story.withdrawn, publisher=story.shown.publisher if story.shown else None)
        if story.shown is None:
            return NotYet()
        try:
            return self.explain(story.key)
        except NotFoundError:  # taken out between the two looks
            return Unknown()


def _may_be_one(ident: str) -> bool:
    return ident.isascii() and ident.isalnum() and len(ident) <= LONGEST
