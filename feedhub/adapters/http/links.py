"""The links that a reply's head names (RFC 8288)."""

import re
from collections.abc import Iterator
from typing import Final

from feedhub.model.fetching import Link
from feedhub.text.urls import absolute

MOST: Final = 50
"""Links of one reply at most; a page that preloads its parts names some twenty."""


def read_links(lines: tuple[str, ...], base: str) -> tuple[Link, ...]:
    """The links in the values of Link headers, relative ones read against `base`, the reply's own URL.

    A link with several relations becomes several. Those that are said of another document than the reply (`anchor`),
    that name no relation or that lead to no web page are left out. Values are Latin-1 as heads give them; whoever
    leaves other scripts unescaped means UTF-8.
    """
    found: list[Link] = []
    for line in lines:
        for target, parameters in _values(_text(line)):
            if parameters.get("rel") and _is_own(base, parameters.get("anchor", "")):
                found += _links(absolute(base, target.strip() or base), parameters)
            if len(found) >= MOST:
                return tuple(found[:MOST])
    return tuple(found)


_TARGET = re.compile(r"[\s,]*<([^>]*)>")
_PARAMETER = re.compile(r'\s*;\s*(?:([^\s=;,"<>]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?)?')
_ESCAPED = re.compile(r"\\(.)")
_RELATION = re.compile(r"[!-~]{1,200}")
_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,60}")


def _text(line: str) -> str:
    try:
        return line.encode("latin-1").decode()
    except UnicodeError:
        return line


def _values(line: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Each target with its parameters by their names in lower case, the first of a name; up to where it is broken."""
    place = 0
    while found := _TARGET.match(line, place):
        place = found.end()
        parameters: dict[str, str] = {}
        while parameter := _PARAMETER.match(line, place):
            place = parameter.end()
            name, quoted, plain = parameter.groups()
            if name:
                value = plain or "" if quoted is None else _ESCAPED.sub(r"\1", quoted)
                parameters.setdefault(name.lower(), value)
        yield found[1], parameters


def _is_own(base: str, anchor: str) -> bool:
    """Whether what is said of the anchor is said of the reply itself."""
    return not anchor or absolute(base, anchor) == absolute(base, base)


def _links(url: str, parameters: dict[str, str]) -> Iterator[Link]:
    media_type = parameters.get("type", "").partition(";")[0].strip().lower()
    title = " ".join(parameters.get("title", "").split())
    for rel in dict.fromkeys(parameters.get("rel", "").lower().split()):
        if url and _RELATION.fullmatch(rel):
            yield Link(rel=rel, url=url, media_type=media_type if _TYPE.fullmatch(media_type) else "", title=title)
