"""Documents that no parser would take."""

import pytest

from feedhub.steps.parse.repair import without_controls


@pytest.mark.parametrize("sign", ["\x00", "\x08", "\x0b", "\x0c", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_what_xml_cannot_hold_is_left_out(sign: str) -> None:
    """XML 1.0, section 2.2."""
    assert without_controls(f"{sign}é{sign}\t\n\r{sign}") == "é\t\n\r"


@pytest.mark.parametrize("text", ["", "\t\n\r ~\x7f\x85", "\ufffd\ud7ff\ue000\U0010ffff"])
def test_what_xml_can_hold_stays(text: str) -> None:
    """To its edges."""
    assert without_controls(text) == text
