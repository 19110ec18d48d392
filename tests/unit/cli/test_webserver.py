"""Where the web server may listen."""

import socket

import pytest

from feedhub.cli.webserver import Address, free_address


def test_port_0_takes_a_free_one() -> None:
    address = free_address("127.0.0.1", 0)
    with socket.create_server((address.host, address.port)) as listener:
        assert listener.getsockname() == (address.host, address.port)


def test_a_port_that_is_taken_ends_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(SystemExit) as ended:
            free_address("127.0.0.1", port, setting="--port")
    told = f"port {port} on 127.0.0.1 is taken: stop what listens there, or choose another port with --port\n"
    assert (ended.value.code, capsys.readouterr().err) == (1, told)


def test_a_host_that_is_not_ours_ends_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        free_address("192.0.2.1", 8000)
    assert (ended.value.code, capsys.readouterr().err) == (
        1,
        "cannot listen on 192.0.2.1, port 8000: Cannot assign requested address\n",
    )


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("127.0.0.1", "http://127.0.0.1:80/"),
        ("0.0.0.0", "http://127.0.0.1:80/"),
        ("::", "http://[::1]:80/"),
        ("::1", "http://[::1]:80/"),
        ("news.example.org", "http://news.example.org:80/"),
    ],
)
def test_an_address_is_shown_as_browsers_take_it(host: str, shown: str) -> None:
    assert str(Address(host=host, port=80)) == shown
