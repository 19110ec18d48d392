"""Whole ports in memory, for flows and pages."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from feedhub.errors import ConfigError, Fault
from feedhub.flows.read import Read
from feedhub.model.cue import Cues
from feedhub.model.fetching import Ask, Fetched, NotModified, Outcome, Refused, Validators, Why
from feedhub.model.newsroom import DocumentText
from feedhub.model.outlet import Outlets
from feedhub.model.reading import Died, DiscoverAsk, DiscoverOutcome, PageAsk, PageOutcome, ReadAsk, ReadOutcome
from tests.builders import NOW

A = TypeVar("A")
B = TypeVar("B")


@dataclass(slots=True)
class SetTime:
    """A clock that a test moves."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        """The time that the test set."""
        return self.now

    def advance(self, by: timedelta) -> None:
        """Let time pass."""
        self.now += by


@dataclass(slots=True)
class ScriptedFetcher:
    """Answers each address with what the test put there; a body answers 304 to its own ETag, like a good server."""

    answers: dict[str, bytes | Outcome] = field(default_factory=dict)
    asked: list[Ask] = field(default_factory=list)

    def __call__(self, asks: Iterable[Ask | None]) -> Iterator[tuple[tuple[Ask, Outcome], ...]]:
        """Each ask with its outcome, one by one in the order of the asks, with a moment of quiet before the first."""
        yield ()
        for ask in filter(None, asks):  # there is none that waits: each has its outcome before the next is taken
            self.asked.append(ask)
            yield ((ask, self._answer(ask)),)

    def _answer(self, ask: Ask) -> Outcome:
        answer = self.answers.get(ask.url)
        if answer is None:
            return Refused(why=Why.STATUS, detail="the server says 404 Not Found: look for the new address", status=404)
        if not isinstance(answer, bytes):
            return answer
        validators = Validators(etag=f'"{hash(answer)}"')
        if ask.validators == validators:
            return NotModified(validators=validators, millis=1)
        return Fetched(
            body=answer,
            media_type="text/html" if answer.lstrip()[:5] in {b"<html", b"<!doc"} else "application/xml",
            charset="utf-8",
            url=ask.url,
            validators=validators,
            wire_bytes=len(answer),
            millis=1,
        )


@dataclass(slots=True)
class InlineSandbox:
    """Reads in the test's own process; a body that holds `kill` ends the child that reads it."""

    kill: bytes = b"KILL THE PARSER"
    reader: Read = field(default_factory=lambda: Read(Outlets(), Cues()))

    def load(self, outlets: Outlets, cues: Cues) -> None:
        """Use these from now on."""
        self.reader = Read(outlets, cues)

    def read(self, ask: ReadAsk) -> ReadOutcome:
        """Read one feed body."""
        return Died(why="the parser crashed (SIGSEGV)") if self.kill in ask.body else self.reader(ask)

    def page(self, ask: PageAsk) -> PageOutcome:
        """Read one article page."""
        return Died(why="the parser crashed (SIGSEGV)") if self.kill in ask.body else self.reader.page(ask)

    def discover(self, ask: DiscoverAsk) -> DiscoverOutcome:
        """Tell what feeds a page names."""
        return Died(why="the parser crashed (SIGSEGV)") if self.kill in ask.body else self.reader.discover(ask)

    def close(self) -> None:
        """Nothing to end."""


class InlineDispatcher:
    """One thing after the other."""

    def map(self, work: Callable[[A], B], items: Iterable[A]) -> Iterator[B]:
        """Results in the order of the items."""
        return map(work, items)


@dataclass(slots=True)
class TextDocuments:
    """Documents in memory; one whose text is None cannot be read."""

    texts: dict[str, str | None]

    def read(self) -> tuple[DocumentText, ...]:
        """All of them, in the order they were put in."""
        for name, text in self.texts.items():
            if text is None:
                raise ConfigError((Fault(file=name, line=0, column=0, message="cannot be read"),))
        return tuple(DocumentText(name=name, text=text or "") for name, text in self.texts.items())

    def write(self, document: DocumentText) -> None:
        """Replace one."""
        self.texts[document.name] = document.text
