"""The lock file installs the same everywhere, and says so without naming where it came from."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
LOCKED = dict(re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", LOCK, flags=re.MULTILINE))


def _name(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~\[; ]", requirement, maxsplit=1)[0].lower())


def test_lock_names_no_address() -> None:
    code = [line for line in LOCK.splitlines() if not line.lstrip().startswith("#")]
    assert [line for line in code if "://" in line or "@" in line or line.startswith("-")] == []


def test_lock_pins_and_hashes_every_package() -> None:
    blocks = re.split(r"\n(?=\S)", LOCK)
    bare = [block.splitlines()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block]
    assert bare == []


def test_lock_holds_every_dependency_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {_name(line) for line in [*project["dependencies"], *project["optional-dependencies"]["dev"]]}
    assert wanted - set(map(_name, LOCKED)) == set()
