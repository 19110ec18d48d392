"""One source through the line."""

from feedhub.flows.poll.absorb import Absorb, Placing
from feedhub.flows.poll.close import Close
from feedhub.flows.poll.ending import ended
from feedhub.flows.poll.flow import Poll
from feedhub.flows.poll.keep import Keep
from feedhub.flows.poll.outage import Outage
from feedhub.flows.poll.pages import Pages

__all__ = ["Absorb", "Close", "Keep", "Outage", "Pages", "Placing", "Poll", "ended"]
