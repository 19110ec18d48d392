"""run, serve and poller: the processes of the service."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from time import monotonic

import click

from feedhub.adapters.schedule import TickSchedule
from feedhub.cli.endings import FAILED, end
from feedhub.cli.house import kept, the_house
from feedhub.cli.webserver import STARTS, Address, WebServer, command, free_address, surroundings
from feedhub.errors import FeedhubError
from feedhub.wiring import House

_log = logging.getLogger(__name__)

GRACE = 5.0
"""Seconds that a tick under way has to end. What it has not stored by then is polled again later: nothing is lost."""
AT_ONCE = 16
"""Ticks that may be under way: more than begin while the slowest server uses up its time."""
_LOOK = 0.2


@click.command(short_help="Start web and poller together.")
@click.pass_obj
def run(root: Path) -> None:
    """Start web and poller together, until interrupted."""
    with the_house(root) as house:
        house.verified()  # what is wrong with the documents comes before what is wrong with the port
        web = house.settings.web
        run_service(house, free_address(web.host, web.port))


@click.command(short_help="Start the web server alone.")
@click.pass_obj
def serve(root: Path) -> None:
    """Start the web server alone. It serves what is stored and never polls."""
    with kept(House(root, serving=True)) as house:
        house.published()  # before the server starts: documents checked, database up to date
        web = house.settings.web
        address = free_address(web.host, web.port)
        program, surrounding = command(house, address), surroundings(house)
        _welcome(house, address)
    os.execve(program[0], program, surrounding)  # noqa: S606  # this process becomes the server: signals reach it


@click.command(short_help="Start the poller alone.")
@click.pass_obj
def poller(root: Path) -> None:
    """Start the poller alone. Several may run on one PostgreSQL database."""
    with the_house(root) as house:
        _Ticking(house).until(_signalled())


def run_service(house: House, address: Address) -> None:
    """Web as a child process, the poller here; either one's end is the end of both."""
    ticking = _Ticking(house)
    stop = _signalled()
    house.publish()  # so that every address answers from the first moment
    web = WebServer(house, address)
    try:
        if _waited(web, stop):
            _welcome(house, address)
            ticking.until(stop, or_when=web.ended, before_leaving=web.stop)
        fell = web.ended() and not stop.is_set()
    finally:
        web.stop()
    if fell:
        end("the web server has ended; what it said stands above", FAILED)


class _Ticking:
    """The poller of a house: ticks, and does between them what must not wait for slow servers.

    A tick that waits for a silent source shows what the others have brought, but not what has settled meanwhile.
    """

    def __init__(self, house: House) -> None:
        house.desk()  # whatever is wrong with the documents is told now
        house.free_dead()
        self._house = house
        tick, every = house.tick, house.settings.polling.tick
        duties = (house.publish, house.read_pushes, house.subscribe)
        self._schedules = (
            TickSchedule(lambda: _once(tick), every=every, at_once=AT_ONCE),
            *(TickSchedule(partial(_done, duty), every=every) for duty in duties),
        )

    def until(
        self,
        stop: threading.Event,
        *,
        or_when: Callable[[], bool] = lambda: False,
        before_leaving: Callable[[], None] = lambda: None,
    ) -> None:
        """Tick until told to stop, or until `or_when` says so.

        A tick that waits for a server that does not answer is left alone after a while, with the process:
        `before_leaving` is called first then.
        """
        for schedule in self._schedules:
            schedule.start()
        while not stop.wait(_LOOK) and not or_when():
            pass
        stopping = threading.Thread(target=self._end, name="stopping", daemon=True)
        stopping.start()
        stopping.join(GRACE)
        if stopping.is_alive():
            before_leaving()
            with suppress(FeedhubError):  # then the leases are over by themselves, later
                self._house.leave()
            sys.stdout.flush()
            os._exit(0 if stop.is_set() else FAILED)

    def _end(self) -> None:
        for schedule in self._schedules:
            schedule.stop()


def _once(tick: Callable[[], object]) -> None:
    tick()


def _done(duty: Callable[[], object]) -> None:
    try:
        duty()
    except FeedhubError as error:
        _log.error("duty failed", extra={"duty": type(duty).__name__, "fault": str(error)})  # the next time comes soon


def _signalled() -> threading.Event:
    """Set by the signals that ask a process to end."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _waited(web: WebServer, stop: threading.Event) -> bool:
    """Whether the server answers before it or the user gives up."""
    began = monotonic()
    while not stop.is_set() and not web.ended() and monotonic() - began < STARTS:
        if web.answers():
            return True
    return False


def _welcome(house: House, address: Address) -> None:
    public = f"{house.site.base_url}/"
    readers = "" if public == str(address) else f", for readers at {public}"
    click.echo(f"feedhub is at {address}{readers} - stop it with Ctrl-C")
    sys.stdout.flush()
