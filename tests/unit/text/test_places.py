"""Where keys and values stand in TOML text."""

import pytest

from feedhub.text.places import Path, Places
from feedhub.text.toml import NotToml, read_toml

TEXT = r'''# a comment with [brackets] and "quotes
title = "a # b" # x = 1
when = 1979-05-27 07:32:00
days = [ 1979-05-27, 07:32:00 ]
list = [ 1, "x]y", [ {a = 1, b.c = "}"} ], # [ no
  2 ]
empty = []
[sources."ax\u0061r".'z 1']
url = """
a
 b"""
[[p.q]]
x = 1
[ [ p.q ] ]
y = { z = 1 }
[p.q.r]
 w = 'e"'
[topics.t]
match = "a \"b\" \n c\u0041d e"
lines = \'\'\'
x
  yy\'\'\'
more = """a \
    b
 c"""
end = """a"""""
'''.replace(r"\'", "'").replace("[ [ p.q ] ]", "[[ p . q ]]")


@pytest.fixture
def places() -> Places:
    """The places of a text with all that TOML has."""
    assert not isinstance(read_toml(TEXT), NotToml)
    return Places(TEXT)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (("title",), "title ="),
        (("when",), "when ="),
        (("days", "1"), "07:32:00 ]"),
        (("list", "1"), '"x]y"'),
        (("list", "2", "0", "b", "c"), 'c = "}"'),
        (("list", "3"), "2 ]"),
        (("sources", "axar"), '"ax\\u0061r"'),
        (("sources", "axar", "z 1"), "'z 1'"),
        (("sources", "axar", "z 1", "url"), 'url = """'),
        (("p", "q"), "q]]"),
        (("p", "q", "0", "x"), "x = 1"),
        (("p", "q", "1"), "q ]]"),
        (("p", "q", "1", "y", "z"), "z = 1 }"),
        (("p", "q", "1", "r", "w"), "w = 'e"),
        (("topics", "t", "match"), "match ="),
        (("topics", "t", "missing"), "t]"),
        (("topics", "t", "match", "0"), "match ="),
        (("missing",), "# a comment"),
        ((), "# a comment"),
    ],
)
def test_key_is_found(places: Places, path: Path, found: str) -> None:
    """The key itself, or the nearest thing around it that is there."""
    line, column = places.key(path)
    assert TEXT.splitlines()[line - 1][column - 1 :].startswith(found)


@pytest.mark.parametrize(
    ("key", "asked", "place", "found"),
    [
        ("match", (1, 1), (19, 10), "a "),
        ("match", (1, 3), (19, 12), '\\"b'),
        ("match", (2, 1), (19, 20), " c"),
        ("match", (2, 3), (19, 22), "\\u0041d"),
        ("match", (2, 4), (19, 28), "d e"),
        ("match", (2, 7), (19, 31), '"'),
        ("match", (9, 9), (19, 31), '"'),
        ("lines", (1, 1), (21, 1), "x"),
        ("lines", (2, 3), (22, 3), "yy"),
        ("more", (1, 3), (24, 5), "b"),
        ("more", (2, 2), (25, 2), 'c"""'),
        ("end", (1, 3), (26, 12), '""""'),
    ],
)
def test_inside_follows_escapes_and_lines(
    places: Places, key: str, asked: tuple[int, int], *, place: tuple[int, int], found: str
) -> None:
    """A place in a value is a place in the document, however the string is written."""
    assert places.inside(("topics", "t", key), line=asked[0], column=asked[1]) == place
    assert TEXT.splitlines()[place[0] - 1][place[1] - 1 :].startswith(found)


@pytest.mark.parametrize("path", [("when",), ("missing", "key"), ("list",), ("topics", "t")])
def test_inside_what_is_no_text_is_its_key(places: Places, path: Path) -> None:
    """Where there is no string to look into."""
    assert places.inside(path, line=1, column=2) == places.key(path)


def test_places_of_nothing() -> None:
    """An empty document has a beginning."""
    assert Places("").key(("sources",)) == (1, 1)
