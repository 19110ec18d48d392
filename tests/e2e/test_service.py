"""The service as processes: how they start, what they say, how they end."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import planted
from tests.e2e.news import BRIDGE, item, rss
from tests.e2e.origin import Origin, answer, hang
from tests.e2e.program import Project, Running, answers, ask, descendants, free_port, lives

WRONG = '\n[topics.broken]\ntitle = "Broken"\nmatch = "bridge AND ("\n'
MENDED = '\n[topics.mended]\ntitle = "Mended"\nmatch = "bridge"\n'


@pytest.fixture
def port(project: Project) -> int:
    """A free port, which the project's web server is told to use."""
    number = free_port()
    project.variables["FEEDHUB_WEB__PORT"] = str(number)
    return number


@pytest.fixture
def untouched(template: Path, tmp_path: Path) -> Project:
    """A project that has never been used: documents and nothing else."""
    project = planted(template, tmp_path / "untouched")
    for path in (project.root / "var").iterdir():
        path.unlink()
    (project.root / "var").rmdir()
    return project


def test_run_says_where_it_is_and_ends_on_an_interrupt_without_another_word(project: Project, port: int) -> None:
    with project.start("run") as running:
        running.until(lambda: running.out)
        assert answers(port, "/all.rss")
        ended = running.stop(signal.SIGINT)
    said = f"feedhub is at http://127.0.0.1:{port}/, for readers at http://127.0.0.1:8000/ - stop it with Ctrl-C\n"
    assert (ended.code, ended.out, ended.err) == (0, said, "")


def test_run_ends_within_seconds_and_leaves_no_process_though_a_source_never_answers(
    project: Project, port: int
) -> None:
    with Origin({"/feed": hang()}) as origin:
        _add_source(project, origin)
        with project.start("run") as running:
            running.until(lambda: origin.heads and answers(port, "/healthz"))
            started = (running.process.pid, *descendants(running.process.pid))
            ended = running.terminate()
            assert [pid for pid in started if lives(pid)] == []
    assert (len(started) > 2, ended.code, ended.err) == (True, 0, "")


def lives_on(pid: int, within: float = 15.0) -> bool:
    """Whether a process is still there after a while."""
    deadline = time.monotonic() + within
    while lives(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return lives(pid)


def test_web_server_ends_when_run_is_killed_outright(project: Project, port: int) -> None:
    with project.start("run") as running:
        running.until(lambda: answers(port, "/healthz"))
        started = descendants(running.process.pid)
        running.process.kill()
        running.ended(within=5)
        assert [pid for pid in started if lives_on(pid)] == []


def test_run_ends_with_the_web_server(project: Project, port: int) -> None:
    with project.start("run") as running:
        running.until(lambda: answers(port, "/healthz"))
        started = descendants(running.process.pid)
        os.kill(next(pid for pid in started if "granian" in _command(pid)), signal.SIGKILL)
        ended = running.ended(within=15)
        assert [pid for pid in started if lives(pid)] == []
    assert (ended.code, ended.err) == (1, "the web server has ended; what it said stands above\n")


def test_a_port_that_is_taken_is_told(project: Project) -> None:
    with Origin({}) as other:
        project.variables["FEEDHUB_WEB__PORT"] = str(other.port)
        ended = project.call("run")
    told = f"port {other.port} on 127.0.0.1 is taken: stop what listens there, or choose another port with "
    assert (ended.code, ended.out, ended.err) == (1, "", f"{told}FEEDHUB_WEB__PORT\n")


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which something else listens."""
    with Origin({}) as other:
        yield other.port


@pytest.mark.parametrize("command", ["run", "poll"])
def test_nothing_starts_while_a_document_is_wrong(untouched: Project, taken: int, command: str) -> None:
    untouched.append("topics.toml", WRONG)
    untouched.variables["FEEDHUB_WEB__PORT"] = str(taken)
    before = _names(untouched.root)
    ended = untouched.call(command)
    line = untouched.file("topics.toml").read_text(encoding="utf-8").count("\n")
    told = f"config/topics.toml:{line}:21: '(' is never closed (add the ')' that is missing)\n"
    assert (ended.code, ended.out, ended.err) == (3, "", told)
    assert _names(untouched.root) == before


def test_nothing_starts_while_the_settings_are_wrong(untouched: Project) -> None:
    text = untouched.file("feedhub.toml").read_text(encoding="utf-8")
    untouched.rewrite("feedhub.toml", text.replace('window = "72h"', 'window = "72 hours"'))
    before = _names(untouched.root)
    ended = untouched.call("run")
    line = 1 + text.split('window = "72h"')[0].count("\n")
    where, _, told = ended.err.partition(": ")
    assert (ended.code, ended.out, where) == (3, "", f"config/feedhub.toml:{line}:1")
    assert told.startswith('"72 hours" is no duration (')
    assert _names(untouched.root) == before


def test_a_poll_that_is_interrupted_ends_without_a_traceback(project: Project) -> None:
    with Origin({"/feed": hang()}) as origin:
        _add_source(project, origin)
        with project.start("poll", "--due", "--once") as running:
            running.until(lambda: origin.heads)
            ended = running.stop(signal.SIGINT)
    assert (ended.code, ended.out, ended.err) == (130, "", "interrupted\n")


def test_while_a_document_is_wrong_the_last_good_one_runs_on(project: Project, port: int) -> None:
    feed = rss(item("1", "Bridge opened over the Lissa", *BRIDGE, link="https://mirel.example/bridge"))
    del project.variables["FEEDHUB_NOW"]
    project.variables["FEEDHUB_POLLING__TICK"] = "1s"
    with Origin({"/feed": answer(200, "Content-Type: application/xml", body=feed)}) as origin:
        _add_source(project, origin)
        with project.start("poller") as poller, project.start("serve") as serve:
            serve.until(lambda: answers(port, "/all.rss", holding="Lissa"))
            good = ask(port, "/all.rss")
            documents = project.file("topics.toml").read_text(encoding="utf-8")
            project.append("topics.toml", WRONG)
            serve.until(lambda: answers(port, "/status", holding="topics.toml:"))
            checked = project.call("check")
            assert (checked.code, ask(port, "/all.rss").body) == (3, good.body)
            assert "error document refused, the last good one runs on fault=" in poller.err
            project.rewrite("topics.toml", documents + MENDED)
            serve.until(lambda: answers(port, "/topics/mended.rss", holding="Lissa"))
            assert not answers(port, "/status", holding="topics.toml:")
            assert project.call("check").code == 0
            _end_both(poller, serve)


def _end_both(poller: Running, serve: Running) -> None:
    started = [pid for each in (poller, serve) for pid in (each.process.pid, *descendants(each.process.pid))]
    codes = [each.terminate().code for each in (poller, serve)]
    assert (codes, [pid for pid in started if lives(pid)]) == ([0, 0], [])


def _add_source(project: Project, origin: Origin) -> None:
    project.append("sources.toml", f'[sources.mirel]\nurl = "{origin.url("/feed")}"\noutlet = "tass"\n')
    project.variables["FEEDHUB_HTTP__ALLOW_HOSTS"] = origin.authority


def _names(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*"))


def _command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
