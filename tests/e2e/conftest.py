"""Projects for tests, made by the program itself."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.program import Project
from tests.stores import a_schema, must_have_server, server_fault

MORNING = "2026-03-02T09:00:00Z"
"""When tests begin, where the time matters."""


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project as `feedhub init` makes it, to be copied."""
    project = Project(root=tmp_path_factory.mktemp("template"))
    ended = project.call("init")
    assert ended.code == 0, ended
    return project.root


@pytest.fixture
def project(template: Path, tmp_path: Path) -> Project:
    """A new project of its own."""
    return planted(template, tmp_path / "project")


@pytest.fixture(scope="session")
def postgres() -> None:
    """Skips a test where there is no PostgreSQL, or fails it where there must be one."""
    fault = server_fault()
    if fault and must_have_server():
        pytest.fail(f"PostgreSQL must be there in CI: {fault}", pytrace=False)
    if fault:
        pytest.skip(f"PostgreSQL is not there, this run on it is left out: {fault}")


@pytest.fixture(scope="module")
def schema(postgres: None) -> Iterator[str]:
    """The address of an empty PostgreSQL schema."""
    with a_schema() as url:
        yield url


def planted(template: Path, folder: Path) -> Project:
    """A copy of the template that begins in the morning."""
    shutil.copytree(template, folder)
    return Project(root=folder, variables={"FEEDHUB_NOW": MORNING})
