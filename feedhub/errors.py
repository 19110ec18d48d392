"""Every error that feedhub raises on purpose.

    FeedhubError
    ├── ConfigError             settings or documents are wrong (exit 3); carries faults
    ├── ParseError              bytes that hold no feed
    ├── RuleError               the text of a rule is wrong; carries the position
    ├── NotFoundError           what was asked for is not in the store
    ├── SandboxError            the sandbox cannot run at all (a child that dies is a value, not an error)
    └── StoreError              the store cannot do what was asked
        ├── LeaseLostError          another worker took the source over; nothing was written
        ├── SchemaError             the database was made by another version
        ├── StoreBusyError          somebody else held it for too long
        ├── StoreUnreachableError   it cannot be opened, or the server does not answer
        ├── StoreFullError          no room is left
        ├── StoreReadOnlyError      it may not be written
        └── StoreDamagedError       the file is not a database, or is broken

An expected outcome (a refused fetch, a feed that cannot be read) is a value, never one of these.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong in a text that a person wrote: where, what, and what to do.

    `line` and `column` count from 1; 0 means that the place is not known.
    """

    file: str
    line: int
    column: int
    message: str
    hint: str = ""
    warning: bool = False

    def __str__(self) -> str:
        """`file:line:column: message (hint)`, the form that editors jump to."""
        where = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{where}: {self.message}" + (f" ({self.hint})" if self.hint else "")


class FeedhubError(Exception):
    """The root of all errors raised on purpose."""


class ConfigError(FeedhubError):
    """Settings or documents are wrong; nothing was touched."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


class ParseError(FeedhubError):
    """A body that holds no feed; `why` is one plain sentence."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class RuleError(FeedhubError):
    """A rule's text is wrong at `line` and `column`, counted from 1 within the rule."""

    def __init__(self, *, line: int, column: int, message: str, hint: str = "") -> None:
        self.line = line
        self.column = column
        self.message = message
        self.hint = hint
        super().__init__(f"{line}:{column}: {message}" + (f" ({hint})" if hint else ""))


class NotFoundError(FeedhubError):
    """Nothing of this name is in the store."""

    def __init__(self, *, kind: str, name: str) -> None:
        self.kind = kind
        self.name = name
        super().__init__(f"no {kind} named {name!r}")


class SandboxError(FeedhubError):
    """The sandbox cannot be started at all."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(f"the sandbox cannot run: {why}")


class StoreError(FeedhubError):
    """The store cannot do what was asked."""


class LeaseLostError(StoreError):
    """Another worker has taken the source over since; nothing was written."""

    def __init__(self, *, source: str, fence: int) -> None:
        self.source = source
        self.fence = fence
        super().__init__(f"lease {fence} on source {source} is no longer ours")


class SchemaError(StoreError):
    """The database was made by another version of feedhub; `newer` says that it was a later one."""

    def __init__(self, *, found: str, wanted: str, newer: bool = False) -> None:
        self.found = found
        self.wanted = wanted
        self.newer = newer
        hint = "run a feedhub that is as new as the database" if newer else "run `feedhub db upgrade`"
        super().__init__(f"the database is at revision {found}, this version needs {wanted}: {hint}")


class _PlaceError(StoreError):
    """Something is wrong with the database `where`; `why` is in its own words."""

    says = "{where}: {why}"

    def __init__(self, *, where: str, why: str) -> None:
        self.where = where
        self.why = why
        super().__init__(self.says.format(where=where, why=why))


class StoreBusyError(_PlaceError):
    """Somebody else held the database for too long; nothing was written."""

    says = "{where} is busy ({why}): try again; if it stays so, look for a second poller or a long-running program"


class StoreUnreachableError(_PlaceError):
    """The database cannot be opened, or the server does not answer."""

    says = "{where} cannot be opened ({why}): check the address, who may read and write there, and that a server runs"


class StoreFullError(_PlaceError):
    """No room is left; nothing was written."""

    says = "{where} is full ({why}): make room on the disk, what was written before is safe"


class StoreReadOnlyError(_PlaceError):
    """The database may not be written, or not in this unit; nothing was."""

    says = "{where} may only be read here ({why}): if this was not meant, check who owns the files"


class StoreDamagedError(_PlaceError):
    """The file is not a database, or is broken."""

    says = "{where} is damaged or no database ({why}): restore the last backup, or name another file"
