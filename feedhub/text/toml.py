"""TOML text to plain values, or the place where it stops being TOML."""

import re
import tomllib
from dataclasses import dataclass

_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_LONG_KEY = re.compile(r"""(?<![\w"'-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){32}""", re.ASCII)
"""tomllib takes the square of a dotted key's length."""
_DEEP = re.compile(r"(?:[\[{][^\[\]{}]*+){50}")
_LONG_NUMBER = re.compile(r"(?<!\d)(?:\d_?){4300}", re.ASCII)
"""Python reads no longer integers, and says so without a place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotToml:
    """Where and why a text is no TOML."""

    line: int
    column: int
    message: str


def plain(text: str) -> str:
    """The text without a byte order mark, its lines ended by a newline alone, as positions are counted in."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def read_toml(text: str) -> dict[str, object] | NotToml:
    """The values of a text that `plain` has passed."""
    if found := _LONG_KEY.search(text):
        return _not_toml(text, found.start(), "this dotted key is too long")
    try:
        return tomllib.loads(text)
    except RecursionError:
        return _not_toml(text, _start(_DEEP, text), "brackets are nested too deep")
    except tomllib.TOMLDecodeError as error:
        return _located(text, str(error))
    except ValueError:
        return _not_toml(text, _start(_LONG_NUMBER, text), "this number is too long")


def _located(text: str, message: str) -> NotToml:
    """The parser writes the place into its message."""
    found = _AT.search(message)
    why = message[: found.start()] if found else message
    if found and found[1]:
        return NotToml(line=int(found[1]), column=int(found[2]), message=why)
    return _not_toml(text, len(text.rstrip("\n")), why)


def _start(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.search(text)
    return found.start() if found else 0


def _not_toml(text: str, offset: int, message: str) -> NotToml:
    before = text[:offset]
    return NotToml(line=before.count("\n") + 1, column=offset - before.rfind("\n"), message=message)
