"""The port Documents on files beside feedhub.toml."""

from collections.abc import Callable
from pathlib import Path

import pytest

from feedhub.adapters.documents import MAX_BYTES, FileDocuments
from feedhub.errors import ConfigError
from feedhub.model.newsroom import DocumentText
from feedhub.ports import Documents
from tests.fakes import TextDocuments

TEXTS = {"outlets.toml": "# outlets\n", "topics.toml": "# Темы\n"}

Make = Callable[[Path], Documents]


def in_files(folder: Path) -> Documents:
    """Documents in a folder."""
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return FileDocuments(folder=folder, include=tuple(TEXTS))


def in_memory(_: Path) -> Documents:
    """Documents of a fake, which must be as good."""
    return TextDocuments(dict(TEXTS))


def texts(**named: str) -> tuple[DocumentText, ...]:
    """Documents by their names without the ending."""
    return tuple(DocumentText(name=f"{name}.toml", text=text) for name, text in named.items())


def faults(documents: Documents) -> str:
    """What is said when they are read."""
    with pytest.raises(ConfigError) as told:
        documents.read()
    return str(told.value)


@pytest.mark.parametrize("make", [in_files, in_memory])
def test_read_gives_the_documents_in_the_order_of_include(tmp_path: Path, make: Make) -> None:
    """Word for word."""
    assert make(tmp_path).read() == texts(outlets="# outlets\n", topics="# Темы\n")


@pytest.mark.parametrize("make", [in_files, in_memory])
def test_read_gives_what_was_written(tmp_path: Path, make: Make) -> None:
    """The others stay as they are."""
    documents = make(tmp_path)
    documents.write(DocumentText(name="topics.toml", text="# mövzular\n"))
    assert documents.read() == texts(outlets="# outlets\n", topics="# mövzular\n")


def test_read_takes_each_file_once_in_the_order_of_patterns_then_names(tmp_path: Path) -> None:
    """Folders, and what editors leave behind, are no documents."""
    folder = tmp_path / "conf.d"
    (folder / "d.toml").mkdir(parents=True)
    for name in ("b.toml", "a.toml", ".#a.toml", "a.toml~", "README"):
        (folder / name).write_text(name, encoding="utf-8")
    documents = FileDocuments(folder=tmp_path, include=("conf.d/b.toml", "conf.d/*.toml", "other.d/*.toml"))
    assert [document.name for document in documents.read()] == ["conf.d/b.toml", "conf.d/a.toml"]


def test_read_takes_texts_as_windows_writes_them(tmp_path: Path) -> None:
    """With a byte order mark and other line ends."""
    (tmp_path / "topics.toml").write_bytes(b"\xef\xbb\xbf# one\r\n# two\r\n")
    assert FileDocuments(folder=tmp_path, include=("topics.toml",)).read() == texts(topics="# one\n# two\n")


def test_read_tells_every_fault_at_once(tmp_path: Path) -> None:
    """One a line, with the file's name."""
    (tmp_path / "latin.toml").write_bytes(b"# n\xe9\n")
    with (tmp_path / "large.toml").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    include = ("latin.toml", "large.toml", "gone.toml", "/etc/*.toml", "../x.toml", "", ".", "a\0")
    assert faults(FileDocuments(folder=tmp_path, include=include)).splitlines() == [
        "gone.toml: this document does not exist (make the file, or take it out of `include` in feedhub.toml)",
        "/etc/*.toml: a document must lie under config/",
        "../x.toml: a document must lie under config/",
        ": a document must lie under config/",
        ".: a document must lie under config/",
        "a\0: a document must lie under config/",
        "latin.toml: is not UTF-8: byte 0xe9 at offset 3",
        "large.toml: larger than 8 MB",
    ]


def test_read_tells_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """A link to nothing is a file that does not exist."""
    (tmp_path / "topics.toml").symlink_to(tmp_path / "nothing")
    assert "topics.toml: this document does not exist" in faults(
        FileDocuments(folder=tmp_path, include=("topics.toml",))
    )


def test_write_makes_a_file_that_was_not_there(tmp_path: Path) -> None:
    """As `import-opml` does on an empty project; everybody may read it."""
    FileDocuments(folder=tmp_path, include=()).write(DocumentText(name="sources.toml", text="a\n"))
    made = tmp_path / "sources.toml"
    assert (made.read_text(encoding="utf-8"), made.stat().st_mode & 0o777) == ("a\n", 0o644)


def test_write_keeps_the_mode_of_the_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    """Who could read it before can read it now."""
    path = tmp_path / "topics.toml"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o640)
    FileDocuments(folder=tmp_path, include=()).write(DocumentText(name="topics.toml", text="new"))
    assert [
        (file.name, file.read_text(encoding="utf-8"), file.stat().st_mode & 0o777) for file in tmp_path.iterdir()
    ] == [("topics.toml", "new", 0o640)]


def test_write_goes_through_a_link(tmp_path: Path) -> None:
    """What the link points to is replaced, not the link."""
    (tmp_path / "real.toml").write_text("old", encoding="utf-8")
    (tmp_path / "topics.toml").symlink_to("real.toml")
    FileDocuments(folder=tmp_path, include=()).write(DocumentText(name="topics.toml", text="new"))
    assert (tmp_path / "topics.toml").is_symlink()
    assert (tmp_path / "real.toml").read_text(encoding="utf-8") == "new"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("/etc/feedhub.toml", "x", "a document must lie under config/"),
        ("../feedhub.toml", "x", "a document must lie under config/"),
        ("none.d/x.toml", "x", "cannot be written: No such file or directory"),
        ("folder.toml", "x", "cannot be written: Is a directory"),
        ("topics.toml", "\ud800", "cannot be written: it holds what is no text"),
    ],
)
def test_write_tells_why_not_and_changes_nothing(tmp_path: Path, *, name: str, text: str, message: str) -> None:
    """No half of a file, and nothing beside it."""
    folder = tmp_path / "config"
    (folder / "folder.toml").mkdir(parents=True)
    with pytest.raises(ConfigError) as told:
        FileDocuments(folder=folder, include=()).write(DocumentText(name=name, text=text))
    assert str(told.value) == f"{name}: {message}"
    assert [path.name for path in tmp_path.rglob("*")] == ["config", "folder.toml"]
