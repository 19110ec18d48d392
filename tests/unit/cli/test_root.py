"""Finding commands, and how they end."""

import re
from pathlib import Path

import pytest
from click import Context

from feedhub.cli import main
from feedhub.cli.root import COMMANDS
from tests.unit.cli.conftest import Terminal


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_says_of_each_command_what_it_says_itself(name: str) -> None:
    command = main.get_command(Context(main), name)
    assert command is not None
    assert (command.name, command.get_short_help_str(80)) == (name, COMMANDS[name][1])


def test_help_lists_commands_and_exit_codes(terminal: Terminal) -> None:
    code, out, _ = terminal.says("--help")
    listed = [line.split()[0] for line in out.partition("Commands:\n")[2].partition("\n\n")[0].splitlines()]
    assert (code, listed) == (0, list(COMMANDS))
    assert "Exit codes: 0 all is well; 1 something failed" in out


def test_the_readme_tells_of_every_command() -> None:
    readme = Path(__file__).parents[3].joinpath("README.md").read_text(encoding="utf-8")
    table = readme.partition("## Commands")[2].partition("##")[0]
    told = {words.split()[0] for words in re.findall(r"`([^`]+)`", table.partition("Exit codes")[0])}
    assert told == set(COMMANDS)


def test_a_command_that_is_mistyped_is_told_with_the_nearest(terminal: Terminal) -> None:
    code, _, err = terminal.says("expain")
    assert (code, err.splitlines()[-1]) == (2, "Error: there is no command 'expain': did you mean 'explain'?")


def test_a_command_that_is_like_none_is_told(terminal: Terminal) -> None:
    code, _, err = terminal.says("frobnicate")
    assert (code, err.splitlines()[-1]) == (2, "Error: there is no command 'frobnicate'")


def test_an_option_that_does_not_exist_is_a_wrong_call(terminal: Terminal) -> None:
    assert terminal.says("poll", "--frobnicate")[0] == 2
