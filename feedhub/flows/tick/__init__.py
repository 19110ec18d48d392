"""A look for due sources."""

from feedhub.flows.tick.flow import HANDS, Tick

__all__ = ["HANDS", "Tick"]
