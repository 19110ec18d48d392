"""The database's address, which may hold a password and so may stand outside the file only."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from feedhub.settings.tables import UNSET
from feedhub.text.complaints import WrongValueError
from feedhub.text.shown import shown

MAX_BYTES = 10_000

_SCHEMES = frozenset({"sqlite", "postgres", "postgresql", "postgresql+psycopg"})


def read_database_url(value: str, environ: Mapping[str, str], *, root: Path, literal: bool) -> str:
    """The URL that `env:NAME`, `file:PATH` or the value itself gives.

    `root` is the project's folder. `literal` says that the value came from the environment, where a password may
    stand. No message repeats a secret. Raises WrongValueError.
    """
    kind, _, name = value.partition(":")
    if kind == "env":
        url = environ.get(name, "").strip()
        if not url and value == UNSET:
            return f"sqlite:///{root.absolute() / 'var' / 'feedhub.sqlite3'}"
        return _checked(url, f"the variable {shown(name)}", secret=True)
    if kind == "file":
        return _checked(_content(root / name), f"the file {shown(name)}", secret=True)
    return _checked(value, "database_url", secret=literal)


def _content(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES).decode("utf-8").strip()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise WrongValueError(f"the file {shown(str(path))} cannot be read: {why}") from None


def _checked(url: str, where: str, *, secret: bool) -> str:
    try:
        parts = urlsplit(url)
        scheme, password = parts.scheme, parts.password
    except ValueError:
        scheme, password = "", None
    if scheme not in _SCHEMES:
        hint = "sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME"
        raise WrongValueError(f"{where} holds no database address", hint)
    if password is not None and not secret:
        raise WrongValueError("a password must not stand in this file", 'write "env:NAME" or "file:PATH"')
    return url
