"""Rows of entries from and to the model."""

from feedhub.adapters.store.codec import mark
from feedhub.adapters.store.work import AnyRow, Values
from feedhub.model.credit import Credit
from feedhub.model.entry import Entry
from feedhub.model.keys import Digest, EntryKey, Guid, SourceSlug, StoryKey
from feedhub.model.outlet import OutletRef
from feedhub.model.reading import ReadEntry
from feedhub.model.story import Fingerprint, Placement


def entry_of(row: AnyRow) -> Entry:
    """The entry of a row that holds all columns of the table."""
    return Entry(
        key=EntryKey(row.key),
        source=SourceSlug(row.source),
        guid=Guid(row.guid),
        title=row.title,
        link=row.link,
        canonical=row.canonical,
        text=row.text,
        summary=row.summary,
        content=row.content,
        lang=row.lang,
        authors=row.authors,
        tags=row.tags,
        published=row.published,
        updated=row.updated,
        seen=row.seen,
        media=row.media,
        origins=row.origins,
        raw=Digest(row.raw),
        digest=Digest(row.digest),
        extras=row.extras,
    )


def read_of(row: AnyRow) -> ReadEntry:
    """The entry of a row that holds all columns of the table and the credit's value, with all that belongs to it."""
    body = None if row.body is None else Digest(row.body)
    return ReadEntry(
        entry=entry_of(row),
        credit=row.credit_value,
        fingerprint=Fingerprint(shingles=row.shingles, body=body, words=row.words),
    )


def text_values(read: ReadEntry) -> dict[str, object]:
    """The columns of an entry that a newer text changes."""
    entry, fingerprint = read.entry, read.fingerprint
    return {
        "published": entry.published,
        "updated": entry.updated,
        "withdrawn": None,
        "raw": entry.raw,
        "digest": entry.digest,
        "link": entry.link,
        "canonical_mark": mark_of(entry.canonical),
        "canonical": entry.canonical,
        "lang": entry.lang,
        "title": entry.title,
        "authors": entry.authors,
        "tags": entry.tags,
        "media": entry.media,
        "origins": entry.origins,
        "extras": entry.extras,
        "body": fingerprint.body,
        "words": fingerprint.words,
        "shingles": fingerprint.shingles,
        "text": entry.text,
        "summary": entry.summary,
        "content": entry.content,
    }


def entry_values(number: int, read: ReadEntry, story: StoryKey) -> Values:
    """The row of a new entry."""
    item = read.entry
    return text_values(read) | {
        "id": number,
        "key": item.key,
        "source": item.source,
        "guid": item.guid,
        "guid_mark": mark(item.guid),
        "story": story,
        "seen": item.seen,
    }


def placement_values(entry: int, placement: Placement) -> Values:
    """The row of a placement."""
    return {"entry": entry, "kind": placement.kind.value, "value": placement}


def credit_values(entry: int, credit: Credit) -> Values:
    """The row of a credit."""
    return {
        "entry": entry,
        "publisher": _name(credit.publisher),
        "originator": _name(credit.originator) if credit.originator else None,
        "value": credit,
    }


def mark_of(address: str) -> int | None:
    """By what an address is found; an empty one is not."""
    return mark(address) if address else None


def _name(outlet: OutletRef) -> str:
    return outlet.slug or outlet.name
