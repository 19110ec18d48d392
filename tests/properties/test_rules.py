"""What must hold of every rule."""

from hypothesis import given
from hypothesis import strategies as st

from feedhub.errors import RuleError
from feedhub.model.topic import Hit, Rule
from feedhub.steps.rules import compile_rule
from tests.builders import a_subject

_WORDS = ("ferry", "port", "train", "Ёлка", "手机")
_SUBJECTS = tuple(
    a_subject(title=title, text=text)
    for title, text in (("Ferry", "port"), ("train", "ёлка"), ("手机市场", "ferry train"), ("", ""))
)
_ATOMS = st.sampled_from(_WORDS) | st.sampled_from(('"ferry train"', "title:ferry", "lang:en", "tag:x"))
_RULES = st.recursive(
    _ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} OR {pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} {pair[1]})"),
        inner.map(lambda rule: f"-{rule}"),
    ),
    max_leaves=12,
)
_PIECES = st.lists(
    st.sampled_from(
        (*_WORDS, "AND", "OR", "NOT", "or", "(", ")", "-", '"', "title:", "titlex:", "*", "«", "\n", " ", "–")
    )
)


def _holds(rule: Rule) -> tuple[bool, ...]:
    return tuple(rule(subject) is not None for subject in _SUBJECTS)


def _compiled(text: str) -> Rule | RuleError:
    try:
        return compile_rule(text)
    except RuleError as error:
        return error


@given(st.text() | _PIECES.map("".join) | _PIECES.map(" ".join))
def test_any_text_is_a_rule_or_a_rule_error_inside_of_it(text: str) -> None:
    """No other error, and a place that exists."""
    compiled = _compiled(text)
    if isinstance(compiled, RuleError):
        lines = text.split("\n")
        assert 1 <= compiled.line <= len(lines)
        assert 1 <= compiled.column <= len(lines[compiled.line - 1]) + 1
        assert str(compiled).isprintable()


@given(_RULES, _RULES)
def test_operators_are_those_of_logic(first: str, second: str) -> None:
    """On every story: AND, OR and NOT, with and without their words."""
    one, two = _holds(compile_rule(first)), _holds(compile_rule(second))
    assert _holds(compile_rule(f"{first} {second}")) == tuple(map(min, one, two))
    assert _holds(compile_rule(f"{first} AND {second}")) == tuple(map(min, one, two))
    assert _holds(compile_rule(f"{first} OR {second}")) == tuple(map(max, one, two))
    assert _holds(compile_rule(f"NOT {first}")) == tuple(not each for each in one)
    assert _holds(compile_rule(f"-({second})")) == tuple(not each for each in two)


@given(_RULES, _RULES, _RULES)
def test_or_binds_weaker_than_and(first: str, second: str, third: str) -> None:
    """As if there were parentheses."""
    assert _holds(compile_rule(f"{first} {second} OR {third}")) == _holds(
        compile_rule(f"(({first} {second}) OR {third})")
    )
    assert _holds(compile_rule(f"{first} OR {second} {third}")) == _holds(
        compile_rule(f"({first} OR ({second} {third}))")
    )


@given(_RULES)
def test_clause_of_a_hit_is_a_part_of_the_rule_that_holds_by_itself(text: str) -> None:
    """An admin can be shown it, and it is the reason."""
    rule = compile_rule(text)
    for subject in _SUBJECTS:
        hit = rule(subject)
        if hit is not None:
            assert hit.clause in text
            assert compile_rule(hit.clause)(subject) == Hit(clause=hit.clause, words=hit.words)
