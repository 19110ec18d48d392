"""The head of a reply, taken line by line, within limits."""

import re

from feedhub.adapters.http.limits import Limits
from feedhub.model.fetching import Refused, Why


class Head:
    """Status and header fields of one reply; interim replies (1xx, RFC 9110, section 15.2) are passed over.

    `complete` is true once the empty line after the final head was seen; what comes later are trailers, which count
    towards the limits and are not kept. Values are Latin-1 texts, so that `value.encode("latin-1")` is what was sent.
    """

    __slots__ = ("_bytes", "_fields", "_fresh", "_limits", "_lines", "complete", "status")

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._bytes = 0
        self._lines = 0
        self._fields: list[tuple[str, str]] = []
        self._fresh = True
        self.status = 0
        self.complete = False

    def take(self, line: bytes) -> Refused | None:
        """One line with its end; gives a refusal once there are too many or too long ones."""
        self._bytes += len(line)
        self._lines += 1
        if self._bytes > self._limits.head_bytes or self._lines > self._limits.head_lines:
            return Refused(
                why=Why.LIMIT, detail="The server sent more header lines than we take: it is broken or hostile."
            )
        if self._fresh and not _STATUS_LINE.match(line):
            return Refused(why=Why.NETWORK, detail="The server does not answer in proper HTTP: check the address.")
        if not self.complete:
            self._read(line.rstrip(b"\r\n"))
        return None

    def values(self, name: str) -> tuple[str, ...]:
        """All values of a field; `name` in lower case."""
        return tuple(value for key, value in self._fields if key == name)

    def value(self, name: str) -> str:
        """The last value of a field, empty if there is none; `name` in lower case."""
        return next((value for key, value in reversed(self._fields) if key == name), "")

    def _read(self, line: bytes) -> None:
        if self._fresh:
            self._read_status(line)
        elif not line:
            self._fresh = self.status < 200  # noqa: PLR2004 (an interim reply: another head follows)
            self.complete = not self._fresh
        else:
            name, _, value = line.partition(b":")
            self._fields.append((name.strip().lower().decode("latin-1"), value.strip(b" \t").decode("latin-1")))

    def _read_status(self, line: bytes) -> None:
        self.status = int(line.split(None, 2)[1])
        self._fields.clear()
        self._fresh = False


_STATUS_LINE = re.compile(rb"HTTP/[0-9.]{1,4} +[1-9][0-9][0-9](?:[ \r\n]|$)")  # RFC 9112, section 4
