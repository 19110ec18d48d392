"""Sources to the end of a document, so that every line of it stays as its editor left it."""

import tomlkit

from feedhub.errors import ConfigError, Fault
from feedhub.steps.define.opml import NewSource
from feedhub.text.toml import NotToml, plain, read_toml


def add_sources(text: str, sources: tuple[NewSource, ...], *, name: str = "sources.toml") -> str:
    """The text of the document `name` with a `[sources.SLUG]` table at its end for each source.

    Only what is new is written by tomlkit; the rest is not even read by it. Raises ConfigError where the text would
    stop being TOML, as it does if a slug is there already.
    """
    if not sources:
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    tables = newline.join(_table(source).replace("\n", newline) for source in sources)
    gap = "" if text.endswith("\n") or not text.strip() else newline
    whole = f"{text}{gap}{newline if text.strip() else ''}{tables}"
    wrong = read_toml(plain(whole))
    if isinstance(wrong, NotToml):
        raise ConfigError((Fault(file=name, line=wrong.line, column=wrong.column, message=wrong.message),))
    return whole


def _table(source: NewSource) -> str:
    table = tomlkit.table()
    table["url"] = source.url
    for key, value in (("outlet", source.outlet), ("title", source.title), ("lang", source.lang)):
        if value:
            table[key] = value
    if source.tags:
        table["tags"] = list(source.tags)
    sources = tomlkit.table(is_super_table=True)
    sources[source.slug] = table
    document = tomlkit.document()
    document["sources"] = sources
    return tomlkit.dumps(document)
