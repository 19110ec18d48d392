"""Feeds as publishers write them, and what is read of them: tests/golden/parse/CASE.in.* beside CASE.out.json.

Each case says in its first comment (in JSON: under `_habit`) whose habit it shows.
"""

from pathlib import Path

import orjson
import pytest
from pydantic import TypeAdapter

from feedhub.model.raw import ParsedFeed
from feedhub.steps.parse import parse

HERE = Path(__file__).parent / "parse"
CASES = sorted(path.name for path in HERE.glob("*.in.*"))
FEED = TypeAdapter(ParsedFeed)


@pytest.mark.parametrize("case", CASES)
def test_parse_reads_what_was_reviewed(case: str, request: pytest.FixtureRequest) -> None:
    """The whole feed, fields with nothing in them left out."""
    body = (HERE / case).read_bytes()
    feed = parse(body, media_type="text/xml", charset=None, url="https://feed.example/news/feed")
    read = orjson.dumps(FEED.dump_python(feed, mode="json", exclude_defaults=True), option=orjson.OPT_INDENT_2) + b"\n"
    expected = HERE / f"{case.partition('.in.')[0]}.out.json"
    if request.config.getoption("--update-golden"):
        expected.write_bytes(read)
    assert read == expected.read_bytes()


@pytest.mark.parametrize("case", CASES)
def test_every_case_says_whose_habit_it_shows(case: str) -> None:
    """A comment first, or the key `_habit`."""
    assert (HERE / case).read_bytes().startswith((b"<!-- ", b'{\n  "_habit": "'))
