"""A stopwatch that stands still while others work."""

from time import monotonic


class Watch:
    """Seconds since it was made, less the time between `pause` and `resume`.

    Outcomes are handed over one by one, and whoever takes them may parse for seconds before asking for the next.
    Servers are not to blame for that, so their time limits run on this clock.
    """

    __slots__ = ("_paused", "_zero")

    def __init__(self) -> None:
        self._zero = monotonic()
        self._paused = 0.0

    def __call__(self) -> float:
        """The time on the watch."""
        return monotonic() - self._zero

    def pause(self) -> None:
        """Stand still from now on."""
        self._paused = monotonic()

    def resume(self) -> None:
        """Go on from where it was paused."""
        self._zero += monotonic() - self._paused
