"""One source through the line."""

from feedhub.flows.poll.absorb import Absorb, Placing
from feedhub.flows.poll.flow import Poll

__all__ = ["Absorb", "Placing", "Poll"]
