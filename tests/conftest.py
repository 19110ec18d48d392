"""Options and profiles of the whole suite."""

import pytest
from hypothesis import settings

settings.register_profile("feedhub", deadline=None)  # the machine may be busy: time is measured in bench/
settings.register_profile("torture", deadline=None, max_examples=3000)
settings.load_profile("feedhub")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` rewrites what golden cases expect; the diff is reviewed like code."""
    parser.addoption("--update-golden", action="store_true", help="write what golden cases give now")
