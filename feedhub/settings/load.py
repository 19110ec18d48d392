"""From config/feedhub.toml and the environment to Settings, or every fault in them."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import get_origin

from pydantic import BaseModel, ValidationError

from feedhub.errors import ConfigError, Fault
from feedhub.settings.database import read_database_url
from feedhub.settings.tables import Settings, StorageSettings
from feedhub.text.complaints import Complaint, WrongValueError, complaints
from feedhub.text.nearest import nearest
from feedhub.text.places import Places
from feedhub.text.shown import shown
from feedhub.text.toml import NotToml, plain, read_toml

VERSION = 1
"""The `config_version` that this program reads."""
PREFIX = "FEEDHUB_"
MAX_BYTES = 1_000_000
"""A settings file beyond this was put there by mistake."""


def environment() -> Mapping[str, str]:
    """The environment of this process, read here and nowhere else."""
    return dict(os.environ)  # noqa: TID251  # the one place


def load_settings(path: Path, environ: Mapping[str, str]) -> Settings:
    """The settings of the file at `path`, with the environment over them.

    FEEDHUB_NOW, FEEDHUB_DIR and other names without a double underscore are no keys. Raises ConfigError with every
    fault: at file:line:column, or by the name of the variable.
    """
    text = plain(_text(path))
    tables = read_toml(text)
    if isinstance(tables, NotToml):
        raise _refused(path, tables.line, column=tables.column, message=tables.message)
    origin = _Origin(path, text)
    _check_version(tables, origin)
    origin.override(tables, environ)
    try:
        settings = Settings.model_validate(tables)
    except ValidationError as error:
        origin.complain(complaints(error.errors(include_url=False), _KEYS))
        raise origin.error() from None
    url = _database(settings.storage.database_url, origin, environ)
    if origin.faults:
        raise origin.error()
    return settings.model_copy(update={"storage": StorageSettings(database_url=url)})


_SECTIONS = {
    name: field.annotation
    for name, field in Settings.model_fields.items()
    if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)
}
_FIELDS = {
    (section, field.alias or name): field
    for section, model in _SECTIONS.items()
    for name, field in model.model_fields.items()
}
_KEYS: Mapping[tuple[str, ...], tuple[str, ...]] = {
    (): tuple(Settings.model_fields),
    **{(section,): tuple(key for where, key in _FIELDS if where == section) for section in _SECTIONS},
}


class _Origin:
    """Where each value came from, and what is wrong so far."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.faults: list[Fault] = []
        self._places = Places(text)
        self._variables: dict[tuple[str, ...], str] = {}

    def override(self, tables: dict[str, object], environ: Mapping[str, str]) -> None:
        """Put the variables that set a key into the tables."""
        for variable in sorted(name for name in environ if name.startswith(PREFIX) and "__" in name):
            section, _, key = variable.removeprefix(PREFIX).lower().partition("__")
            table = tables.setdefault(section, {}) if section in _SECTIONS else None
            if (section, key) not in _FIELDS:
                self.faults.append(_no_key(variable))
            elif isinstance(table, dict):
                self._variables[section, key] = variable
                table[key] = _from_variable(environ[variable], _FIELDS[section, key].annotation)

    def is_variable(self, path: tuple[str, ...]) -> bool:
        """Whether a variable set the key."""
        return path in self._variables

    def complain(self, found: Iterable[Complaint]) -> None:
        """Note faults at the places that they are about."""
        for each in found:
            variable = self._variables.get(each.path[:2])
            line, column = (0, 0) if variable else self._places.key(each.path)
            file = variable or str(self.path)
            self.faults.append(Fault(file=file, line=line, column=column, message=each.message, hint=each.hint))

    def error(self) -> ConfigError:
        """Every fault, in the order of the file."""
        return ConfigError(tuple(sorted(self.faults, key=lambda fault: (fault.line, fault.column))))


def _text(path: Path) -> str:
    try:
        body = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    except OSError as error:
        hint = "`feedhub init` makes one" if isinstance(error, FileNotFoundError) else ""
        raise _refused(path, 0, message=f"cannot be read: {error.strerror}", hint=hint) from error
    if body is None:
        raise _refused(path, 0, message=f"is larger than {MAX_BYTES:,} bytes")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        before = body[: error.start].decode("utf-8")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise _refused(path, line, column=column, message="this is not UTF-8") from None


def _no_key(variable: str) -> Fault:
    known = (f"{section}__{key}".upper() for section, key in _FIELDS)
    hint = nearest(variable.removeprefix(PREFIX), known).replace("'", f"'{PREFIX}", 1)
    return Fault(file=variable, line=0, column=0, message="sets no key", hint=hint)


def _refused(path: Path, line: int, *, column: int = 0, message: str, hint: str = "") -> ConfigError:
    return ConfigError((Fault(file=str(path), line=line, column=column, message=message, hint=hint),))


def _check_version(tables: Mapping[str, object], origin: _Origin) -> None:
    """A file for another version is not read any further: its other faults would mislead."""
    version = tables.get("config_version")
    if type(version) is int and version == VERSION:
        return
    message = f"config_version is {shown(version)}" if version is not None else "config_version is missing"
    origin.complain([Complaint(path=("config_version",), message=message, hint=f"this feedhub reads {VERSION}")])
    raise origin.error()


def _from_variable(value: str, wanted: object) -> object:
    """The text of a variable as the type of its key; text that is not of that type stays, to be complained of."""
    if get_origin(wanted) is tuple:
        return _listed(value)
    if wanted is bool:
        return {"true": True, "1": True, "false": False, "0": False}.get(value.lower(), value)
    try:
        return int(value) if wanted is int else float(value) if wanted is float else value
    except ValueError:
        return value


def _listed(value: str) -> object:
    """A list as TOML writes it, or with commas alone."""
    if value.lstrip().startswith("["):
        table = read_toml(f"list = {value}")
        return value if isinstance(table, NotToml) else table["list"]
    return [part.strip() for part in value.split(",") if part.strip()]


def _database(value: str, origin: _Origin, environ: Mapping[str, str]) -> str:
    key = ("storage", "database_url")
    root, literal = origin.path.parent.parent, origin.is_variable(key)
    try:
        return read_database_url(value, environ, root=root, literal=literal)
    except WrongValueError as error:
        origin.complain([Complaint(path=key, message=error.message, hint=error.hint)])
        return ""
