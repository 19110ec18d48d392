"""A clock that stands still until it is moved on."""


class Hands:
    """Seconds as `time.monotonic` gives them, moved by the test alone."""

    def __init__(self, start: float = 1000.0) -> None:
        self.now = start

    def __call__(self) -> float:
        """The time."""
        return self.now

    def on(self, seconds: float) -> None:
        """Let so much time pass."""
        self.now += seconds
