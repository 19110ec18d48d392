"""A raw item to an entry that is safe to store, compare and show; runs in the sandbox."""

from feedhub.steps.clean.entry import clean
from feedhub.steps.clean.page import trimmed, with_page

__all__ = ["clean", "trimmed", "with_page"]
