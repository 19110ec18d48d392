"""Workers by name."""

import os
import socket
import subprocess
import sys

from feedhub.adapters.workers import dead, own_name


def test_own_name_is_machine_and_process() -> None:
    """So that a person can find it."""
    assert own_name() == f"{socket.gethostname()}:{os.getpid()}"


def test_one_by_our_own_name_is_dead_for_it_cannot_be_another() -> None:
    """In a container every life of the program has the same number."""
    assert dead([own_name()]) == (own_name(),)


def test_process_that_has_ended_is_dead_and_one_that_runs_is_not() -> None:
    """On this machine."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        name = f"{socket.gethostname()}:{process.pid}"
        assert dead([name]) == ()
        process.communicate(b"\n")
    assert dead([name]) == (name,)


def test_process_of_somebody_else_lives() -> None:
    """The first process of a machine always runs, and is seldom ours."""
    assert dead([f"{socket.gethostname()}:1"]) == ()


def test_nothing_is_said_of_other_machines_and_of_names_that_are_none() -> None:
    """What they hold is free when the lease is over."""
    others = ("elsewhere.example:1", "test", f"{socket.gethostname()}:99999999999999999999", "")
    assert dead(others) == ()
