"""Names that no registry knows."""

import pytest

from feedhub.steps.attribute.names import spot
from feedhub.steps.attribute.reading import segments
from feedhub.steps.attribute.strangers import MOST, candidates
from tests.unit.steps.attribute.small import small_lexicon

LEXICON = small_lexicon()


def strangers(text: str) -> list[tuple[str, bool]]:
    """Possible names in a text, and whether a word for their kind vouches for each."""
    segment = list(segments("", text))[1]
    found = candidates(segment, LEXICON, spot(LEXICON.names, segment, lang=lambda: "en"))
    return [(hit.spelling.text, vouched) for hit, vouched in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("writes “Evening Quay” today", [("Evening Quay", False)]),
        ("writes the newspaper “Evening Quay”", [("Evening Quay", True)]),
        ("the “Evening Quay” newspaper", [("Evening Quay", True)]),
        ("writes “evening quay” today", []),
        ("said “Not me, never”", []),
        ("the “Ministry of Sea”", []),
        ("a “Name Of Far Too Many Words” here", []),
        ("seen at quay.example.com today", [("quay.example.com", False)]),
        ("Quay.az writes", [("Quay.az", False)]),
        ("mail a@quay.com or https://quay.com/x", []),
        ("told KXYZ-TV and Fox 5", [("KXYZ-TV", True), ("Fox 5", True)]),
        ("the Evening Herald wrote", [("Evening Herald", True)]),
        ("Herald of the Sea wrote", [("Herald of the Sea", True)]),
        ("a herald came", []),
        ("Herald", []),
        ("the newspaper iQuay 7 wrote", [("iQuay 7", True)]),
        ("the newspaper has", []),
        ("It is open, Evening Quay reports.", [("Evening Quay", True)]),
        ("Evening Quay reports", []),
        ("It is open, the Ministry Of Sea reports.", []),
        ("the newspaper One Two Three Four Five Six wrote", []),
        ("the newspaper Tide wrote", []),
        ("the Evening Herald, “Evening Herald”", [("Evening Herald", False), ("Evening Herald", True)]),
    ],
)
def test_what_looks_like_an_outlet_is_a_candidate(text: str, found: list[tuple[str, bool]]) -> None:
    """What a person or a body may be called is none, nor what the registry knows."""
    assert strangers(text) == found


def test_a_text_full_of_names_is_looked_at_so_far() -> None:
    """The rest of it adds nothing."""
    assert len(strangers("“Quay” " * 100)) == MOST


def test_what_is_found_twice_in_one_place_counts_once() -> None:
    """In quotation marks and with a word of the press."""
    assert strangers("the “Evening Herald”") == [("Evening Herald", False)]


def test_each_line_is_looked_through_once() -> None:
    """However many words of the press are in it."""
    assert strangers("Herald newspaper newspaper\nnewspaper Quay") == [("Quay", True)]
