"""Runs the benches that are named, or all of them."""

import sys
from collections.abc import Callable

from bench import poll

BENCHES: dict[str, Callable[[], None]] = {"poll": poll.main}


def main() -> None:
    """Run them in turn, each printing its table."""
    names = sys.argv[1:] or list(BENCHES)
    for name in names:
        if name not in BENCHES:
            sys.exit(f"no bench named {name}; there are: {', '.join(BENCHES)}")
        BENCHES[name]()


if __name__ == "__main__":
    main()
