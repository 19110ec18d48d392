"""The text of a rule to its tree; the wording of errors is in tests/golden/rules."""

import pytest

from feedhub.errors import RuleError
from feedhub.steps.rules.guard import MAX_DEPTH, MAX_WORDS
from feedhub.steps.rules.parse import MAX_CHARACTERS, parse
from feedhub.steps.rules.tree import Either, Every, Term, Without


def _term(word: str, start: int, *, field: str = "", length: int = 0) -> Term:
    end = start + (length or len(word))
    return Term(field=field, words=tuple(word.lower().split()), written=word, start=start, end=end)


def test_parse_gives_a_tree_with_offsets() -> None:
    """A group spans its parentheses, an exclusion its hyphen, a field its name."""
    assert parse('(ab OR "c d") -title:ef') == Every(
        parts=(
            Either(parts=(_term("ab", 1), _term("c d", 7, length=5)), start=0, end=13),
            Without(part=_term("ef", 15, field="title", length=8), start=14, end=23),
        ),
        start=0,
        end=23,
    )


def test_parse_takes_parentheses_as_deep_as_is_allowed() -> None:
    """The limit itself is still right."""
    text = "(" * MAX_DEPTH + "ab" + ")" * MAX_DEPTH
    assert parse(text) == Term(field="", words=("ab",), written="ab", start=0, end=len(text))


def test_parse_counts_depth_only_where_it_is_open() -> None:
    """Many groups side by side are not deep, nor are exclusions."""
    assert len(parse("NOT (NOT ab) -cd " * MAX_DEPTH).parts) == 2 * MAX_DEPTH  # type: ignore[union-attr]  # an Every


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("(" * 10_000 + "a" + ")" * 10_000, f"parentheses and NOTs lie more than {MAX_DEPTH} deep"),
        ("-" * 90_000 + "a", f"parentheses and NOTs lie more than {MAX_DEPTH} deep"),
        ("a " * (MAX_WORDS + 1), f"a rule has at most {MAX_WORDS:,} words"),
        ("a" * (MAX_CHARACTERS + 1), "the rule has 100,001 characters, more than 100,000"),
        ('"' * 99_999, '"" holds no word to look for'),
        ("a" + ")" * 90_000, "')' closes nothing"),
    ],
)
def test_parse_refuses_what_is_too_much(text: str, message: str) -> None:
    """At once, with a word on what is allowed."""
    with pytest.raises(RuleError) as caught:
        parse(text)
    assert caught.value.message == message


def test_parse_takes_a_long_rule() -> None:
    """A list of thousands of words is one node with many parts."""
    tree = parse(" OR ".join(f"w{number}" for number in range(5000)))
    assert isinstance(tree, Either)
    assert len(tree.parts) == 5000
