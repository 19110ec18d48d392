"""The configuration that feedhub ships, planted in a new folder."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from feedhub.adapters.documents import FileDocuments
from feedhub.adapters.seed import FILES, plant, seed_folder
from feedhub.errors import ConfigError
from feedhub.flows.check import Check
from feedhub.settings import load_settings
from tests.builders import a_site


def names(folder: Path) -> list[str]:
    """Everything below a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def sources(root: Path) -> int:
    """How many sources the documents of a project define; they are checked with its settings."""
    config = root / "config"
    documents = FileDocuments(folder=config, include=load_settings(config / "feedhub.toml", {}).include)
    check = Check(documents=documents, site=a_site(), min_every=timedelta(minutes=5))
    return len(check(check.texts()).newsroom.sources)


def test_plant_makes_a_whole_project(tmp_path: Path) -> None:
    """Word for word what is shipped, and it checks."""
    made = plant(tmp_path, with_sources=True)
    assert made == tuple(Path("config") / name for name in FILES)
    assert names(tmp_path) == sorted(["config", "config/conf.d", "var", *(path.as_posix() for path in made)])
    shipped = seed_folder()
    assert all((tmp_path / path).read_bytes() == (shipped / path.name).read_bytes() for path in made)
    assert sources(tmp_path) >= 30


def test_plant_without_sources_makes_a_project_that_reads_nothing_yet(tmp_path: Path) -> None:
    """What `import-opml` adds to; it checks too."""
    plant(tmp_path, with_sources=False)
    assert sources(tmp_path) == 0
    example = (tmp_path / "config" / "sources.toml").read_text(encoding="utf-8")
    assert '# [sources.harbour]\n# url = "https://harbour.example/rss"' in example


def test_plant_overwrites_nothing(tmp_path: Path) -> None:
    """Neither a file, nor where a link leads, even to nothing."""
    config = tmp_path / "config"
    config.mkdir()
    (config / "topics.toml").write_text("# mine", encoding="utf-8")
    (config / "cues.toml").symlink_to("elsewhere.toml")
    made = plant(tmp_path, with_sources=False)
    assert [path.name for path in made] == ["feedhub.toml", "outlets.toml", "sources.toml"]
    assert (config / "topics.toml").read_text(encoding="utf-8") == "# mine"
    assert not (config / "elsewhere.toml").exists()
    assert plant(tmp_path, with_sources=True) == ()


def test_plant_makes_the_folder_itself(tmp_path: Path) -> None:
    """With those above it."""
    plant(tmp_path / "a" / "b", with_sources=False)
    assert (tmp_path / "a" / "b" / "config" / "feedhub.toml").is_file()


def test_planted_files_can_be_written_by_their_owner(tmp_path: Path) -> None:
    """However read-only the shipped ones are."""
    plant(tmp_path, with_sources=True)
    assert all(os.access(tmp_path / "config" / name, os.W_OK) for name in FILES)
    assert {(tmp_path / "config" / name).stat().st_mode & 0o700 for name in FILES} == {0o600}


def test_plant_says_where_it_cannot_write(tmp_path: Path) -> None:
    """A file stands where a folder is wanted."""
    (tmp_path / "config").write_text("", encoding="utf-8")
    with pytest.raises(ConfigError) as told:
        plant(tmp_path, with_sources=False)
    assert str(told.value) == f"{tmp_path / 'config'}: cannot be made: File exists"
