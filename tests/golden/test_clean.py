"""Items as publishers spoil them, and the entries that they are: tests/golden/clean/CASE.in.xml beside CASE.out.json.

Each case says in its first comment whose habit it shows. Of an entry stands what the case is about: all that is not
empty but for keys and digests.
"""

from pathlib import Path

import orjson
import pytest
from pydantic import TypeAdapter

from feedhub.model.entry import Entry
from feedhub.steps.clean import clean
from feedhub.steps.parse import parse
from tests.builders import AUTHORITY, NOW, a_source

HERE = Path(__file__).parent / "clean"
CASES = sorted(path.name for path in HERE.glob("*.in.xml"))
ENTRIES = TypeAdapter(list[Entry])
URL = "https://harbour.example/news/feed"
LEFT_OUT = frozenset({"key", "source", "seen", "raw", "digest"})


@pytest.mark.parametrize("case", CASES)
def test_clean_makes_of_items_what_was_reviewed(case: str, request: pytest.FixtureRequest) -> None:
    """In the order of the feed."""
    feed = parse((HERE / case).read_bytes(), media_type="text/xml", charset=None, url=URL)
    names = frozenset({feed.title, feed.link, URL})
    source = a_source(lang="en")
    entries = [
        clean(raw, source, feed_lang=feed.lang, now=NOW, authority=AUTHORITY, names=names) for raw in feed.entries
    ]
    told = [
        {name: value for name, value in entry.items() if value and name not in LEFT_OUT}
        for entry in ENTRIES.dump_python(entries, mode="json")
    ]
    made = orjson.dumps(told, option=orjson.OPT_INDENT_2) + b"\n"
    expected = HERE / f"{case.partition('.in.')[0]}.out.json"
    if request.config.getoption("--update-golden"):
        expected.write_bytes(made)
    assert made == expected.read_bytes()


@pytest.mark.parametrize("case", CASES)
def test_every_case_says_whose_habit_it_shows(case: str) -> None:
    """In a comment first."""
    assert (HERE / case).read_bytes().startswith(b"<!-- ")
