"""What a person ruled: data, re-applied whenever the program decides again, undoable."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """`kind` is `merge`, `split`, `never_merge`, `credit`, `lock` ...; `subject` the key it is about.

    `detail` is what was decided, as JSON text. `undone` is when it was taken back, or None.
    """

    id: int
    kind: str
    subject: str
    detail: str
    by: str
    at: datetime
    undone: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One accepted or refused state of a document, kept word for word. `faults` is empty where it was accepted."""

    document: str
    digest: str
    text: str
    at: datetime
    author: str
    note: str = ""
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """One thing that was done to the service by a person or by itself, for the log that is kept."""

    at: datetime
    by: str
    action: str
    subject: str
    detail: str = ""
