"""What reading one body may cost, and how a child takes these limits."""

import os
import resource
import signal
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

GRACE_SECONDS = 1.0
"""A child ends itself so long after the wall limit, in case that nobody is left to end it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxLimits:
    """What reading one body may cost; memory counts from what a child has mapped before it reads."""

    cpu: timedelta = timedelta(seconds=5)
    wall: timedelta = timedelta(seconds=20)
    memory_mb: int = 512


def take_for_life(limits: SandboxLimits) -> None:
    """Give up, in this process and for good, what reading needs none of: files, sockets, processes, more memory."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")  # first to go, before the program
    most = _address_space() + (limits.memory_mb << 20)
    for kind, limit in (
        (resource.RLIMIT_AS, most),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 0),  # what is open stays open: the pipe
    ):
        resource.setrlimit(kind, (limit, limit))


def start_watch(limits: SandboxLimits) -> None:
    """Count CPU and wall time from now on; the system ends the process by SIGPROF or SIGALRM when either is spent.

    Timers, because RLIMIT_CPU counts whole seconds over the whole life of the process.
    """
    signal.setitimer(signal.ITIMER_PROF, limits.cpu.total_seconds())
    signal.setitimer(signal.ITIMER_REAL, limits.wall.total_seconds() + GRACE_SECONDS)


def stop_watch() -> None:
    """Count no more."""
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)


def cause_of_death(code: int | None, limits: SandboxLimits) -> str:
    """In plain words, from an exit code (that of a signal is negative), or None where nobody saw it."""
    if code is None:
        return "the child ended and nobody saw why"
    if code == -signal.SIGPROF:
        return f"reading it took more than {limits.cpu.total_seconds():g} s of CPU time"
    if code == -signal.SIGALRM:
        return too_long(limits)
    if code == -signal.SIGKILL:
        return "the system ended the child, most likely for want of memory"
    if code < 0:
        return f"the parser crashed ({_signal_name(-code)})"
    return f"the child ended with exit code {code}"


def too_long(limits: SandboxLimits) -> str:
    """What is said of a child that was ended because it did not answer in time."""
    return f"reading it took longer than {limits.wall.total_seconds():g} s"


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # real-time signals have no names
        return f"signal {number}"


def _address_space() -> int:
    """Bytes of address space in use: libraries map much that they never touch, so the limit counts from here."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):  # no Linux
        return 1 << 30
    return pages * os.sysconf("SC_PAGE_SIZE")
