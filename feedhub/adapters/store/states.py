"""Rows of sources from and to the model.

Most fields of a state are columns of the same name. A source of a hundred thousand is leased and saved some times a
minute, so both ways go by their order, not by their names.
"""

from operator import attrgetter

from feedhub.adapters.store.tables import source
from feedhub.adapters.store.work import AnyRow
from feedhub.model.fetching import Validators
from feedhub.model.hints import Hints
from feedhub.model.source import SourceState
from feedhub.text.hosts import host_of

_KEPT = ("slug", "url", "fence", "leased_until", "entries")
_POLLED = (
    "address",
    "body_digest",
    "title",
    "due",
    "last_poll",
    "last_success",
    "last_change",
    "first_success",
    "failures",
    "failing_since",
    "busy",
    "deaths",
    "fault",
    "next_reason",
    "gone",
    "moved_to",
    "moves",
    "moved_since",
    "recent",
    "pushed",
    "status",
    "wire_bytes",
    "millis",
)
_ALIKE = (*_KEPT, *_POLLED)

COLUMNS = tuple(source.c[name] for name in (*_ALIKE, "etag", "last_modified", "hints"))
"""What `state_of` wants of a row, in this order."""
SAVED = (*_POLLED, "host", "etag", "last_modified", "hints")
"""What a poll changes: the columns that `values_of` gives."""


def state_of(row: AnyRow, *, marks: bytes = b"") -> SourceState:
    """The state of a row that holds `COLUMNS`, with the marks of what its bodies held."""
    return SourceState(
        validators=Validators(etag=row.etag, last_modified=row.last_modified),
        hints=row.hints or _SILENT,
        marks=marks,
        **dict(zip(_ALIKE, row, strict=False)),
    )


def values_of(state: SourceState) -> dict[str, object]:
    """The columns that a poll changes.

    The address in the documents, the fence, the lease and the count of entries are the store's own: they stay.
    """
    validators, hints = state.validators, state.hints
    return {
        **dict(zip(_POLLED, _polled(state), strict=True)),
        "host": host_of(state.address or state.url),
        "etag": validators.etag,
        "last_modified": validators.last_modified,
        "hints": None if hints == _SILENT else hints,
    }


_polled = attrgetter(*_POLLED)
_SILENT = Hints()
"""What most feeds say of when to ask: nothing, and nothing is stored."""
