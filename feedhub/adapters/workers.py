"""Workers by name: who this process is, and whether another one on this machine is still there."""

import os
import socket
from collections.abc import Iterable


def own_name() -> str:
    """What this process leases sources as: "HOST:PID"."""
    return f"{socket.gethostname()}:{os.getpid()}"


def dead(names: Iterable[str]) -> tuple[str, ...]:
    """Those that were on this machine and are no more. One of our own name was an earlier life of our number.

    Of other machines nothing is known: what their workers hold is free when the lease is over.
    """
    return tuple(name for name in names if name == own_name() or _gone(name))


def _gone(name: str) -> bool:
    host, _, number = name.rpartition(":")
    if host != socket.gethostname() or not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False
    return False
