"""The real program as tests run it: a folder that is a project, commands that end, and processes that go on."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Self

LONGEST = 60.0
"""Seconds that any command may take in a test; all take one or two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A command that has ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401  # whatever the command printed
        """Standard output, read as JSON."""
        return json.loads(self.out)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An answer over HTTP, header names in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


@dataclass(slots=True, kw_only=True)
class Project:
    """A folder, and the variables that commands in it see beside what Python needs and, where `measured`, coverage."""

    root: Path
    variables: dict[str, str] = field(default_factory=dict)
    measured: bool = True

    def call(self, *arguments: str, stdin: bytes = b"", cwd: Path | None = None) -> Ended:
        """Run a command of feedhub in the folder to its end."""
        ended = subprocess.run(
            [*FEEDHUB, *arguments],
            cwd=cwd or self.root,
            env=self.environment(),
            input=stdin,
            capture_output=True,
            timeout=LONGEST,
            check=False,
        )
        return Ended(code=ended.returncode, out=ended.stdout.decode(), err=ended.stderr.decode())

    def get(self, path: str) -> str:
        """What `feedhub get` answers with success."""
        ended = self.call("get", path)
        assert ended.code == 0, ended
        return ended.out

    def start(self, *arguments: str) -> "Running":
        """Start a command that goes on; it is ended when its block is left."""
        return Running(arguments, self)

    def file(self, name: str) -> Path:
        """A document under config/."""
        return self.root / "config" / name

    def append(self, name: str, text: str) -> None:
        """Add to a document as an editor does: whole or not at all."""
        whole = self.file(name).read_text(encoding="utf-8") + text
        self.rewrite(name, whole)

    def rewrite(self, name: str, text: str) -> None:
        """Replace a document as an editor does: whole or not at all."""
        beside = self.root / "config" / ".edited"
        beside.write_text(text, encoding="utf-8")
        beside.replace(self.file(name))

    def environment(self) -> dict[str, str]:
        """What commands see: nothing of the machine's own feedhub."""
        foreign = ("FEEDHUB_", "GRANIAN_", "DATABASE_URL", "PG", *(() if self.measured else ("COVERAGE",)))
        return {name: value for name, value in os.environ.items() if not name.startswith(foreign)} | self.variables


class Running:
    """A process of feedhub that goes on; its output lies in files that can be read while it runs."""

    def __init__(self, arguments: tuple[str, ...], project: Project) -> None:
        folder = project.root / "var"
        folder.mkdir(exist_ok=True)
        name = f"{arguments[0]}-{time.monotonic_ns()}"
        self._files = folder / f"{name}.out", folder / f"{name}.err"
        with self._files[0].open("wb") as out, self._files[1].open("wb") as err:
            self.process = subprocess.Popen(
                [*FEEDHUB, *arguments],
                cwd=project.root,
                env=project.environment(),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )

    @property
    def out(self) -> str:
        """Standard output so far."""
        return self._files[0].read_text(encoding="utf-8")

    @property
    def err(self) -> str:
        """Standard error so far."""
        return self._files[1].read_text(encoding="utf-8")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        left = descendants(self.process.pid)
        for pid in (self.process.pid, *left):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def until(self, condition: Callable[[], object], *, within: float = 30.0) -> None:
        """Wait until something is so while the process runs; fails with its output if that takes too long."""
        deadline = time.monotonic() + within
        while not condition():
            assert self.process.poll() is None, f"it has ended with {self.process.returncode}\n{self.out}\n{self.err}"
            assert time.monotonic() < deadline, f"not so after {within} s\n{self.out}\n{self.err}"
            time.sleep(0.05)

    def stop(self, number: signal.Signals = signal.SIGTERM, *, within: float = 10.0) -> Ended:
        """Send a signal to its whole group, as a terminal or an init does, and wait for the end."""
        os.killpg(self.process.pid, number)
        return self.ended(within=within)

    def terminate(self, *, within: float = 10.0) -> Ended:
        """Send SIGTERM to the process alone, and wait for the end."""
        self.process.terminate()
        return self.ended(within=within)

    def ended(self, *, within: float = LONGEST) -> Ended:
        """How it ended, once it has."""
        code = self.process.wait(within)
        return Ended(code=code, out=self.out, err=self.err)


def ask(port: int, path: str, **headers: str) -> Answered:
    """A GET over the network; underscores in header names stand for dashes."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        fields = {name.lower(): value for name, value in response.getheaders()}
        return Answered(status=response.status, headers=fields, body=response.read())
    finally:
        connection.close()


def answers(port: int, path: str, *, holding: str = "") -> bool:
    """Whether a page is there and holds some text; no server is no answer."""
    with suppress(OSError):
        answer = ask(port, path)
        return answer.status == 200 and holding in answer.text
    return False


def free_port() -> int:
    """A port on loopback that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def descendants(pid: int) -> tuple[int, ...]:
    """The processes that a process has started, and those that they have started."""
    parents = dict(filter(None, map(_pid_and_parent, Path("/proc").glob("[0-9]*/stat"))))
    found: list[int] = []
    waiting = [pid]
    while waiting:
        parent = waiting.pop()
        children = [child for child, its_parent in parents.items() if its_parent == parent]
        found += children
        waiting += children
    return tuple(found)


def lives(pid: int) -> bool:
    """Whether a process is there and is no zombie."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


FEEDHUB = (sys.executable, "-m", "feedhub")


def _pid_and_parent(stat: Path) -> tuple[int, int] | None:
    try:
        name, _, rest = stat.read_text(encoding="utf-8").rpartition(")")
    except OSError:
        return None
    return int(name.partition(" ")[0]), int(rest.split()[1])
