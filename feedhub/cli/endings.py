"""How commands end: the exit codes, and the message of each error, without a traceback."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import click

from feedhub.errors import ConfigError, Fault, FeedhubError, NotFoundError

FAILED, WRONG_CALL, WRONG_CONFIG, NOT_FOUND, INTERRUPTED = 1, 2, 3, 4, 130

EXIT_CODES = """
Exit codes: 0 all is well; 1 something failed and the message says what; 2 the command was called wrongly;
3 settings or documents are wrong, nothing was touched; 4 what was asked for does not exist; 130 interrupted.
"""


@contextmanager
def told(root: Path) -> Iterator[None]:
    """End what goes wrong on purpose, and what the disk or the user does, with a message and the code for it.

    `root` is the project's folder: faults in its documents are named as seen from where the user stands.
    """
    try:
        yield
    except ConfigError as error:
        end("\n".join(str(fault) for fault in placed(error.faults, root)), WRONG_CONFIG)
    except NotFoundError as error:
        end(str(error), NOT_FOUND)
    except FeedhubError as error:
        end(str(error), FAILED)
    except (KeyboardInterrupt, click.Abort):
        end("interrupted", INTERRUPTED)
    except BrokenPipeError:
        raise  # click ends quietly where nobody reads on
    except OSError as error:
        end(f"{error.filename}: {error.strerror}" if error.filename else str(error), FAILED)


def end(message: str, code: int) -> NoReturn:
    """Say why on standard error, and end with a code."""
    click.echo(message, err=True)
    sys.exit(code)


def placed(faults: tuple[Fault, ...], root: Path) -> tuple[Fault, ...]:
    """The faults with their files as paths from where the user stands, so that editors and terminals can open them."""
    return tuple(replace(fault, file=_path(fault.file, root)) for fault in faults)


def _path(file: str, root: Path) -> str:
    path = root / "config" / file
    if not path.exists():  # the name of a variable, or of a file that is missing
        return file
    near = os.path.relpath(path)
    return str(path) if near.startswith(os.pardir) else near
