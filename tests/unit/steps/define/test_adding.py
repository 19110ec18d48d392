"""Sources to the end of a document."""

import pytest

from feedhub.errors import ConfigError, Fault
from feedhub.steps.define import NewSource, add_sources

_FULL = NewSource(
    slug="harbour",
    url="https://harbour.example/rss",
    title='The "Harbour"',
    outlet="harbour_post",
    lang="en",
    tags=("sea", "ports"),
)
_SMALL = NewSource(slug="gavan", url="https://gavan.example/rss")
_FULL_TEXT = """[sources.harbour]
url = "https://harbour.example/rss"
outlet = "harbour_post"
title = "The \\"Harbour\\""
lang = "en"
tags = ["sea", "ports"]
"""
_SMALL_TEXT = """[sources.gavan]
url = "https://gavan.example/rss"
"""


def test_what_was_there_stays_word_for_word() -> None:
    """Comments, order and odd spacing are an editor's own."""
    text = "# ours\n[sources.b]   # old\nurl   = 'https://b.example/'\n\n[topics.x]\n"
    assert add_sources(text, (_FULL, _SMALL)) == f"{text}\n{_FULL_TEXT}\n{_SMALL_TEXT}"


@pytest.mark.parametrize("text", ["", "\n", "# no end of line", "# end of line\n"])
def test_empty_and_unended_documents(text: str) -> None:
    """A table begins a line, after a blank one if anything stands before it."""
    gap = {"# no end of line": "\n\n", "# end of line\n": "\n"}.get(text, "")
    assert add_sources(text, (_SMALL,)) == f"{text}{gap}{_SMALL_TEXT}"


def test_line_ends_are_those_of_the_document() -> None:
    """An editor on Windows sees no mixture."""
    assert add_sources("# ours\r\n", (_SMALL,)) == f"# ours\n\n{_SMALL_TEXT}".replace("\n", "\r\n")


def test_nothing_to_add() -> None:
    """Nothing changes."""
    assert add_sources("# ours", ()) == "# ours"


def test_document_that_would_break_is_refused() -> None:
    """The same slug once more, or a document that is no TOML already."""
    with pytest.raises(ConfigError) as caught:
        add_sources("[sources.gavan]\n", (_SMALL,), name="conf.d/x.toml")
    message = "Cannot declare ('sources', 'gavan') twice"
    assert caught.value.faults == (Fault(file="conf.d/x.toml", line=3, column=15, message=message),)
