"""The web server as a program of its own: granian, on the port that the settings name."""

import errno
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import sleep

from feedhub.cli.endings import FAILED, end
from feedhub.wiring import House

THREADS = 4
"""Threads of one web worker: answers are short, and Python runs one at a time."""

BACKLOG = 256
"""Requests that may wait for them."""

STARTS = 30.0
"""Seconds that the server has to begin to answer; it takes two on a slow machine."""
GRACE = 8.0
"""Seconds that it has to end."""
_LOOK = 0.05

OWNER = "FEEDHUB_OWNER"
"""The variable that names the process to which a web server belongs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where the web server listens."""

    host: str
    port: int

    def __str__(self) -> str:
        """As a browser takes it."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104  # a name of it that leads there
        return f"http://[{host}]:{self.port}/" if ":" in host else f"http://{host}:{self.port}/"


def free_address(host: str, port: int, *, setting: str = "FEEDHUB_WEB__PORT") -> Address:
    """The address, if nothing listens there; port 0 takes any that is free. Ends the command where it cannot be had.

    `setting` is what to change for another one.
    """
    try:
        family, _, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
            return Address(host=host, port=probe.getsockname()[1])
    except OSError as error:
        end(_why(error, host=host, port=port, setting=setting), FAILED)


def command(house: House, address: Address) -> list[str]:
    """The command line of the server."""
    options = {
        "interface": "wsgi",
        "host": address.host,
        "port": str(address.port),
        "workers": str(house.settings.web.workers),
        "blocking-threads": str(THREADS),
        "backpressure": str(BACKLOG),
        "workers-kill-timeout": str(int(GRACE // 2)),
        "log-level": "warning",
    }
    given = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-P", "-m", "granian", *given, "--factory", "--no-ws", "feedhub.cli.webapp:web_app"]


def surroundings(house: House) -> Mapping[str, str]:
    """The environment of the server: that of the house, where the project lies, and where Python finds feedhub."""
    path = os.pathsep.join(str(Path(each).absolute()) for each in sys.path)
    return {**house.environ, "FEEDHUB_DIR": str(house.root), "PYTHONPATH": path}


def owned(surrounding: Mapping[str, str]) -> Mapping[str, str]:
    """The environment of a server that ends when this process is no more, however it came to its end."""
    return {**surrounding, OWNER: str(os.getpid())}


class WebServer:
    """The server as a child of this process, in a process group of its own: a terminal's signals come through us."""

    def __init__(self, house: House, address: Address) -> None:
        self._address = address
        self._child = subprocess.Popen(command(house, address), env=owned(surroundings(house)), process_group=0)

    def answers(self) -> bool:
        """Whether it listens now, after waiting a moment."""
        with suppress(OSError), socket.create_connection((self._address.host, self._address.port), timeout=_LOOK):
            return True
        sleep(_LOOK)
        return False

    def ended(self) -> bool:
        """Whether it is no more."""
        return self._child.poll() is not None

    def stop(self) -> None:
        """End it with its workers: gently, then not."""
        self._child.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._child.wait(GRACE)
        with suppress(ProcessLookupError):
            os.killpg(self._child.pid, signal.SIGKILL)
        self._child.wait()


def _why(error: OSError, *, host: str, port: int, setting: str) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} on {host} is taken: stop what listens there, or choose another port with {setting}"
    if error.errno == errno.EACCES:
        return f"port {port} on {host} needs more rights: choose one above 1023 with {setting}"
    return f"cannot listen on {host}, port {port}: {error.strerror or error}"
