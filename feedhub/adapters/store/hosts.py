"""Hosts that are not well."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from feedhub.adapters.store.columns import Texts, each
from feedhub.adapters.store.tables import host
from feedhub.adapters.store.work import AnyRow, Upsert, Work
from feedhub.model.source import HostState


class HostTable:
    """HostRows on the database."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, hosts: Iterable[str]) -> Mapping[str, HostState]:
        """Those of the hosts that have a row."""
        names = [*hosts]
        rows = self._work.rows(_GET, {"hosts": names}) if names else ()
        return {row.host: _state(row) for row in rows}

    def save(self, state: HostState) -> None:
        """Store; a state that says nothing has its row removed."""
        if state.failures or state.busy or state.until:
            self._work.run(_SAVE, _values(state))
        else:
            self._work.run(_DROP, {"of": state.host})

    def resting(self, now: datetime) -> tuple[HostState, ...]:
        """All whose rest is not over, by name."""
        return tuple(_state(row) for row in self._work.rows(_RESTING, {"now": now}))


_GET = select(host).where(host.c.host.in_(select(each("hosts", Texts()).c.value)))
_SAVE = Upsert(host)
_DROP = delete(host).where(host.c.host == bindparam("of"))
_RESTING = select(host).where(host.c.until > bindparam("now")).order_by(host.c.host)


def _values(state: HostState) -> dict[str, object]:
    return {
        "host": state.host,
        "failures": state.failures,
        "busy": state.busy,
        "until": state.until,
        "reason": state.reason,
    }


def _state(row: AnyRow) -> HostState:
    return HostState(host=row.host, failures=row.failures, busy=row.busy, until=row.until, reason=row.reason)
