"""The short way through the items of a well-formed feed: many times as fast as feedparser's, with its very answers.

It knows the elements of which nearly all RSS 2.0 and Atom 1.0 items are made and keeps of each what feedparser would
keep. An element, an attribute or a nesting that it does not know ends it at once, and feedparser reads the feed.
"""

from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate

from feedhub.steps.parse.habits import ITEMS, tag_of
from feedhub.steps.parse.items import Found
from feedhub.steps.parse.parts import KEEPERS, LANG, SCOPED, Attributes, Entry, OddError, Part, plain

_IGNORED: Final = frozenset({"com-wordpress:feed-additions:1 post-id"})
"""Elements that are common and that nobody asks for."""
_PERSON: Final = {"name": "name", "email": "email", "uri": "", "url": ""}
"""What an Atom author is made of, and where it is kept if anywhere."""


def lean(data: bytes, *, atom: bool) -> tuple[Found, ...] | None:
    """The items of a feed in UTF-8; None where it is not well-formed or an item holds what is not known here."""
    reader = _Reader(atom=atom)
    parser = ParserCreate("utf-8", " ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(data, True)  # noqa: FBT003  # expat has it so
    except (ExpatError, OddError):
        return None
    return tuple(reader.entries)


class _Reader:
    """Expat's handlers. `_level` is how deep within an item we are, 0 outside of all."""

    def __init__(self, *, atom: bool) -> None:
        self.entries: list[Entry] = []
        self._atom = atom
        self._tags: dict[str, str] = {}
        self._root = True
        self._lang = ""
        self._level = 0
        self._tag = ""
        self._part = ""
        self._attrs: Attributes = {}
        self._scraps: list[str] = []

    def start(self, name: str, attrs: Attributes) -> None:
        """An element begins."""
        tag = self._tags.get(name) or self._named(name)
        if self._level == 0:
            self._outside(tag, attrs)
        elif self._level == 1:
            if tag not in KEEPERS:
                raise OddError
            self._level, self._tag, self._attrs, self._scraps = 2, tag, plain(attrs), []
            if tag in {"author", "dc:creator"}:
                self.entries[-1].setdefault("authors", []).append({})
        elif self._level == 2 and self._tag == "author" and tag in _PERSON and not attrs:  # noqa: PLR2004
            if "".join(self._scraps).strip():
                raise OddError
            self._level, self._part, self._scraps = 3, tag, []
        else:
            raise OddError

    def end(self, _: str) -> None:
        """An element ends."""
        if self._level == 0:
            return
        self._level -= 1
        value = "".join(self._scraps)
        self._scraps = []
        if self._level == 1:
            KEEPERS[self._tag](self.entries[-1], Part(value, self._attrs, self._atom))
        elif self._level and _PERSON[self._part]:
            self.entries[-1]["authors"][-1][_PERSON[self._part]] = value.strip()

    def text(self, scrap: str) -> None:
        """Some text of the element that is open."""
        if self._level > 1:
            self._scraps.append(scrap)

    def _outside(self, tag: str, attrs: Attributes) -> None:
        scoped = [name for name in attrs if name.rpartition(" ")[2].lower() in SCOPED]
        if self._root:
            self._root = False
            self._lang = attrs.get(LANG, "")
            scoped = [name for name in scoped if name != LANG or "_" in self._lang]
        if scoped or (attrs and tag in ITEMS):
            raise OddError
        if tag in ITEMS:
            self._level = 1
            self.entries.append({"item_lang": self._lang})

    def _named(self, name: str) -> str:
        """The tag as feedparser names it."""
        uri, _, local = name.rpartition(" ")
        tag = "ignored" if name in _IGNORED else tag_of(uri, local)
        if tag in KEEPERS or tag in ITEMS:
            self._tags[name] = tag
        return tag
