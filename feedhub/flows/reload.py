"""Take the documents into use: whole and right, or not at all."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from feedhub.errors import ConfigError, Fault
from feedhub.model.decision import Revision
from feedhub.model.keys import Digest
from feedhub.model.newsroom import DocumentText
from feedhub.model.page import DOCUMENT_FAULTS
from feedhub.model.site import Desk
from feedhub.model.topic import Topic
from feedhub.ports import Clock, Sandbox, Store, Unit
from feedhub.text.digest import digest

_log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Reload:
    """Keeps the desk in use. While a document is wrong, the last good desk runs on and the fault is kept for people.

    `texts` and `check` read and judge the documents; `reroute` is called when the topics have changed. A process
    that only serves passes no store and no sandbox: it follows the documents and writes nothing.
    """

    texts: Callable[[], tuple[DocumentText, ...]]
    check: Callable[[tuple[DocumentText, ...]], Desk]
    clock: Clock
    store: Store | None = None
    sandbox: Sandbox | None = None
    reroute: Callable[[], object] | None = None
    _desk: Desk | None = field(default=None, init=False)
    _seen: Digest | None = field(default=None, init=False)

    def desk(self) -> Desk:
        """The desk in use; the first call loads it. Raises ConfigError if it was never right.

        Topics that changed while no process ran are routed then.
        """
        if self._desk is None:
            self._desk, before = self._take(self.texts())
            if self.reroute and before and self._topics(before) != self._desk.newsroom.topics:
                self.reroute()
        return self._desk

    def __call__(self) -> bool:
        """Look at the documents again; says whether a new desk is in use."""
        before = self.desk()
        try:
            texts = self.texts()
            if _digest(texts) == self._seen:
                return False
            self._desk, _ = self._take(texts)
        except ConfigError as error:
            self._refuse(error)
            return False
        if self.reroute and before.newsroom.topics != self._desk.newsroom.topics:
            self.reroute()
        _log.info("documents taken into use", extra={"digest": self._desk.newsroom.digest})
        return True

    def _keeps(self, before: Desk, after: Desk) -> None:
        """Refuse to lose everything at once: an emptied file is a slip, or an editor caught in the middle of saving."""
        was, will_be = before.newsroom, after.newsroom
        for noun, had, has in (
            ("sources", was.sources, will_be.sources),
            ("topics", was.topics, will_be.topics),
        ):
            if had and not has:
                message = f"the documents define no {noun} any more, {len(had)} were in use"
                hint = "to mean it, start feedhub anew"
                raise ConfigError((Fault(file="config/", line=0, column=0, message=message, hint=hint),))

    def _take(self, texts: tuple[DocumentText, ...]) -> tuple[Desk, tuple[DocumentText, ...]]:
        """The desk of these texts, with the store and the sandbox told of it, and the texts that were in use before."""
        self._seen = _digest(texts)
        desk = self.check(texts)
        if self._desk:
            self._keeps(self._desk, desk)
        if self.sandbox:
            self.sandbox.load(desk.newsroom.outlets, desk.newsroom.cues)
        if self.store is None:
            return desk, ()
        with self.store.write() as unit:
            unit.sources.sync(desk.newsroom.sources, self.clock())
            return desk, self._record(unit, texts)

    def _record(self, unit: Unit, texts: tuple[DocumentText, ...]) -> tuple[DocumentText, ...]:
        """Keep what has changed as revisions; gives the documents as they were before."""
        unit.book.set_fact(DOCUMENT_FAULTS, "")
        before: list[DocumentText] = []
        for document in texts:
            mark = digest(document.text)
            latest = unit.book.latest(document.name)
            if latest:
                before.append(DocumentText(name=document.name, text=latest.text))
            if latest is None or latest.digest != mark:
                revision = Revision(
                    document=document.name, digest=mark, text=document.text, at=self.clock(), author="file"
                )
                unit.book.add_revision(revision)
        return tuple(before)

    def _topics(self, texts: tuple[DocumentText, ...]) -> tuple[Topic, ...]:
        """What the texts defined; none where this version of feedhub finds them wrong."""
        try:
            return self.check(texts).newsroom.topics
        except ConfigError:
            return ()

    def _refuse(self, error: ConfigError) -> None:
        lines = "\n".join(str(fault) for fault in error.faults)
        if self.store is None:
            return
        with self.store.write() as unit:
            if unit.book.fact(DOCUMENT_FAULTS) == lines:
                return
            unit.book.set_fact(DOCUMENT_FAULTS, lines)
        for fault in error.faults:
            _log.error("document refused, the last good one runs on", extra={"fault": str(fault)})


def _digest(texts: tuple[DocumentText, ...]) -> Digest:
    return digest(*(part for document in texts for part in (document.name, document.text)))
