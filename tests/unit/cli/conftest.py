"""Commands run within the tests' own process."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from feedhub.adapters.seed import plant
from feedhub.cli import main


class Terminal:
    """A project's folder in which commands are called, as from a shell that has no terminal."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def call(self, *arguments: str, stdin: str | bytes = "", **variables: str) -> Result:
        """Call a command; unexpected errors are raised."""
        environ = {"FEEDHUB_DIR": str(self.root), "FEEDHUB_NOW": "2026-03-02T09:00:00Z"} | variables
        runner = CliRunner(env={name: environ.get(name) for name in (*_FOREIGN, *environ)})
        return runner.invoke(main, arguments, input=stdin)

    def says(self, *arguments: str, **variables: str) -> tuple[int, str, str]:
        """Exit code, standard output and standard error of a command."""
        result = self.call(*arguments, **variables)
        return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """A new project; what commands do to the log of this process is undone."""
    plant(tmp_path, with_sources=False)
    root, ours = logging.getLogger(), logging.getLogger("feedhub")
    before = list(root.handlers), root.level, ours.level
    yield Terminal(tmp_path)
    root.handlers[:], root.level = before[0], before[1]
    ours.setLevel(before[2])


_FOREIGN = ("DATABASE_URL", "FEEDHUB_WEB__PORT", "FEEDHUB_STORAGE__DATABASE_URL")
