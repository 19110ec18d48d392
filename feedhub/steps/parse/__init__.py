"""Bytes to a feed, and a page to its text; runs in the sandbox."""

from feedhub.steps.parse.feed import parse
from feedhub.steps.parse.page import read_page

__all__ = ["parse", "read_page"]
