"""The command line: one file a command group."""

from feedhub.cli.root import main

__all__ = ["main"]
