"""What people did, on each database."""

from dataclasses import replace
from datetime import timedelta

from feedhub.adapters.store import SqlStore
from feedhub.model.decision import AuditLine, Decision, Revision
from tests.builders import NOW

REVISION = Revision(
    document="topics.toml",
    digest="00ff",
    text='[topics.sea]\r\ntitle = "Море"  # comment\n',
    at=NOW,
    author="editor",
    note="first",
)
DECISION = Decision(id=0, kind="never_merge", subject="tag:a", detail='{"story": "б"}', by="editor", at=NOW)
LINE = AuditLine(at=NOW, by="editor", action="document saved", subject="topics.toml", detail="2 topics")


def test_latest_gives_the_newest_accepted_state_or_the_newest_of_any_kind(store: SqlStore) -> None:
    """Line ends, comments and faults come back as they were."""
    refused = replace(REVISION, digest="01", faults=("topics.toml:1:1: no", "topics.toml:2:1: no"))
    with store.write() as unit:
        unit.book.add_revision(replace(REVISION, digest="first"))
        unit.book.add_revision(REVISION)
        unit.book.add_revision(refused)
        unit.book.add_revision(replace(REVISION, document="sources.toml"))
    with store.read() as unit:
        assert unit.book.latest("topics.toml") == REVISION
        assert unit.book.latest("topics.toml", accepted=False) == refused
        assert unit.book.latest("cues.toml") is None


def test_decisions_come_oldest_first_with_ids_of_their_own(store: SqlStore) -> None:
    """A subject may be an address of any length."""
    other = replace(DECISION, subject="tag:b" * 2000, undone=NOW + timedelta(seconds=1))
    with store.write() as unit:
        ids = [unit.book.add_decision(item) for item in (DECISION, other, replace(DECISION, id=77, kind="lock"))]
    stored = (
        replace(DECISION, id=ids[0]),
        replace(other, id=ids[1]),
        replace(DECISION, id=ids[2], kind="lock"),
    )
    with store.read() as unit:
        assert ids == sorted(set(ids))
        assert unit.book.decisions() == stored
        assert unit.book.decisions("tag:a") == (stored[0], stored[2])
        assert unit.book.decisions("tag:b" * 2000) == (stored[1],)
        assert unit.book.decisions("tag:none") == ()


def test_audit_gives_the_newest_lines_first(store: SqlStore) -> None:
    """Also when somebody asks for more lines than a database can count."""
    lines = [replace(LINE, detail=str(number)) for number in range(3)]
    with store.write() as unit:
        for line in lines:
            unit.book.note(line)
    with store.read() as unit:
        assert unit.book.audit(2) == (lines[2], lines[1])
        assert unit.book.audit(10**30) == tuple(reversed(lines))


def test_a_fact_is_what_was_set_last(store: SqlStore) -> None:
    """Empty is a fact, too."""
    with store.write() as unit:
        unit.book.set_fact("faults", "one")
        unit.book.set_fact("faults", "")
        unit.book.set_fact("poller_seen", "now")
    with store.read() as unit:
        assert (unit.book.fact("faults"), unit.book.fact("poller_seen"), unit.book.fact("none")) == ("", "now", None)
