"""Bytes to a feed."""

from feedhub.model.raw import ParsedFeed, Portion
from feedhub.steps.parse.document import read_xml
from feedhub.steps.parse.jsonfeed import read_json
from feedhub.steps.parse.marks import chosen_of
from feedhub.steps.parse.news import read_new_usual, read_new_xml
from feedhub.steps.parse.sitemap import is_sitemap, read_sitemap
from feedhub.steps.parse.sniff import JsonText, sniff


def parse(body: bytes, *, media_type: str, charset: str | None, url: str) -> ParsedFeed:
    """The feed in a body that was found at `url`: RSS 0.9x to 2.0, Atom, JSON Feed 1.0 and 1.1, news sitemaps.

    What is broken gives what can be read, and a line in `faults`. Raises ParseError, and nothing else, for what is
    no feed: its sentence tells an admin what it is instead. The content decides; `media_type` is only named there.
    """
    found = sniff(body, media_type=media_type, charset=charset)
    if isinstance(found, JsonText):
        return read_json(found, url=url)
    return read_sitemap(found, url=url) if is_sitemap(found) else read_xml(found, url=url)


def parse_new(body: bytes, *, media_type: str, charset: str | None, url: str, seen: bytes, most: int) -> Portion:
    """What is new in a feed: as `parse`, without the items that were `seen`, and at most so many of the others.

    `seen` holds the marks of items, 8 bytes each, as the last portion gave them.
    """
    usual = read_new_usual(body, charset=charset, url=url, seen=seen, most=most)
    if usual is not None:
        return usual
    found = sniff(body, media_type=media_type, charset=charset)
    if isinstance(found, JsonText):
        return chosen_of(read_json(found, url=url), seen=seen, most=most)
    if is_sitemap(found):
        return chosen_of(read_sitemap(found, url=url), seen=seen, most=most)
    return read_new_xml(found, url=url, seen=seen, most=most)
