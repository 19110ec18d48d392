"""By which entries of a story another entry is compared with it."""

from collections.abc import Collection, Iterator, Sequence

from feedhub.adapters.store.candidates import Member
from feedhub.adapters.store.codec import plain
from feedhub.model.keys import StoryKey
from feedhub.model.reading import ReadEntry
from feedhub.model.story import Neighbour
from feedhub.text.shingles import shared_with


def telling(
    read: ReadEntry, story: StoryKey, members: Collection[Member], *, exact: Member | None, sharing: Sequence[Member]
) -> Iterator[Neighbour]:
    """The earliest of a story's entries, and the nearest if it is nearer: of a hundred equal copies one says it.

    The nearest is the one with an exact key in common, else the one that shares most, the first of equals. None at all
    where nothing is shared: then it was by an older text that the story was found.
    """
    first = min((one for one in members if one.key != read.entry.key), key=lambda one: (one.seen, one.key))
    others = [exact] if exact else sharing
    counts = shared_with(read.fingerprint.shingles, [first.shingles, *(one.shingles for one in others)])
    told = [_neighbour(read, one, story, shared=count) for one, count in zip((first, *others), counts, strict=True)]
    nearest = max(told[1:], key=_nearness, default=told[0])
    if any(_nearness(nearest)):
        yield told[0]
        if _nearness(nearest) > _nearness(told[0]):
            yield nearest


def member(number: int, read: ReadEntry) -> Member:
    """An entry as it will be among those of its story."""
    item = read.entry
    return Member(
        number=number,
        key=item.key,
        seen=item.seen,
        canonical=plain(item.canonical),
        link=plain(item.link),
        lang=item.lang,
        origins=item.origins,
        body=read.fingerprint.body,
        shingles=read.fingerprint.shingles,
    )


def _nearness(one: Neighbour) -> tuple[bool, bool, int]:
    """How near one is: a link in common is more than a body, a body more than any number of shingles."""
    return one.exact == "link", one.exact == "body", one.shared


def _neighbour(read: ReadEntry, one: Member, story: StoryKey, *, shared: int) -> Neighbour:
    return Neighbour(
        story=story,
        entry=one.key,
        shingles=one.shingles,
        link=one.link,
        canonical=one.canonical,
        lang=one.lang,
        origins=one.origins,
        shared=shared,
        exact=_key_in_common(read, one),
    )


def _key_in_common(read: ReadEntry, one: Member) -> str:
    """Which exact key the two have in common: `link`, `body`, or none."""
    if "" != one.canonical == plain(read.entry.canonical):
        return "link"
    return "body" if one.body is not None and one.body == read.fingerprint.body else ""
