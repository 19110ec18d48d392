"""Who an item is, whatever its feed does with ids.

An entry is (source, guid), and most feeds give each item an id that stays. Those that do not fall into three kinds, and
what is to be avoided is the same in each: that one item is announced twice, or that another is taken for its new text
and lost. Of a changed body often one item alone is read, the unseen one, so nothing here may depend on seeing the feed
whole: the same item must find the same identity by itself and in company.

1. *An id that names no item*: none, "-", "null", the address or title of the feed, a home page. It is as good as
   missing, and the item is known by its recording (podcasts link every episode to one page), else its page, else its
   words. This is told from the item and its feed's head, which is always read.
2. *An id that several items share.* The first that came has it, the others go by 1. Whether an item with a known id is
   the known one is judged by three witnesses that an editor's correction never changes together: it is another one if
   the page is another, the title has little in common, and the date is another. A title that is only somewhat
   different is believed for half a day, the time in which a headline is still worked on. Within one body it is enough
   that page and title differ: a correction does not stand beside what it corrects.
3. *An id that changes*: with each request, with the way in which XML is broken, or because there was none before. An
   item with an unknown id is a known one if page, title and date are all the same, or no date is told. Titles must be
   equal: the posts of a live blog share a page, and often most of a headline.

What was forgotten has left nothing but its id, and is believed by it.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from feedhub.model.entry import Entry, KnownEntry, Media
from feedhub.model.keys import Guid
from feedhub.text.digest import digest
from feedhub.text.html import lines
from feedhub.text.mint import entry_key

_LONGEST: Final = 2000
"""Longer ids are stored as their digest."""
_EMPTY: Final = frozenset(
    {
        *("", "-", "#", "null", "none", "nil", "undefined", "nan", "n/a", "false", "true", "guid", "id", "item"),
        *("[object object]", "http:", "https:", "00000000-0000-0000-0000-000000000000"),
    }
)
_WORKED_ON: Final = timedelta(hours=12)
_ALIKE: Final = 0.6
"""The share of the words of two titles that both have."""


def guid_of(given: str, *, names: frozenset[str], page: str, media: Iterable[Media], text: str) -> Guid:
    """What an item is known by: its id as given, else what is its own. `names` are those of its feed, no item's."""
    ident = lines(given).replace("\n", " ")
    bare = ident.casefold().rstrip("/")
    if bare in _EMPTY or ident in names or _is_home(bare):
        return _own(page, media, text)
    return Guid(ident if len(ident) <= _LONGEST else digest(ident))


def named(entry: Entry, guid: Guid, *, authority: str) -> Entry:
    """The entry under another guid."""
    return replace(entry, guid=guid, key=entry_key(authority, entry.source, guid))


def own_guid(entry: Entry) -> Guid:
    """What an entry is known by where its id is another's."""
    return _own(entry.canonical, entry.media, f"{entry.title}\n{entry.text}")


def beside(entry: Entry, other: Entry) -> bool:
    """Whether two items of one body that have the same id are two."""
    return entry.title.casefold() != other.title.casefold() and not _share_page(entry.canonical, other.canonical)


class Memory:
    """What is known of a source's entries, as far as new ones may be the same."""

    def __init__(self, known: Iterable[KnownEntry]) -> None:
        self._by_guid: dict[Guid, KnownEntry] = {}
        self._by_page: dict[str, list[KnownEntry]] = {}
        for one in known:
            self._keep(one)

    def find(self, entry: Entry) -> KnownEntry | Guid:
        """The known entry that this one is, or the guid under which it is new."""
        same = self._by_guid.get(entry.guid)
        if same is None:
            twins = (one for one in self._by_page.get(entry.canonical, ()) if _is_twin(entry, one))
            return next(twins, entry.guid)
        if not _is_another(entry, same):
            return same
        own = own_guid(entry)
        return self._by_guid.get(own, own)

    def add(self, entry: Entry) -> None:
        """Know this entry too."""
        self._keep(
            KnownEntry(
                guid=entry.guid,
                key=entry.key,
                raw=entry.raw,
                title=entry.title,
                link=entry.link,
                canonical=entry.canonical,
                published=entry.published,
            )
        )

    def _keep(self, one: KnownEntry) -> None:
        self._by_guid.setdefault(one.guid, one)
        if one.canonical:
            self._by_page.setdefault(one.canonical, []).append(one)


def _own(page: str, media: Iterable[Media], text: str) -> Guid:
    recordings = (item.url for item in media if item.media_type.startswith(("audio/", "video/")))
    return Guid(next(recordings, "" if _is_home(page) else page) or digest(text))


def _is_home(page: str) -> bool:
    """Whether it is an address without a path: the page of a site, of no item."""
    scheme, mark, rest = page.partition("://")
    return bool(mark) and scheme in {"http", "https"} and not rest.partition("/")[2]


def _share_page(one: str, other: str) -> bool:
    return one == other and not _is_home(one) and bool(one)


def _is_another(entry: Entry, known: KnownEntry) -> bool:
    """Whether an item with the id of a known one is another; see 2 above."""
    if known.forgotten or _share_page(entry.canonical, known.canonical):
        return False
    told = entry.published and known.published
    if told and entry.published == known.published:
        return False
    if not _are_alike(entry.title, known.title):
        return True
    apart = abs(entry.published - known.published) if entry.published and known.published else timedelta()
    return apart > _WORKED_ON


def _is_twin(entry: Entry, known: KnownEntry) -> bool:
    """Whether an item with an unknown id is a known one, whose page it shares; see 3 above."""
    if _is_home(entry.canonical) or entry.title.casefold() != known.title.casefold():
        return False
    if entry.link.partition("#")[2] != known.link.partition("#")[2]:
        return False
    return not (entry.published and known.published) or entry.published == known.published


def _are_alike(one: str, other: str) -> bool:
    mine, theirs = set(one.casefold().split()), set(other.casefold().split())
    return len(mine & theirs) >= _ALIKE * len(mine | theirs)
