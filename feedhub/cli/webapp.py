"""The app as a WSGI server asks for it, in a process that only serves."""

import os
import signal
import threading
from pathlib import Path
from wsgiref.types import WSGIApplication

from feedhub.cli.webserver import OWNER
from feedhub.logs import set_up_logs
from feedhub.settings import environment
from feedhub.wiring import House

FOLLOW_SECONDS = 2.0
"""How often the process looks whether the documents have changed."""


def web_app() -> WSGIApplication:
    """The app of the folder that FEEDHUB_DIR names; it follows the documents by itself."""
    house = House(Path(environment().get("FEEDHUB_DIR", ".")).resolve(), serving=True)
    set_up_logs(level=house.settings.log.level, as_json=house.settings.log.as_json)
    house.desk()
    _follow(house, owner=environment().get(OWNER))
    return house.app


def _follow(house: House, *, owner: str | None) -> None:
    """Look at the documents every few seconds in a thread of its own, for as long as the process lives.

    That is as long as its owner lives, where it has one: if `run` is killed outright, its port must be free again.
    """
    stop = threading.Event()

    def look() -> None:
        while not stop.wait(FOLLOW_SECONDS):
            if owner and not Path(f"/proc/{owner}").exists() and Path("/proc/self").exists():
                os.killpg(0, signal.SIGTERM)
            house.reload()

    threading.Thread(target=look, name="follow-documents", daemon=True).start()
