"""CSS selectors as XPath."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from feedhub.text.selectors import xpath_of


def test_a_selector_finds_what_it_means_below_a_node_or_at_it() -> None:
    """An item may itself be the link."""
    item = etree.fromstring('<a class="big story"><b><a class="story" id="2"/></b><a class="storybook"/></a>')
    assert item.xpath(f"count({xpath_of('a.story')})") == 2


@pytest.mark.parametrize("selector", ["a[", "", "p::first-line", "*:first-of-type", "svg|a", "a" + " a" * 5000])
def test_what_is_no_selector_is_said(selector: str) -> None:
    """With a reason, whatever the library makes of it."""
    with pytest.raises(ValueError, match=r"\w"):
        xpath_of(selector)


@given(
    st.lists(st.sampled_from([*"aph*.#>+~,: ()[]='\"|", "not", "nth-child", "2n+1", "has", "lang", "en"]), max_size=12)
)
def test_every_selector_that_is_taken_can_be_looked_for(parts: list[str]) -> None:
    """What passed the check must not fail in a poll."""
    try:
        xpath = xpath_of("".join(parts))
    except ValueError:
        return
    etree.fromstring("<a><p/></a>").xpath(xpath)
