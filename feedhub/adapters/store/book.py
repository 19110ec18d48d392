"""What people did: revisions of documents, decisions, the audit log, and facts about the service."""

from datetime import datetime

from sqlalchemy import bindparam, insert, select

from feedhub.adapters.store.codec import mark
from feedhub.adapters.store.forget import forget_lines
from feedhub.adapters.store.tables import audit, decision, fact, revision
from feedhub.adapters.store.work import AnyRow, Upsert, Work, bounded
from feedhub.model.decision import AuditLine, Decision, Revision


class BookTable:
    """BookRows on the database."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add_revision(self, revision: Revision) -> None:
        """Keep a state of a document."""
        values = {
            "document": revision.document,
            "accepted": not revision.faults,
            "digest": revision.digest,
            "at": revision.at,
            "author": revision.author,
            "note": revision.note,
            "faults": revision.faults,
            "text": revision.text,
        }
        self._work.run(_ADD_REVISION, values)

    def latest(self, document: str, *, accepted: bool = True) -> Revision | None:
        """The newest accepted state of a document, or its newest state of any kind."""
        row = self._work.row(_ACCEPTED if accepted else _LATEST, {"of": document})
        return _revision(row) if row else None

    def add_decision(self, decision: Decision) -> int:
        """Keep what a person ruled; gives its id (that of the argument is ignored)."""
        values = {
            "kind": decision.kind,
            "subject": decision.subject,
            "subject_mark": mark(decision.subject),
            "detail": decision.detail,
            "by": decision.by,
            "at": decision.at,
            "undone": decision.undone,
        }
        return int(self._work.run(_ADD_DECISION, values).scalar_one())

    def decisions(self, subject: str | None = None) -> tuple[Decision, ...]:
        """What was ruled, oldest first."""
        if subject is None:
            return tuple(map(_decision, self._work.rows(_DECISIONS)))
        return tuple(map(_decision, self._work.rows(_RULED, {"of": subject, "mark": mark(subject)})))

    def note(self, line: AuditLine) -> None:
        """Add to the audit log."""
        values = {"at": line.at, "by": line.by, "action": line.action, "subject": line.subject, "detail": line.detail}
        self._work.run(_NOTE, values)

    def audit(self, limit: int) -> tuple[AuditLine, ...]:
        """The newest lines of the audit log, newest first."""
        return tuple(map(_line, self._work.rows(_AUDIT, {"most": bounded(limit)})))

    def forget_lines(self, before: datetime, limit: int) -> int:
        """Drop lines of the audit log from before, among its first `limit`; gives how many went."""
        return forget_lines(self._work, before, limit)

    def set_fact(self, name: str, value: str) -> None:
        """Keep one fact about the service itself."""
        self._work.run(_SET_FACT, {"name": name, "value": value})

    def fact(self, name: str) -> str | None:
        """One fact about the service itself."""
        row = self._work.row(_FACT, {"of": name})
        return row.value if row else None


_ADD_REVISION = insert(revision)
_LATEST = select(revision).where(revision.c.document == bindparam("of")).order_by(revision.c.id.desc()).limit(1)
_ACCEPTED = _LATEST.where(revision.c.accepted)

_ADD_DECISION = insert(decision).returning(decision.c.id)
_DECISIONS = select(decision).order_by(decision.c.id)
_RULED = _DECISIONS.where(decision.c.subject_mark == bindparam("mark"), decision.c.subject == bindparam("of"))

_NOTE = insert(audit)
_AUDIT = select(audit).order_by(audit.c.id.desc()).limit(bindparam("most"))

_SET_FACT = Upsert(fact)
_FACT = select(fact.c.value).where(fact.c.name == bindparam("of"))


def _revision(row: AnyRow) -> Revision:
    return Revision(
        document=row.document,
        digest=row.digest,
        text=row.text,
        at=row.at,
        author=row.author,
        note=row.note,
        faults=row.faults,
    )


def _decision(row: AnyRow) -> Decision:
    return Decision(
        id=row.id,
        kind=row.kind,
        subject=row.subject,
        detail=row.detail,
        by=row.by,
        at=row.at,
        undone=row.undone,
    )


def _line(row: AnyRow) -> AuditLine:
    return AuditLine(at=row.at, by=row.by, action=row.action, subject=row.subject, detail=row.detail)
