"""When Python looks for garbage in circles, which costs a tenth of a poller's time as it comes out of the box."""

import gc

_ROOM = 50_000
"""New objects between two looks, instead of 700: a poll of fifty new entries makes some ten thousand."""


def look_less_often() -> None:
    """Leave alone for good what is there now, and look for circles among the rest far less often.

    For processes that make much and keep little. Nothing here makes circles by the thousand; what libraries leave is
    collected all the same, a few megabytes later.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_ROOM, 20, 50)
