"""A few rows as each revision of the tables would hold them, in SQL that imports nothing which may change later."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from sqlalchemy import Connection, text

Rows = Mapping[str, Mapping[str, object]]
"""One row a table."""

Moment = Callable[[datetime], object]
"""A datetime as the database keeps it."""


def fill(connection: Connection, revision: str) -> None:
    """Put the rows of a revision into a database that is at it."""
    sqlite = connection.dialect.name == "sqlite"
    for table, row in FILLED[revision](_micros if sqlite else _same).items():
        names, values = ", ".join(f'"{name}"' for name in row), ", ".join(f":{name}" for name in row)
        connection.execute(text(f'INSERT INTO "{table}" ({names}) VALUES ({values})'), row)  # noqa: S608  # ours


def _micros(moment: datetime) -> object:
    return round(moment.timestamp() * 1_000_000)


def _same(moment: datetime) -> object:
    return moment


_NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_PUBLISHED = datetime(2026, 3, 2, 8, 50, tzinfo=UTC)
_OUTLET = '{"slug":"harbour_post","name":"Harbour Post"}'
_CREDIT = f'{{"publisher":{_OUTLET},"originator":null,"chain":[{_OUTLET}],"confidence":1.0,"evidence":[],"by":"text"}}'
_TITLE = "Ferry line to the islands opens in May"
_TEXT = "The first ferry to the outer islands leaves on 4 May, the port said."
_SHOWN = (
    '{"entry":"tag:feeds.example.org,2026:entry:1",'
    f'"title":"{_TITLE}","link":"https://harbour.example/1","summary":"<p>{_TEXT}</p>","content":"","lang":"en",'
    '"authors":[],"tags":[],"media":[],"published":"2026-03-02T08:50:00Z","ranked":"2026-03-02T08:50:00Z","updated":"2026-03-02T09:00:00Z",'
    f'"credit":{_CREDIT},"publisher":{_OUTLET},"source":"harbour","source_title":"Harbour Post",'
    '"source_url":"https://harbour.example/rss","origin_link":"","reports":1,"independent":1,"note":""}'
)


def _first(at: Moment) -> Rows:
    story = "tag:feeds.example.org,2026:story:1"
    return {
        "source": {
            "slug": "harbour",
            "url": "https://harbour.example/rss",
            "host": "harbour.example",
            "title": "Harbour Post",
            "due": at(_NOW),
            "fence": 3,
            "worker": "",
            "failures": 0,
            "deaths": 0,
            "fault": "",
            "next_reason": "",
            "gone": False,
            "entries": 1,
        },
        "story": {
            "key": story,
            "ident": "1",
            "opened": at(_NOW),
            "publish_at": at(_NOW),
            "changed": at(_NOW),
            "ranked": at(_PUBLISHED),
            "shown": _SHOWN,
            "locked": False,
        },
        "entry": {
            "key": "tag:feeds.example.org,2026:entry:1",
            "source": "harbour",
            "guid_mark": 1,
            "guid": "1",
            "story": story,
            "seen": at(_NOW),
            "published": at(_PUBLISHED),
            "raw": "raw-1",
            "digest": "digest-1",
            "link": "https://harbour.example/1",
            "canonical": "https://harbour.example/1",
            "lang": "en",
            "title": _TITLE,
            "authors": "[]",
            "tags": "[]",
            "media": "[]",
            "origins": "[]",
            "words": 20,
            "shingles": b"\xff" * 8,
            "text": _TEXT,
            "summary": f"<p>{_TEXT}</p>",
            "content": "",
        },
        "credit": {"entry": 1, "publisher": "harbour_post", "value": _CREDIT},
        "placement": {"entry": 1, "kind": "opens", "value": '{"kind":"opens","story":null,"bridged":[],"compared":[]}'},
        "match": {
            "story": story,
            "topic": "sea",
            "ranked": at(_PUBLISHED),
            "clause": "ferry",
            "words": '["ferry"]',
            "at": at(_NOW),
        },
        "counter": {"name": "shown:sea", "value": 1},
        "shingle": {"hash": -1, "entry": 1, "seen": at(_NOW)},
        "stub": {
            "id": 0,
            "key": "tag:feeds.example.org,2026:entry:0",
            "source": "harbour",
            "guid_mark": 8493733112532773764,
            "guid": "0",
            "raw": "raw-0",
        },
    }


def _second(at: Moment) -> Rows:
    """The rows of the first with what polls have added."""
    rows = {table: dict(row) for table, row in _first(at).items()}
    rows["source"] |= {
        "address": "https://harbour.example/feed",
        "first_success": at(_PUBLISHED),
        "busy": 0,
        "moves": 1,
        "hints": None,
        "pushed": True,
        "status": 200,
        "wire_bytes": 5120,
        "millis": 80,
    }
    rows["entry"]["extras"] = "[]"
    poll = {"source": "harbour", "slot": 3, "fence": 3, "at": at(_NOW), "status": 200, "wire_bytes": 5120, "millis": 80}
    subscription = {
        "source": "harbour",
        "hub": "https://hub.example/",
        "topic": "https://harbour.example/feed",
        "token": "token",
        "secret": "secret",
        "kind": "active",
        "next_at": at(_NOW),
        "missed": 0,
        "failures": 0,
        "fault": "",
    }
    return rows | {
        "seen": {"source": "harbour", "marks": b"12345678"},
        "poll": poll | {"total": 1, "new": 1, "changed": 0, "duplicates": 0, "fault": ""},
        "host": {"host": "harbour.example", "failures": 1, "busy": 0, "until": None, "reason": ""},
        "subscription": subscription,
        "push": {
            "source": "harbour",
            "at": at(_NOW),
            "media_type": "application/xml",
            "charset": None,
            "body": b"<rss/>",
        },
    }


def _third(at: Moment) -> Rows:
    """The rows of the second with a log of shingles in place of their tree."""
    rows = dict(_second(at))
    del rows["shingle"]
    return rows | {"posting": {"entry": 1, "seen": at(_NOW), "size": 1, "sample": b"F\x86\xc8a"}}


FILLED: Mapping[str, Callable[[Moment], Rows]] = {
    "0001": _first,
    "0002": _second,
    "0003": _third,
    "0004": _third,  # none of these rows had a mark of its link
}
"""The rows of every revision, oldest first."""
