"""Hosts that are not well, on each database."""

from dataclasses import replace

from feedhub.adapters.store import SqlStore
from feedhub.model.source import HostState
from tests.builders import NOW
from tests.contract.polling import MINUTE

DOWN = HostState(host="x.example", failures=3, busy=1, until=NOW + MINUTE, reason="three failures in a row — wait")


def test_get_gives_those_of_the_hosts_that_are_not_well(store: SqlStore) -> None:
    """As they were saved last."""
    with store.write() as unit:
        unit.hosts.save(replace(DOWN, host="y.example:8080", until=None))
        unit.hosts.save(replace(DOWN, failures=1))
        unit.hosts.save(DOWN)
    with store.read() as unit:
        found = unit.hosts.get(["x.example", "y.example:8080", "z.example", ""])
        assert found == {"x.example": DOWN, "y.example:8080": replace(DOWN, host="y.example:8080", until=None)}
        assert unit.hosts.get([]) == {}


def test_save_of_a_host_that_is_well_again_removes_it(store: SqlStore) -> None:
    """Whether there was anything to remove or not; one that is busy or rests is not well."""
    with store.write() as unit:
        for name, state in {
            "x": DOWN,
            "busy": HostState(host="", busy=1),
            "rests": HostState(host="", until=NOW),
        }.items():
            unit.hosts.save(replace(state, host=name))
        for name in ("x", "z"):
            unit.hosts.save(HostState(host=name, reason="well"))
        assert set(unit.hosts.get(["x", "z", "busy", "rests"])) == {"busy", "rests"}


def test_resting_names_those_whose_rest_is_not_over(store: SqlStore) -> None:
    """By name, compared by bytes; to the microsecond."""
    resting = tuple(replace(DOWN, host=name) for name in ("X.example", "a.example", "b.example"))
    with store.write() as unit:
        for state in (*reversed(resting), replace(DOWN, host="c.example", until=NOW)):
            unit.hosts.save(state)
    with store.read() as unit:
        assert unit.hosts.resting(NOW) == resting
        assert unit.hosts.resting(NOW + MINUTE) == ()
