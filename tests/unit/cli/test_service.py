"""What is said before a process of the service starts; how they run is shown in tests/e2e."""

import socket

import pytest

from tests.unit.cli.conftest import Terminal


@pytest.mark.parametrize("command", ["serve", "poller", "run"])
def test_no_process_starts_while_a_document_is_wrong(terminal: Terminal, command: str) -> None:
    (terminal.root / "config" / "topics.toml").write_text("[topics.gas]\ntitle = 3\nmatch = 'gas'\n", encoding="utf-8")
    before = sorted(terminal.root.rglob("*"))
    code, out, err = terminal.says(command)
    assert (code, out, err.rpartition("topics.toml:")[2]) == (3, "", "2:1: title must be text in quotes, not 3\n")
    assert sorted(terminal.root.rglob("*")) == before


@pytest.mark.parametrize("command", ["serve", "run"])
def test_a_port_that_is_taken_is_told(terminal: Terminal, command: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        code, _, err = terminal.says(command, FEEDHUB_WEB__PORT=str(port))
    told = (
        f"port {port} on 127.0.0.1 is taken: stop what listens there, or choose another port with FEEDHUB_WEB__PORT\n"
    )
    assert (code, err) == (1, told)
