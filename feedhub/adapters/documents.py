"""The documents as files beside feedhub.toml."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp

from feedhub.errors import ConfigError, Fault
from feedhub.model.newsroom import DocumentText

MAX_BYTES = 8_000_000
"""Larger than 50,000 sources; a file beyond that was put there by mistake."""

OUTSIDE = "a document must lie under config/"

NEW_MODE = 0o644


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDocuments:
    """Files under `folder` that the patterns of `include` name, in the order of the patterns, then by name."""

    folder: Path
    include: tuple[str, ...]

    def read(self) -> tuple[DocumentText, ...]:
        """Every document once. Raises ConfigError for a file that is missing, too large or no UTF-8."""
        texts: list[DocumentText] = []
        faults: list[Fault] = []
        for path in self._paths(faults):
            name = path.relative_to(self.folder).as_posix()
            try:
                texts.append(DocumentText(name=name, text=_text(path)))
            except (OSError, ValueError) as error:
                faults.append(_fault(name, _why(error)))
        if faults:
            raise ConfigError(tuple(faults))
        return tuple(texts)

    def write(self, document: DocumentText) -> None:
        """Replace a file whole: what was there stays until the new text is on the disk. Raises ConfigError."""
        if not _is_inside(document.name):
            raise ConfigError((_fault(document.name, OUTSIDE),))
        try:
            _replace((self.folder / document.name).resolve(), document.text.encode())
        except OSError as error:
            raise ConfigError((_fault(document.name, f"cannot be written: {error.strerror or error}"),)) from error
        except ValueError as error:
            raise ConfigError((_fault(document.name, "cannot be written: it holds what is no text"),)) from error

    def _paths(self, faults: list[Fault]) -> list[Path]:
        found: dict[Path, None] = {}
        for pattern in self.include:
            if not _is_inside(pattern):
                faults.append(_fault(pattern, OUTSIDE))
                continue
            paths = sorted(path for path in self.folder.glob(pattern) if _is_document(path))
            if not paths and "*" not in pattern:
                hint = "make the file, or take it out of `include` in feedhub.toml"
                faults.append(_fault(pattern, "this document does not exist", hint=hint))
            found.update(dict.fromkeys(paths))
        return list(found)


def _is_inside(name: str) -> bool:
    """Whether a name or pattern stays in the folder, as far as its text tells."""
    path = Path(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts and "\0" not in name


def _is_document(path: Path) -> bool:
    """Not a folder, nor what editors leave beside a file while it is open."""
    return path.is_file() and not path.name.startswith(".")


def _replace(path: Path, data: bytes) -> None:
    number, name = mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    beside = Path(name)
    try:
        with open(number, "wb") as file:  # noqa: PTH123  # the descriptor is open already
            file.write(data)
            file.flush()
            os.fsync(number)
        beside.chmod(stat.S_IMODE(path.stat().st_mode) if path.exists() else NEW_MODE)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def _text(path: Path) -> str:
    if path.stat().st_size > MAX_BYTES:
        raise ValueError(f"larger than {MAX_BYTES // 1_000_000} MB")
    return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")


def _why(error: OSError | ValueError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"is not UTF-8: byte {error.object[error.start]:#04x} at offset {error.start}"
    if isinstance(error, OSError):
        return f"cannot be read: {error.strerror or error}"
    return str(error)


def _fault(file: str, message: str, *, hint: str = "") -> Fault:
    return Fault(file=file, line=0, column=0, message=message, hint=hint)
