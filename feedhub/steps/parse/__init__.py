"""Bytes to a feed, a page to its text, its list of articles, or the feeds that it names; runs in the sandbox."""

from feedhub.steps.parse.discover import discover
from feedhub.steps.parse.feed import parse, parse_new
from feedhub.steps.parse.listing import read_listing
from feedhub.steps.parse.marks import chosen_of
from feedhub.steps.parse.page import read_page

__all__ = ["chosen_of", "discover", "parse", "parse_new", "read_listing", "read_page"]
