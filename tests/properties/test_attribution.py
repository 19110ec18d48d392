"""What must hold of attribution whatever a text holds."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from feedhub.steps.attribute import attribute
from feedhub.text.furniture import cut
from feedhub.text.html import lines
from tests.builders import a_source, an_entry
from tests.unit.steps.attribute.small import HARBOUR, small_lexicon

LEXICON = small_lexicon()
PIECES = (
    *("WIRE", "Tide", "HD", "Harbour Post", "wire.example", "told", "citing", "reports", "according to", "and", "the"),
    *("newspaper", "Evening Herald", "“", "”", "'s", "-un", "(", ")", "-", ":", ",", ".", "\n", " ", "\u202e", "ويير"),
    *("新海社", "İ", "ß", "See also", "Tide table", "barbed wire", "5", "\0", "\ud800"),
)
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=40).map(" ".join)
LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ["See also", "see also: WIRE told", "Share on X", "Bridge", "The bridge opened, WIRE told.", ""]
        ),
        st.sampled_from(["Comments", "See also: Tide reports that the bridge opened", "(WIRE)", "See\u200b also"]),
        TEXTS,
    ),
    max_size=8,
).map("\n".join)


@given(TEXTS, TEXTS)
def test_a_credit_is_sound_and_its_words_stand_where_it_says(title: str, text: str) -> None:
    """The chain ends with the publisher and names nobody twice; evidence is a piece of its field."""
    entry = an_entry(title=title, text=text, link="")

    credit = attribute(entry, source=a_source(), lexicon=LEXICON)

    assert credit.chain[-1] == credit.publisher == HARBOUR
    assert len(set(credit.chain)) == len(credit.chain)
    assert (credit.originator is None) == (len(credit.chain) == 1)
    assert 0 < credit.confidence <= 1
    for each in credit.evidence:
        field = title if each.field == "title" else text
        assert _visible(each.words) == _visible(field[each.start : each.end])
        assert each.start <= each.name_start < each.name_end <= each.end


@given(TEXTS)
def test_the_same_entry_gives_the_same_credit(text: str) -> None:
    """Whatever sets and dictionaries it went through."""
    entry = an_entry(title="Bridge", text=text, link="")

    assert attribute(entry, source=a_source(), lexicon=small_lexicon()) == attribute(
        entry, source=a_source(), lexicon=LEXICON
    )


@given(LINES)
def test_furniture_that_was_cut_off_need_not_be_looked_for_again(text: str) -> None:
    """As the reader cuts it off: by the same words, from folded lines, which it folds again."""
    left = lines(cut(lines(text), furniture=LEXICON.furniture, noise=LEXICON.noise))
    entry = an_entry(title="Bridge", text=left, link="")

    assert attribute(entry, source=a_source(), lexicon=LEXICON, trimmed=True) == attribute(
        entry, source=a_source(), lexicon=LEXICON
    )


def _visible(text: str) -> str:
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
