"""The bytes of feeds, and the outbox of topics that want new ones."""

from collections.abc import Iterable, Mapping
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

    def drop_others(self, topics: Iterable[TopicSlug]) -> None:
        """Forget feeds of topics that are not among these."""
        kept = set(topics)
        gone = [{"of": row.topic} for row in self._work.rows(_TOPICS) if row.topic not in kept]
        self._work.many(_DROP, gone)
        self.clear({topic: number for topic, number in self.marked().items() if topic not in kept})
        self._work.served = self._work.served or bool(gone)

    def mark(self, topics: Iterable[TopicSlug], now: datetime) -> None:
        """Outbox: these topics want to be rendered again."""
        rows = [{"topic": topic, "marks": 1, "done": 0, "at": now} for topic in sorted(set(topics))]
        self._work.many(_MARK, rows)

    def marked(self) -> Mapping[TopicSlug, int]:
        """Topics that want to be rendered again, each with a number that grows with every mark."""
        return {TopicSlug(row.topic): row.marks for row in self._work.rows(_MARKED)}

    def clear(self, marks: Mapping[TopicSlug, int]) -> None:
        """These have been rendered; a topic marked again since stays marked."""
        self._work.many(_CLEAR, [{"of": topic, "to": number} for topic, number in sorted(marks.items())])


_c = rendition.c
_PUT = Upsert(rendition, differs=True)
_GET = select(rendition).where(_c.topic == bindparam("topic"), _c.form == bindparam("form"))
_TOPICS = select(_c.topic).distinct()
_DROP = delete(rendition).where(_c.topic == bindparam("of"))

_MARK = Upsert(outbox, keep=["done"], add=["marks"])
_MARKED = select(outbox.c.topic, outbox.c.marks).where(outbox.c.marks > outbox.c.done).order_by(outbox.c.topic)
_to = bindparam("to", type_=BigInteger())
_CLEAR = update(outbox).where(outbox.c.topic == bindparam("of"), outbox.c.done < _to).values(done=_to)
