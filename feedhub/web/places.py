"""Every address that pages and redirects name, from the base URL alone: what a request claims plays no part."""

from urllib.parse import quote, urlsplit

from feedhub.model.keys import StoryKey
from feedhub.model.rendition import Form
from feedhub.model.topic import ALL
from feedhub.text.mint import ident

CALLBACKS = "/websub/"
"""Where hubs call; what follows is the token of a subscription."""


class Places:
    """Paths as browsers see them, below the path of `base_url` where it has one."""

    def __init__(self, base_url: str) -> None:
        parts = urlsplit(base_url)
        self.host = parts.netloc
        self.scheme = parts.scheme
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._root = parts.path.rstrip("/")

    def page(self, path: str = "/") -> str:
        """The path of a page of ours by its route."""
        return f"{self._root}{path}"

    def topic(self, slug: str, offset: int = 0) -> str:
        """The page of a topic, from some story on."""
        path = f"/{ALL}" if slug == ALL else f"/topics/{quote(slug, safe='')}"
        return self.page(path) + (f"?offset={offset}" if offset else "")

    def feed(self, slug: str, form: Form) -> str:
        """A topic's feed in one form."""
        return f"{self.topic(slug)}.{form}"

    def story(self, name: str) -> str:
        """The page of a story by its key, or by the last part of it."""
        return self.page(f"/stories/{quote(ident(StoryKey(name)), safe='')}")

    def source(self, slug: str) -> str:
        """The page of a source."""
        return self.page(f"/sources/{quote(slug, safe='')}")

    def callback(self, token: str) -> str:
        """Where a hub calls for the subscription with this token, as the hub has to write it."""
        return self.absolute(self.page(f"{CALLBACKS}{token}"))

    def absolute(self, path: str) -> str:
        """The same with scheme and host, for what is read elsewhere."""
        return f"{self._origin}{path}"
