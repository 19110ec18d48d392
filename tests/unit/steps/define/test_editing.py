"""One value of one source."""

from feedhub.steps.define import set_source

TEXT = """# ours
[sources.harbour]   # the paper
url   = 'https://harbour.example/rss'  # old
every = "15m"

[topics.x]
"""


def test_only_the_value_changes() -> None:
    """Comments, order and odd spacing are an editor's own."""
    changed = set_source(TEXT, "harbour", key="url", value="https://new.example/feed")
    assert changed == TEXT.replace("'https://harbour.example/rss'", '"https://new.example/feed"')


def test_value_that_was_not_there_is_added() -> None:
    """At the end of its table."""
    assert (
        set_source('[sources.a]\nurl = "b"\n', "a", key="lang", value="en") == '[sources.a]\nurl = "b"\nlang = "en"\n'
    )


def test_text_without_the_source_is_none() -> None:
    """Nor is one whose sources are no table, or that is no TOML."""
    texts = (TEXT, "sources = 1\n", "sources.quay = 1\n", "[sources\n")
    assert [set_source(text, "quay", key="url", value="x") for text in texts] == [None] * 4
