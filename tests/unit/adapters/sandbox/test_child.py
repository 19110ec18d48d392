"""What a child answers, without the child."""

import pytest

from feedhub.adapters.sandbox.answers import Answer, understand
from feedhub.adapters.sandbox.child import answer
from feedhub.adapters.sandbox.wire import pack
from feedhub.model.cue import Cues
from feedhub.model.fetching import Link
from feedhub.model.outlet import Outlets
from feedhub.model.reading import Died, DiscoverAsk, Discovered, PageAsk, ReadAsk
from tests.builders import NOW, a_read, a_source, an_entry
from tests.contract.readers import Obedient, done

READER = Obedient(Outlets(), Cues())


def read(body: bytes) -> ReadAsk:
    """An ask to read a body."""
    return ReadAsk(source=a_source(), body=body, media_type="", charset=None, url="", now=NOW, authority="")


@pytest.mark.parametrize(
    ("ask", "outcome"),
    [
        (read(b"abc"), done(total=3)),
        (
            PageAsk(source=a_source(), entry=an_entry(), body=b"text", media_type="", charset=None, url=""),
            a_read("1", text="text"),
        ),
        (
            DiscoverAsk(body=b"page", media_type="", charset=None, url="https://harbour.example/"),
            Discovered(feeds=(Link(rel="alternate", url="https://harbour.example/"),)),
        ),
        (read(b"recurse"), Died(why="it is nested too deeply")),
        (read(b"memory"), Died(why="it needs more memory than a feed may use")),
        (read(b"raise " + b"x" * 300), Died(why="reading it failed: ValueError: " + "x" * 200)),
        (read(b"impostor"), Died(why="reading it failed: TypeError: a PosixPath has no place in an answer")),
        ("poem", Died(why="reading it failed: TypeError: the sandbox was sent a str")),
    ],
)
def test_answer_is_always_an_outcome(ask: object, outcome: Answer) -> None:
    """Whatever the reader does, short of ending the process."""
    assert understand(answer(READER, pack(ask))) == outcome
