"""When a source is asked next, in words that are right whenever they are read.

The reason was written when the source was last asked ("in 7 min: publishes 4/h"); minutes later it is not 7 any more.
"""

from datetime import datetime

from feedhub.model.source import HostState, SourceState
from feedhub.text.durations import tell_duration

_IN = "in "


def tell_next(state: SourceState, now: datetime, *, rests: HostState | None = None) -> str:
    """Such as "in 5 min: publishes 4/h"; `rests` is its host, if that is left alone for a while."""
    if state.gone:
        return state.next_reason or "not again"
    if rests is not None and rests.until is not None and rests.until > max(state.due, now):
        return f"{_IN}{tell_duration(rests.until - now)}: {rests.reason}"
    if state.due <= now:
        return "now"
    _, colon, why = state.next_reason.partition(": ")
    if not state.next_reason.startswith(_IN):
        return state.next_reason or f"{_IN}{tell_duration(state.due - now)}"
    return f"{_IN}{tell_duration(state.due - now)}{colon}{why}"
