"""One value of one source, set in a document; every other character of it stays as its editor left it."""

from collections.abc import MutableMapping

import tomlkit
from tomlkit.exceptions import TOMLKitError


def set_source(text: str, slug: str, *, key: str, value: str) -> str | None:
    """The text with `key` of `[sources.SLUG]` set to `value`; None where the text defines no such source."""
    try:
        document = tomlkit.parse(text)
    except TOMLKitError:
        return None
    sources = document.get("sources")
    source = sources.get(slug) if isinstance(sources, MutableMapping) else None
    if not isinstance(source, MutableMapping):
        return None
    source[key] = value
    return tomlkit.dumps(document)
