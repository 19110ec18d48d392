"""The bytes of feeds, and the outbox of topics that want new ones."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import BigInteger, bindparam, delete, select, update

from feedhub.adapters.store.tables import outbox, rendition
from feedhub.adapters.store.work import Upsert, Work
from feedhub.model.keys import TopicSlug
from feedhub.model.rendition import Form, Rendition


class RenditionTable:
    """RenditionRows on the database."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def put(self, rendition: Rendition) -> None:
        """Store the bytes; the change counter moves if they differ from what was there."""
        values = {
            "topic": rendition.topic,
            "form": rendition.form.value,
            "etag": rendition.etag,
            "gzip_etag": rendition.gzip_etag,
            "modified": rendition.modified,
            "dropped": rendition.dropped,
            "body": rendition.body,
            "gzip": rendition.gzip,
        }
        if self._work.run(_PUT, values).rowcount:
            self._work.served = True

    def get(self, topic: TopicSlug, form: Form) -> Rendition | None:
        """The bytes of a feed."""
        row = self._work.row(_GET, {"topic": topic, "form": form.value})
        if row is None:
            return None
        return Rendition(
            topic=TopicSlug(row.topic),
            form=Form(row.form),
            body=row.body,
            etag=row.etag,
            gzip=row.gzip,
            gzip_etag=row.gzip_etag,
            modified=row.modified,
            dropped=row.dropped,
        )

    def forms(self) -> frozenset[tuple[TopicSlug, Form]]:
        """The feeds that there are, by topic and form."""
        return frozenset((TopicSlug(row.topic), Form(row.form)) for row in self._work.rows(_FORMS))

    def drop_others(self, topics: Iterable[TopicSlug]) -> None:
        """Forget feeds of topics that are not among these."""
        kept = set(topics)
        gone = [{"of": row.topic} for row in self._work.rows(_TOPICS) if row.topic not in kept]
        self._work.many(_DROP, gone)
        for topic in self.marked():
            if topic not in kept:
                self.settle(topic, self.marks(topic))
        self._work.served = self._work.served or bool(gone)

    def mark(self, topics: Iterable[TopicSlug], now: datetime) -> None:
        """Outbox: these topics want to be rendered again."""
        rows = [{"topic": topic, "marks": 1, "done": 0, "at": now} for topic in sorted(set(topics))]
        self._work.many(_MARK, rows)

    def marked(self) -> tuple[TopicSlug, ...]:
        """Topics that want to be rendered again, by slug."""
        return tuple(TopicSlug(row.topic) for row in self._work.rows(_MARKED))

    def marks(self, topic: TopicSlug) -> int:
        """How often a topic was marked: a number that grows with every mark."""
        row = self._work.row(_MARKS, {"of": topic})
        return row.marks if row else 0

    def settle(self, topic: TopicSlug, marks: int) -> bool:
        """Say that a topic is rendered as it was after so many marks; False, and nothing done, if a later state was."""
        row = self._work.row(_MARKS, {"of": topic})
        if row and row.done > marks:
            return False
        self._work.run(_SETTLE, {"of": topic, "to": marks})
        return True

    def forget(self, before: datetime) -> int:
        """Let go of the marks of topics that were marked last before and rendered since; gives how many."""
        return self._work.run(_FORGET, {"before": before}).rowcount


_c = rendition.c
_PUT = Upsert(rendition, differs=True)
_GET = select(rendition).where(_c.topic == bindparam("topic"), _c.form == bindparam("form"))
_TOPICS = select(_c.topic).distinct()
_FORMS = select(_c.topic, _c.form).where(_c.form.in_([form.value for form in Form]))
_DROP = delete(rendition).where(_c.topic == bindparam("of"))

_MARK = Upsert(outbox, keep=["done"], add=["marks"])
_MARKED = select(outbox.c.topic).where(outbox.c.marks > outbox.c.done).order_by(outbox.c.topic)
_MARKS = select(outbox.c.marks, outbox.c.done).where(outbox.c.topic == bindparam("of"))
_SETTLE = update(outbox).where(outbox.c.topic == bindparam("of")).values(done=bindparam("to", type_=BigInteger()))
_FORGET = delete(outbox).where(outbox.c.at < bindparam("before"), outbox.c.marks <= outbox.c.done)
