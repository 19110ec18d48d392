"""The credit line: who told it first, who carried it, and when we are not sure."""

import pytest

from feedhub.model.outlet import OutletRef
from feedhub.text.credit_line import credit_line
from tests.builders import a_credit, ref

WIRE, RELAY, PAPER = ref("TASS"), ref("Report"), ref("Axar.az")


@pytest.mark.parametrize(
    ("originator", "chain", "confidence", "wanted"),
    [
        (None, (PAPER,), 1.0, "Axar.az"),
        (WIRE, (WIRE, PAPER), 0.9, "TASS, via Axar.az"),
        (WIRE, (WIRE, RELAY, PAPER), 0.9, "TASS, via Report, via Axar.az"),
        (WIRE, (WIRE, PAPER), 0.5, "TASS, via Axar.az"),
        (WIRE, (WIRE, PAPER), 0.49, "Axar.az (citing TASS)"),
        (WIRE, (WIRE, RELAY, PAPER), 0.2, "Axar.az (citing TASS)"),
        (PAPER, (PAPER,), 0.2, "Axar.az"),
        (OutletRef(slug=None, name="AXAR.AZ"), (PAPER,), 0.9, "Axar.az"),
        (WIRE, (PAPER,), 0.9, "TASS, via Axar.az"),
        (WIRE, (WIRE, RELAY, RELAY, WIRE, PAPER, PAPER), 0.9, "TASS, via Report, via Axar.az"),
    ],
)
def test_credit_line_names_outlets_from_first_to_last(
    *, originator: OutletRef | None, chain: tuple[OutletRef, ...], confidence: float, wanted: str
) -> None:
    """Each once, whatever the chain repeats; under the threshold the citing outlet stands first."""
    credit = a_credit("Axar.az", originator=originator, chain=chain, confidence=confidence)
    assert credit_line(credit, threshold=0.5) == wanted


def test_credit_line_tells_outlets_with_one_name_apart_by_their_slugs() -> None:
    """A name alone is compared only where a slug is missing."""
    other = OutletRef(slug=ref("Other Report").slug, name="Report")
    credit = a_credit("Report", originator=other, chain=(other, RELAY), confidence=0.9)
    assert credit_line(credit, threshold=0.5) == "Report, via Report"
