"""Stories to the bytes of feeds: RSS 2.0, Atom 1.0 and JSON Feed 1.1 of a topic, and the OPML list of all topics."""

from feedhub.steps.render.channel import all_topic, channel
from feedhub.steps.render.feed import render
from feedhub.steps.render.opml import render_opml

__all__ = ["all_topic", "channel", "render", "render_opml"]
