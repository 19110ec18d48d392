"""What flows ask of the store as a whole, and of its book of what people did."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from feedhub.model.decision import AuditLine, Decision, Revision
from feedhub.ports.news import EntryRows, RenditionRows, StoryRows
from feedhub.ports.polling import HostRows, SourceRows, SubscriptionRows


class BookRows(Protocol):
    """What people did: revisions of documents, decisions, the audit log."""

    def add_revision(self, revision: Revision) -> None:
        """Keep a state of a document."""

    def latest(self, document: str, *, accepted: bool = True) -> Revision | None:
        """The newest accepted state of a document, or its newest state of any kind."""

    def add_decision(self, decision: Decision) -> int:
        """Keep what a person ruled; gives its id (that of the argument is ignored)."""

    def decisions(self, subject: str | None = None) -> tuple[Decision, ...]:
        """What was ruled, oldest first."""

    def note(self, line: AuditLine) -> None:
        """Add to the audit log."""

    def audit(self, limit: int) -> tuple[AuditLine, ...]:
        """The newest lines of the audit log, newest first."""

    def forget_lines(self, before: datetime, limit: int) -> int:
        """Drop lines of the audit log from before, among its first `limit`; gives how many went."""

    def set_fact(self, name: str, value: str) -> None:
        """Keep one fact about the service itself ("faults", "poller_seen")."""

    def fact(self, name: str) -> str | None:
        """One fact about the service itself."""


class Unit(Protocol):
    """One transaction's view of the store, a set of rows a noun."""

    sources: SourceRows
    hosts: HostRows
    subscriptions: SubscriptionRows
    entries: EntryRows
    stories: StoryRows
    renditions: RenditionRows
    book: BookRows


class Store(Protocol):
    """Where everything is kept. A unit that ends by an exception has changed nothing."""

    def read(self) -> AbstractContextManager[Unit]:
        """A consistent view; writing in it is an error."""

    def write(self) -> AbstractContextManager[Unit]:
        """One transaction; one writer at a time places entries, so that two pollers give the same stories as one."""

    def change(self) -> int:
        """A number that moves whenever what is served may have changed."""

    def close(self) -> None:
        """Give back connections."""
