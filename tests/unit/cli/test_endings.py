"""Exit codes, and messages without tracebacks."""

from collections.abc import Callable
from errno import ENOSPC
from pathlib import Path
from typing import NoReturn

import click
import pytest

from feedhub.cli.endings import placed, told
from feedhub.errors import ConfigError, Fault, NotFoundError, SandboxError


def _raises(error: BaseException) -> Callable[[], NoReturn]:
    def work() -> NoReturn:
        raise error

    return work


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (SandboxError("no memory"), 1, "the sandbox cannot run: no memory"),
        (ConfigError((Fault(file="x.toml", line=2, column=5, message="is wrong"),)), 3, "x.toml:2:5: is wrong"),
        (NotFoundError(kind="topic", name="gas"), 4, "no topic named 'gas'"),
        (OSError(ENOSPC, "No space left on device", "/data/feeds"), 1, "/data/feeds: No space left on device"),
        (OSError("something odd"), 1, "something odd"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (click.Abort(), 130, "interrupted"),
    ],
)
def test_an_error_ends_with_its_message_and_code(
    error: BaseException, code: int, *, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended, told(tmp_path):
        _raises(error)()
    assert (ended.value.code, capsys.readouterr().err) == (code, f"{message}\n")


def test_a_reader_that_left_is_left_to_click(tmp_path: Path) -> None:
    with pytest.raises(BrokenPipeError), told(tmp_path):
        _raises(BrokenPipeError())()


def test_a_fault_in_a_document_is_named_as_seen_from_where_the_user_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = tmp_path / "config" / "topics.toml"
    document.parent.mkdir()
    document.touch()
    (tmp_path / "elsewhere").mkdir()
    faults = tuple(
        Fault(file=file, line=1, column=1, message="") for file in ("topics.toml", str(document), "gone.toml")
    )
    monkeypatch.chdir(tmp_path)
    assert [fault.file for fault in placed(faults, tmp_path)] == [
        "config/topics.toml",
        "config/topics.toml",
        "gone.toml",
    ]
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert [fault.file for fault in placed(faults, tmp_path)] == [str(document), str(document), "gone.toml"]
