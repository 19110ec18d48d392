"""What commands share: the house of the folder they were called for, with its log."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from feedhub.logs import set_up_logs
from feedhub.wiring import House


@contextmanager
def the_house(root: Path, *, level: str | None = None) -> Iterator[House]:
    """The house of a folder, closed at the end. `level` is how much to log where the settings shall not decide."""
    with kept(House(root), level=level) as house:
        yield house


@contextmanager
def kept(house: House, *, level: str | None = None) -> Iterator[House]:
    """The house with its log set up, closed at the end."""
    log = house.settings.log
    set_up_logs(level=level or log.level, as_json=log.as_json)
    try:
        yield house
    finally:
        house.close()
