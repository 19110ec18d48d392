"""What the ending of a poll makes of a source: its next state, when it is asked next, and why."""

from feedhub.steps.conclude.state import conclude, put_off

__all__ = ["conclude", "put_off"]
