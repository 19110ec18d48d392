"""Documents, the texts that admins edit, to a newsroom or to every fault in them; and OPML to documents."""

from feedhub.steps.define.adding import add_sources
from feedhub.steps.define.editing import set_source
from feedhub.steps.define.newsroom import define
from feedhub.steps.define.opml import NewSource, OpmlSource, new_sources, read_opml

__all__ = ["NewSource", "OpmlSource", "add_sources", "define", "new_sources", "read_opml", "set_source"]
