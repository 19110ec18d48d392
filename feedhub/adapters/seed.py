"""The configuration that feedhub ships, and how a new project gets a copy of it."""

from importlib import resources
from pathlib import Path

from feedhub.errors import ConfigError, Fault

FILES = ("feedhub.toml", "outlets.toml", "cues.toml", "sources.toml", "topics.toml")

NO_SOURCES = """\
# The feeds that are read. The name of a table is the source's slug: it is part of every id, so never change it.
# `feedhub import-opml FILE` adds to this file. A source looks like this:
#
# [sources.harbour]
# url = "https://harbour.example/rss"
# outlet = "harbour_post"      # a slug of outlets.toml; without it the address decides
# lang = "en"                  # where the feed does not say, or says wrong
# every = "15m"
# tags = ["coast"]
"""


def seed_folder() -> Path:
    """Where the shipped documents lie: in the package, or beside it in a checkout."""
    package = Path(str(resources.files("feedhub")))
    for folder in (package / "seed", package.parent / "config"):
        if (folder / FILES[0]).is_file():
            return folder
    raise ConfigError((Fault(file="config/", line=0, column=0, message="the shipped configuration is missing"),))


def plant(root: Path, *, with_sources: bool) -> tuple[Path, ...]:
    """Make config/ and var/ under `root`; gives what was made, as paths from there. What exists stays as it is."""
    seed = seed_folder()
    texts = {name: (seed / name).read_bytes() for name in FILES}
    if not with_sources:
        texts["sources.toml"] = NO_SOURCES.encode()
    try:
        for folder in ("config", "config/conf.d", "var"):
            (root / folder).mkdir(parents=True, exist_ok=True)
        made = [Path("config") / name for name, text in texts.items() if _make(root / "config" / name, text)]
    except OSError as error:
        message = f"cannot be made: {error.strerror or error}"
        raise ConfigError((Fault(file=str(error.filename or root), line=0, column=0, message=message),)) from error
    return tuple(made)


def _make(path: Path, text: bytes) -> bool:
    """Whether there was nothing in its place, not even a link."""
    try:
        with path.open("xb") as file:
            file.write(text)
    except FileExistsError:
        return False
    except OSError:
        path.unlink(missing_ok=True)  # half a document would be kept for good
        raise
    return True
