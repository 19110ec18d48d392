"""The program's side: gives each ask to a free child, and replaces those that die."""

import threading
from dataclasses import replace

from feedhub.adapters.sandbox.answers import Answer, understand
from feedhub.adapters.sandbox.limits import SandboxLimits
from feedhub.adapters.sandbox.nursery import Child, ChildDiedError, ForkServer
from feedhub.adapters.sandbox.wire import MakeReader, Order, Question, pack
from feedhub.errors import SandboxError
from feedhub.model.cue import Cues
from feedhub.model.outlet import Outlets
from feedhub.model.reading import (
    Died,
    DiscoverAsk,
    Discovered,
    DiscoverOutcome,
    PageAsk,
    PageOutcome,
    ReadAsk,
    ReadDone,
    ReadEntry,
    ReadOutcome,
    Unreadable,
)

ASKS = 200
"""So many asks a child answers before a fresh one takes its place: what a body left behind in it ends with it."""

LONGEST = 500
"""Characters of a reason: people read it, and a child that was taken over may have written it."""

SOMETHING_ELSE = "the child answered something else than it was asked"


class ProcessSandbox:
    """The Sandbox port on `workers` child processes, started when asks come."""

    def __init__(self, make: MakeReader, *, limits: SandboxLimits, workers: int) -> None:
        self._make = make
        self._limits = limits
        self._order = Order(make=make, outlets=Outlets(), cues=Cues(), limits=limits)
        self._server = ForkServer()
        self._workers = workers
        self._turns = threading.BoundedSemaphore(workers)
        self._lock = threading.Lock()
        self._idle: list[Child] = []
        self._closed = False

    def load(self, outlets: Outlets, cues: Cues) -> None:
        """Use this registry and these cues from the next ask on."""
        with self._lock:
            self._order = Order(make=self._make, outlets=outlets, cues=cues, limits=self._limits)

    def read(self, ask: ReadAsk) -> ReadOutcome:
        """Read one feed body in a child. Raises SandboxError if none can be had."""
        match self._run(ask):
            case ReadDone() | Unreadable() | Died() as outcome:
                return outcome
            case _:
                return Died(why=SOMETHING_ELSE)

    def page(self, ask: PageAsk) -> PageOutcome:
        """Read one article page in a child. Raises SandboxError if none can be had."""
        match self._run(ask):
            case ReadEntry() | Unreadable() | Died() as outcome:
                return outcome
            case _:
                return Died(why=SOMETHING_ELSE)

    def discover(self, ask: DiscoverAsk) -> DiscoverOutcome:
        """Tell in a child what feeds a page names. Raises SandboxError if none can be had."""
        match self._run(ask):
            case Discovered() | Died() as outcome:
                return outcome
            case _:
                return Died(why=SOMETHING_ELSE)

    def close(self) -> None:
        """End the children that are idle, and with the last ask that is under way the others."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for child in idle:
            child.end()
        self._server.close()

    def _run(self, ask: Question) -> Answer:
        """The answer of an idle child, or else of a new one: a body is blamed only for what it did to a new child.

        One that is likely to end it is given a new one at once, so that it ends one and not two.
        """
        with self._turns:
            child = self._new() if isinstance(ask, ReadAsk) and ask.suspect else self._take()
            answer = self._answer(child, ask)
            if isinstance(answer, Died) and child.asks > 1:
                answer = self._answer(self._server.child(child.order), ask)
            return answer

    def _answer(self, child: Child, ask: Question) -> Answer:
        answer: Answer = Died(why="the ask was broken off")
        try:
            answer = _fitting(understand(child.ask(pack(ask), most=_most(ask))), ask)
        except ChildDiedError as death:
            answer = Died(why=str(death))
        except ValueError as error:
            answer = Died(why=f"the child's answer was not understood: {error}")
        finally:
            self._give_back(child, sound=not isinstance(answer, Died))
        return answer

    def _take(self) -> Child:
        with self._lock:
            while self._idle:
                child = self._idle.pop()
                if child.order is self._order and child.alive:
                    return child
                child.end()
        return self._new()

    def _new(self) -> Child:
        with self._lock:
            if self._closed:
                raise SandboxError("it has been closed")
            order = self._order
        return self._server.child(order)

    def _give_back(self, child: Child, *, sound: bool) -> None:
        with self._lock:
            if sound and not self._closed and child.asks < ASKS and len(self._idle) < self._workers:
                self._idle.append(child)
                return
        child.end()


def _fitting(answer: Answer, ask: Question) -> Answer:
    """The answer, if it is about what was asked: a child that was taken over spoils nothing else."""
    match answer, ask:
        case Unreadable() | Died(), _:
            return replace(answer, why=answer.why[:LONGEST])
        case ReadDone(), ReadAsk() if all(read.entry.source == ask.source.slug for read in answer.fresh):
            return answer
        case Discovered(), DiscoverAsk():
            return answer
        case ReadEntry(), PageAsk() if (answer.entry.key, answer.entry.source) == (ask.entry.key, ask.entry.source):
            return answer
        case _:
            return Died(why=SOMETHING_ELSE)


def _most(ask: Question) -> int:
    """Bytes that an honest answer stays well under: a text stands in an entry up to three times, escaped."""
    return (16 << 20) + 16 * len(ask.body)
