"""Items to entries, and who each of them is; runs in the sandbox but for the latter."""

from feedhub.steps.clean.entry import clean
from feedhub.steps.clean.identity import Memory, beside, named, own_guid
from feedhub.steps.clean.page import trimmed, with_page

__all__ = ["Memory", "beside", "clean", "named", "own_guid", "trimmed", "with_page"]
