"""Where a key or a value stands in TOML text, for messages that an editor can jump to.

tomllib tells no positions, so a scanner of our own walks over text that tomllib has accepted: it need not find what is
wrong, only step over what is right. It looks at each character once and keeps its own stack. Most texts are right:
nothing is scanned before the first question.
"""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

Path = tuple[str, ...]
"""Keys from the top of the document; elements of arrays by their number as text."""

_GAP = re.compile(r"(?:[ \t\n\r]++|#[^\n]*+)*+")
_LIST_GAP = re.compile(r"(?:[ \t\n\r,]++|#[^\n]*+)*+")
_KEY = re.compile(r"""[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+'""")
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_STRING = re.compile(
    r'"""(?:\\[\s\S]|[^"\\]|"(?!""))*+"{3,5}'
    r"|'''(?:[^']|'(?!''))*+'{3,5}"
    r'|"(?:\\.|[^"\\\n])*+"'
    r"|'[^'\n]*+'"
)
_SCALAR = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[^\s,\]}#]++|[^\s,\]}#]++")
_UNIT = re.compile(r"\\[ \t]*\n\s*|\\u.{4}|\\U.{8}|\\.|[\s\S]")
"""One character of a basic string as written; a backslash at a line's end and what it swallows."""


class Places:
    """The places of one text that is valid TOML and that `plain` has passed."""

    def __init__(self, text: str) -> None:
        self._text = text

    def key(self, path: Path) -> tuple[int, int]:
        """Line and column of the key or element, or of the nearest thing around it that the text names."""
        while path and path not in self._found:
            path = path[:-1]
        return self._at(self._found[path][0]) if path else (1, 1)

    def inside(self, path: Path, *, line: int, column: int) -> tuple[int, int]:
        """Line and column in the document of a line and column in the text value of a key."""
        offset = self._found[path][1] if path in self._found else -1
        found = _STRING.match(self._text, offset) if offset >= 0 else None
        if not found:
            return self.key(path)
        return self._at(offset + _offset(found[0], line=line, column=column))

    def _at(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    @cached_property
    def _lines(self) -> list[int]:
        """The offset at which each line begins."""
        return [0, *(found.end() for found in re.finditer("\n", self._text))]

    @cached_property
    def _found(self) -> dict[Path, tuple[int, int]]:
        return _Scan(self._text).run()


class _Scan:
    """One walk over a document; `found` maps each path to the offsets of its key and its value."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._arrays: dict[Path, int] = {}
        self.found: dict[Path, tuple[int, int]] = {}

    def run(self) -> dict[Path, tuple[int, int]]:
        table: Path = ()
        self._skip(_GAP)
        while self._at < len(self._text):
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._value(self._pair(table))
            self._skip(_GAP)
        return self.found

    def _header(self) -> Path:
        """Step over `[a.b]` or `[[a.b]]`; gives the path that the pairs below it belong to."""
        double = self._text.startswith("[[", self._at)
        self._at += 1 + double
        self._skip(_GAP)
        path, start = self._keys(())
        self._skip(_GAP)
        self._at += 1 + double
        if not double:
            return path
        number = self._arrays.get(path, -1) + 1
        self._arrays[path] = number
        element = (*path, str(number))
        self.found[element] = (start, start)
        return element

    def _pair(self, table: Path) -> Path:
        """Step over `key =`, up to the value."""
        path, start = self._keys(table)
        self._skip(_GAP)
        self._at += 1
        self._skip(_GAP)
        self.found[path] = (start, self._at)
        return path

    def _keys(self, path: Path) -> tuple[Path, int]:
        """Step over a dotted key; gives it with the offset of its last part.

        What stands below an array of tables belongs to its last element.
        """
        while True:
            start = self._at
            written = self._skip(_KEY)
            path = (*path, _unquoted(written))
            self.found.setdefault(path, (start, start))
            if not self._skip(_DOT):
                return path, start
            if path in self._arrays:
                path = (*path, str(self._arrays[path]))

    def _value(self, path: Path | None) -> None:
        """Step over a value and all that is in it."""
        opened: list[tuple[Path, Iterator[int] | None]] = []
        while path is not None:
            character = self._text[self._at]
            if character in "[{":
                self._at += 1
                opened.append((path, iter(range(len(self._text))) if character == "[" else None))
            elif not self._skip(_STRING):
                self._skip(_SCALAR)
            path = self._next(opened)

    def _next(self, opened: list[tuple[Path, Iterator[int] | None]]) -> Path | None:
        """Close what ends here; gives the path of the value that comes next, if anything is still open."""
        while opened:
            self._skip(_LIST_GAP)
            if self._text[self._at] not in "]}":
                around, numbers = opened[-1]
                return self._pair(around) if numbers is None else self._element(around, next(numbers))
            self._at += 1
            opened.pop()
        return None

    def _element(self, around: Path, number: int) -> Path:
        path = (*around, str(number))
        self.found[path] = (self._at, self._at)
        return path

    def _skip(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        if not found:
            return ""
        self._at = found.end()
        return found[0]


def _unquoted(key: str) -> str:
    if key[:1] == '"':
        return str(tomllib.loads(f"key = {key}")["key"])
    return key[1:-1] if key[:1] == "'" else key


def _offset(written: str, *, line: int, column: int) -> int:
    """How far into a string as written the character at this line and column of its value stands."""
    size = 3 if written[:3] in {'"""', "'''"} else 1
    start = size + (size > 1 and written[size] == "\n")
    end = len(written) - size
    at = (1, 1)
    for offset, unit in _units(written, start=start, end=end):
        if at >= (line, column):
            return offset
        at = _after(at, unit)
    return end


def _units(written: str, *, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Each character of the value with its offset in what is written."""
    escapes = written[0] == '"'
    at = start
    while at < end:
        found = _UNIT.match(written, at) if escapes else None
        unit = found[0] if found else written[at]
        if not (unit[0] == "\\" and unit.strip(" \t\\")[:1] == "\n" and escapes):
            yield at, unit
        at += len(unit)


def _after(at: tuple[int, int], unit: str) -> tuple[int, int]:
    line, column = at
    return (line + 1, 1) if unit in {"\n", "\\n"} else (line, column + 1)
