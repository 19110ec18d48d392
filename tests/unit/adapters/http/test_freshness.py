"""How long a reply is good for."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedhub.adapters.http.freshness import LONGEST, fresh_for
from tests.unit.adapters.http.heads import a_head

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DATE = "Date: Mon, 02 Mar 2026 08:00:00 GMT"
TEN = "Expires: Mon, 02 Mar 2026 10:00:00 GMT"


def minutes(number: float) -> timedelta:
    """So many minutes."""
    return timedelta(minutes=number)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((), None),
        (("Cache-Control: max-age=300",), minutes(5)),
        (("Cache-Control: public, MAX-AGE = 300 , must-revalidate",), minutes(5)),
        (('Cache-Control: max-age="300"',), minutes(5)),
        (("Cache-Control: public", "Cache-Control: max-age=300"), minutes(5)),
        (("Cache-Control: max-age=300", "Age: 60"), minutes(4)),
        (("Cache-Control: max-age=300", "Age: 600"), timedelta(0)),
        (("Cache-Control: max-age=300", "Age: soon"), minutes(5)),
        (("Cache-Control: max-age=0",), timedelta(0)),
        (("Cache-Control: max-age=300, max-age=9000",), minutes(5)),
        (("Cache-Control: s-maxage=9000",), None),
        (("Cache-Control: s-maxage=9000, max-age=300",), minutes(5)),
        (("Cache-Control: max-age=300", DATE, TEN), minutes(5)),
        ((DATE, TEN), minutes(120)),
        ((DATE, TEN, "Age: 600"), minutes(110)),
        ((TEN,), minutes(60)),
        (("Date: nonsense", TEN), minutes(60)),
        ((DATE, "Expires: Mon, 02 Mar 2026 07:00:00 GMT"), timedelta(0)),
        ((DATE, "Expires: 0"), timedelta(0)),
        ((DATE, "Expires: -1"), timedelta(0)),
        (("Cache-Control: s-maxage=9000", DATE, TEN), minutes(120)),
    ],
)
def test_a_lifetime_is_read_as_the_standard_says(lines: tuple[str, ...], expected: timedelta | None) -> None:
    """RFC 9111, section 4.2: max-age before Expires, less the age; our clock is at 09:00."""
    assert fresh_for(a_head(*lines), lambda: NOW) == expected


@pytest.mark.parametrize("directive", ["no-cache", "no-store", "No-Cache", 'no-cache="set-cookie"'])
def test_what_must_be_asked_for_anew_says_nothing(directive: str) -> None:
    """Whatever else it says."""
    assert fresh_for(a_head(f"Cache-Control: max-age=300, {directive}", DATE, TEN), lambda: NOW) is None


@pytest.mark.parametrize("age", ["-1", "1.5", "1e9", "soon", "", "99999999999", "0x10", "३००", "300 400"])
def test_a_lifetime_that_is_none_is_no_word_at_all(age: str) -> None:
    """Nor does Expires step in for it: whoever wrote that cannot be relied on."""
    line = f"Cache-Control: max-age={age}".encode().decode("latin-1")
    assert fresh_for(a_head(line, DATE, TEN), lambda: NOW) == (minutes(5) if age == "300 400" else None)


@pytest.mark.parametrize("line", ["Cache-Control: max-age=9999999999", "Expires: Fri, 31 Dec 9999 23:59:59 GMT"])
def test_nobody_is_believed_for_longer_than_a_month(line: str) -> None:
    assert fresh_for(a_head(line), lambda: NOW) == LONGEST


def test_expires_without_any_clock_says_nothing() -> None:
    assert fresh_for(a_head(TEN), None) is None


@given(value=st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=100))
def test_no_text_is_an_exception_or_beyond_the_bounds(value: str) -> None:
    found = fresh_for(a_head(f"Cache-Control: {value}", f"Expires: {value}", f"Age: {value}"), lambda: NOW)
    assert found is None or timedelta(0) <= found <= LONGEST
