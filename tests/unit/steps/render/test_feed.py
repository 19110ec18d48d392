"""What a feed is as a whole: bytes, validators, order, and what is left out."""

import gzip
import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from feedhub.model.keys import StoryKey
from feedhub.model.rendition import Form
from feedhub.steps.render import render
from tests.builders import AUTHORITY, NOW, a_channel, a_shown, a_story

CHANNEL = a_channel()
AGAIN = """
import sys
from feedhub.model.rendition import Form
from feedhub.steps.render import render
from tests.builders import a_channel, a_story
stories = (a_story("1"), a_story("2"))
sys.stdout.write(" ".join(render(a_channel(), stories, form).etag for form in Form))
"""


@pytest.mark.parametrize("form", Form)
def test_render_gives_bytes_with_a_validator_for_each_encoding(form: Form) -> None:
    """The gzip twin holds the same bytes and carries no time of its own."""
    rendition = render(CHANNEL, (a_story("1"),), form)
    again = render(CHANNEL, (a_story("1"),), form)
    assert rendition == again
    assert gzip.decompress(rendition.gzip) == rendition.body
    assert rendition.gzip[4:8] == b"\0\0\0\0"
    assert rendition.gzip_etag == rendition.etag.removesuffix('"') + '-gz"'
    assert (len(rendition.etag), rendition.etag[0], rendition.topic, rendition.form) == (34, '"', CHANNEL.topic, form)


def test_render_gives_the_same_bytes_in_another_process_and_locale() -> None:
    """Neither hash seed nor locale nor time zone is in a feed."""
    environment = {"PYTHONHASHSEED": "7", "LC_ALL": "C.UTF-8", "TZ": "Asia/Baku"}
    command = [sys.executable, "-c", AGAIN]
    there = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    stories = (a_story("1"), a_story("2"))
    assert there.stdout.split() == [render(CHANNEL, stories, form).etag for form in Form]


@pytest.mark.parametrize("form", Form)
def test_render_leaves_the_locale_of_the_process_alone(form: Form) -> None:
    """Writing a date by feedgen would set it, for all threads."""
    called: set[str] = set()
    sys.setprofile(lambda frame, _event, _argument: called.add(frame.f_code.co_name))
    render(CHANNEL, (a_story("1"),), form)
    sys.setprofile(None)
    assert "render" in called
    assert called.isdisjoint({"setlocale", "formatRFC2822"})


@pytest.mark.parametrize("form", Form)
def test_render_dates_a_feed_by_its_newest_change(form: Form) -> None:
    """In whole seconds, as Last-Modified will have it."""
    newest = NOW + timedelta(hours=2, microseconds=987_654)
    stories = (a_story("1"), a_story("2", shown=a_shown("2", updated=newest)), a_story("3"))
    assert render(CHANNEL, stories, form).modified == NOW + timedelta(hours=2)


@pytest.mark.parametrize("form", Form)
def test_render_dates_an_empty_feed_by_a_fixed_day(form: Form) -> None:
    """Never by the clock."""
    rendition = render(CHANNEL, (), form)
    assert (rendition.modified, rendition.dropped) == (datetime(2000, 1, 1, tzinfo=UTC), ())


@pytest.mark.parametrize("form", Form)
def test_render_drops_only_the_story_that_cannot_be_written(form: Form) -> None:
    """The others are there as if it had never come, and what was dropped says why."""
    good = (a_story("1"), a_story("2"))
    bad = (
        a_story("3", shown=None),
        a_story("4", shown=a_shown("4", published=NOW.replace(tzinfo=None))),
        a_story("5", key=StoryKey(f"tag:{AUTHORITY}:story:\x00")),
        a_story("1"),
    )
    rendition = render(CHANNEL, (good[0], *bad, good[1]), form)
    assert rendition == replace(
        render(CHANNEL, good, form),
        dropped=(
            f"tag:{AUTHORITY}:story:3: it has not been published yet",
            f"tag:{AUTHORITY}:story:4: its date has no time zone",
            f"tag:{AUTHORITY}:story:\x00: its key cannot be written",
            f"tag:{AUTHORITY}:story:1: it is in the feed already",
        ),
    )


@pytest.mark.parametrize("form", Form)
def test_render_writes_a_story_the_same_whoever_stands_beside_it(form: Form) -> None:
    """More stories change no byte of those that were there (in RSS and Atom: of their lines)."""
    alone = render(CHANNEL, (a_story("1"),), form).body
    beside = render(CHANNEL, (a_story("2"), a_story("1"), a_story("3")), form).body
    if form is Form.JSON:
        assert json.loads(alone)["items"][0] == json.loads(beside)["items"][1]
    else:
        assert alone.splitlines()[2] == beside.splitlines()[3]


def test_render_keeps_the_updated_time_of_each_story_its_own() -> None:
    """Stories of one tick share a time; judges take equal ones for a feed that stamps all its entries."""
    stories = tuple(a_story(str(number)) for number in range(1000))
    items = json.loads(render(CHANNEL, stories, Form.JSON).body)["items"]
    moments = [datetime.fromisoformat(item["date_modified"]) for item in items]
    assert len(set(moments)) == len(stories)
    assert all(NOW - timedelta(minutes=1) < moment < NOW for moment in moments)
