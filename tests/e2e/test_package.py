"""What leaves the repository: the wheel, and the commands that README names."""

import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.e2e.program import Project

ROOT = Path(__file__).parents[2]
NEEDED = (
    "adapters/demo/day/english.toml",
    "adapters/demo/documents.toml",
    "adapters/store/migrations/versions/0001_first.py",
    "seed/cues.toml",
    "seed/feedhub.toml",
    "seed/outlets.toml",
    "seed/sources.toml",
    "seed/topics.toml",
    "steps/rules/grammar.lark",
    "web/static/style.css",
    "web/templates/layout.html",
)
"""Files that are no modules, or that no module imports."""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """An empty folder in which feedhub is what the wheel holds."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=60,
    )
    site = folder / "site"
    with ZipFile(next(folder.glob("feedhub-*.whl"))) as wheel:
        wheel.extractall(site)
    root = folder / "project"
    root.mkdir()
    return Project(root=root, variables={"PYTHONPATH": str(site)}, measured=False)


def test_the_wheel_holds_all_that_the_program_reads(installed: Project) -> None:
    package = Path(installed.variables["PYTHONPATH"]) / "feedhub"
    assert [name for name in NEEDED if not (package / name).is_file()] == []


def test_the_wheel_makes_a_project_and_serves_it(installed: Project) -> None:
    made = installed.call("init", "--with-sources")
    assert (made.code, made.err, made.out.count("made config/")) == (0, "", 5)
    shipped = {path.name: path.read_bytes() for path in (ROOT / "config").glob("*.toml")}
    assert {name: installed.file(name).read_bytes() for name in shipped} == shipped
    assert "<h1" in installed.get("/")


def test_make_knows_what_the_project_promises() -> None:
    for target in ("setup", "run", "demo", "test", "check", "bench", "lock", "torture", "clean"):
        ended = subprocess.run(["make", "-n", target], cwd=ROOT, check=False, capture_output=True, timeout=20)  # noqa: S607  # whichever make there is
        assert ended.returncode == 0, (target, ended.stderr)


def test_the_procfile_names_commands_that_exist(installed: Project) -> None:
    lines = (ROOT / "Procfile").read_text(encoding="utf-8").splitlines()
    listed = installed.call("--help").out
    commands = dict(line.split(": feedhub ") for line in lines)
    assert commands == {"web": "serve", "poller": "poller"}
    assert [name for name in commands.values() if not re.search(rf"^  {name} ", listed, re.MULTILINE)] == []
