"""Lists of subscriptions (OPML 1.0 and 2.0), as other programs export them, to sources that can be written down.

Those programs agree on little: attributes come in any case, addresses begin with `feed:`, titles stand in `title` or in
`text`, groups lie within groups. Only the nesting and `xmlUrl` are relied on.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import Final

from lxml import etree

from feedhub.errors import ParseError
from feedhub.text.addresses import check_url, url_host
from feedhub.text.complaints import WrongValueError
from feedhub.text.words import words

MAX_BYTES: Final = 10_000_000
"""A list of 50,000 feeds is smaller."""

_MAX_ATTRIBUTE: Final = 2000
_MAX_TITLE: Final = 200
_MAX_TAG: Final = 60
_MAX_TAGS: Final = 10
_MAX_SLUG: Final = 40
_MIN_SLUG: Final = 3
_FEED_SCHEME: Final = re.compile(r"feed:(?://)?(?=https?://)|feed(?=://)", re.IGNORECASE)
_NOT_ASCII: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpmlSource:
    """One feed of a list: where it is, what it is called, its page, and the groups that it lies in."""

    url: str
    title: str = ""
    page: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSource:
    """A source to be written into a document. What is empty or None is left out."""

    slug: str
    url: str
    title: str = ""
    outlet: str | None = None
    lang: str | None = None
    tags: tuple[str, ...] = ()


def read_opml(body: bytes) -> tuple[OpmlSource, ...]:
    """The feeds of a list in its order, each address once; entries without an http or https address are left out.

    Raises ParseError with the line where the list breaks off.
    """
    root = _root(body)
    if _name(root) != "opml":
        raise ParseError(f"line {root.sourceline}: this is no OPML, it opens with <{_name(root)}>")
    found: dict[str, OpmlSource] = {}
    for source in _sources(root):
        before = found.get(source.url)
        found[source.url] = replace(before, tags=_tags(before.tags + source.tags)) if before else source
    return tuple(found.values())


def new_sources(found: tuple[OpmlSource, ...], *, taken: Collection[str]) -> tuple[NewSource, ...]:
    """The feeds with slugs made from their title, else from their host, that are neither taken nor given twice."""
    used = set(taken)
    numbers: dict[str, Iterator[int]] = {}
    made: list[NewSource] = []
    for source in found:
        slug = name = _slug(source)
        while slug in used:
            slug = f"{name}-{next(numbers.setdefault(name, count(2)))}"
        used.add(slug)
        made.append(NewSource(slug=slug, url=source.url, title=source.title, tags=source.tags))
    return tuple(made)


def _root(body: bytes) -> etree._Element:
    if len(body) > MAX_BYTES:
        raise ParseError(f"an OPML file of more than {MAX_BYTES // 1_000_000} MB is not read")
    text = body.lstrip()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(text, parser)
    except etree.XMLSyntaxError as error:
        line = error.position[0] + body[: len(body) - len(text)].count(b"\n")
        raise ParseError(f"line {line}: {(error.msg or 'not well-formed').partition(', line ')[0]}") from None


def _sources(root: etree._Element) -> Iterator[OpmlSource]:
    """Every outline with an address, in the order written; a stack of our own, as groups lie as deep as they like."""
    waiting: list[tuple[etree._Element, tuple[str, ...]]] = [(root, ())]
    while waiting:
        element, groups = waiting.pop()
        facts = _facts(element) if _name(element) == "outline" else {}
        title = (facts.get("title") or facts.get("text", ""))[:_MAX_TITLE].strip()
        url = _url(facts.get("xmlurl", ""))
        if url:
            tags = _tags((*groups, *_categories(facts.get("category", ""))))
            yield OpmlSource(url=url, title=title, page=facts.get("htmlurl", ""), tags=tags)
        below = (*groups, title) if title and not url else groups
        waiting.extend((child, below) for child in reversed(element))


def _name(element: etree._Element) -> str:
    """The name of an element in small letters, without its namespace; comments have a function for a name."""
    return str(element.tag).rpartition("}")[2].lower()


def _facts(element: etree._Element) -> Mapping[str, str]:
    return {str(name).lower(): _line(str(value)) for name, value in element.attrib.items()}


def _line(text: str) -> str:
    printable = (letter if letter.isprintable() else " " for letter in text[:_MAX_ATTRIBUTE])
    return " ".join("".join(printable).split())


def _url(written: str) -> str:
    url = _FEED_SCHEME.sub(lambda found: "http" if found[0].endswith("feed") else "", written, count=1)
    try:
        return check_url(url)
    except WrongValueError:
        return ""


def _categories(written: str) -> Iterator[str]:
    """OPML 2.0: categories stand between commas, each with a path of slashes."""
    return (path.rstrip("/").rpartition("/")[2] for path in written.split(","))


def _tags(names: tuple[str, ...]) -> tuple[str, ...]:
    tidy = (name.strip().lower()[:_MAX_TAG] for name in names)
    return tuple(dict.fromkeys(name for name in tidy if name))[:_MAX_TAGS]


def _slug(source: OpmlSource) -> str:
    """The title in small ASCII letters, if that leaves enough of it to know it by; else the host."""
    title = _NOT_ASCII.sub("-", " ".join(words(source.title))).strip("-")
    host = _NOT_ASCII.sub("-", url_host(source.url).removeprefix("www.")).strip("-")
    enough = len(title) >= _MIN_SLUG and len(title) * 2 > len(source.title)
    return (title if enough else host)[:_MAX_SLUG].strip("-") or "source"
