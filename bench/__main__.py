"""Runs the benches that are named, or all of them: `python -m bench [--quick] [NAME ...]`."""

import argparse
from collections.abc import Callable

from bench import day, race
from bench.hostile import crowd
from bench.table import Size

BENCHES: dict[str, Callable[[Size], None]] = {"race": race.main, "day": day.main, "hostile": crowd.main}


def main() -> None:
    """Run them in turn, each printing its table."""
    parser = argparse.ArgumentParser(prog="bench", description="Speed and memory. No figure is ever asserted.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which: {', '.join(BENCHES)}; all if left out")
    parser.add_argument("--quick", action="store_true", help="small sizes, to see whether the bench itself works")
    given = parser.parse_args()
    for name in given.names:
        if name not in BENCHES:
            parser.error(f"no bench named {name}; there are: {', '.join(BENCHES)}")
    for name in given.names or BENCHES:
        print(f"== {name}")
        BENCHES[name](Size(quick=given.quick))


if __name__ == "__main__":
    main()
