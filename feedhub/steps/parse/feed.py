"""Bytes to a feed."""

from feedhub.model.raw import ParsedFeed
from feedhub.steps.parse.document import read_xml
from feedhub.steps.parse.jsonfeed import read_json
from feedhub.steps.parse.sniff import JsonText, sniff


def parse(body: bytes, *, media_type: str, charset: str | None, url: str) -> ParsedFeed:
    """The feed in a body that was found at `url`: RSS 0.9x to 2.0, Atom 0.3 and 1.0, JSON Feed 1.0 and 1.1.

    What is broken gives what can be read, and a line in `faults`. Raises ParseError, and nothing else, for what is
    no feed: its sentence tells an admin what it is instead. The content decides; `media_type` is only named there.
    """
    found = sniff(body, media_type=media_type, charset=charset)
    return read_json(found, url=url) if isinstance(found, JsonText) else read_xml(found, url=url)
