"""Stories as JSON in, three feeds out: tests/golden/render/CASE.in.json beside CASE.out.rss, .atom and .json.

A case says only what differs from `a_channel`, `a_story` and `a_shown`, and in `why` whose habit it is about.
"""

from pathlib import Path
from typing import Any

import orjson
import pytest
from pydantic import TypeAdapter

from feedhub.model.rendition import Channel, Form
from feedhub.model.story import Story
from feedhub.steps.render import render
from tests.builders import a_channel, a_story

HERE = Path(__file__).parent / "render"
CASES = sorted(path.name.removesuffix(".in.json") for path in HERE.glob("*.in.json"))
CHANNELS, STORIES = TypeAdapter(Channel), TypeAdapter(Story)


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("case", CASES)
def test_render_gives_the_feed_that_was_reviewed(case: str, form: Form, request: pytest.FixtureRequest) -> None:
    """Byte for byte."""
    given = orjson.loads((HERE / f"{case}.in.json").read_bytes())
    channel = CHANNELS.validate_python(CHANNELS.dump_python(a_channel()) | given["channel"])
    stories = tuple(_story(facts, number) for number, facts in enumerate(given["stories"], start=1))
    body = render(channel, stories, form).body
    expected = HERE / f"{case}.out.{form}"
    if request.config.getoption("--update-golden", default=False):
        expected.write_bytes(body)
    assert body == expected.read_bytes()


def _story(facts: dict[str, Any], number: int) -> Story:
    default = STORIES.dump_python(a_story(f"{number:020x}"))
    return STORIES.validate_python(default | {"shown": default["shown"] | facts})
