"""feedhub polls news feeds, keeps each story once, says who told it first, and publishes topics."""

__version__ = "0.1.0"
