"""Registry and cues, compiled."""

import time

import pytest

from feedhub.model.outlet import Outlet
from feedhub.steps.attribute import attribute, prepare
from tests.builders import a_registry, a_source, an_entry, an_outlet
from tests.unit.steps.attribute.small import small_cues, small_lexicon

LEXICON = small_lexicon()


def name_of(outlet: Outlet | None) -> str | None:
    """Its name, if there is one."""
    return outlet.name if outlet else None


@pytest.mark.parametrize(
    ("name", "outlet"),
    [
        ("Harbour Post", "Harbour Post"),
        ("«harbour post»", "Harbour Post"),
        ("wire.example", "WIRE"),
        ("HD", None),
        ("Nobody", None),
        ("nobody.example", None),
        ("", None),
    ],
)
def test_an_outlet_is_found_by_what_it_is_written_as(name: str, outlet: str | None) -> None:
    """If that is one outlet's alone."""
    assert name_of(LEXICON.named(name)) == outlet


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://wire.example/1", "WIRE"),
        ("https://WWW.Wire.example./1", "WIRE"),
        ("https://a.b.c.d.e.wire.org.az/1", "WIRE"),
        ("https://notwire.example/1", None),
        ("https://example/1", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_an_address_belongs_to_who_owns_its_domain(url: str, outlet: str | None) -> None:
    """Subdomains count too, names that only end alike do not."""
    assert name_of(LEXICON.owner(url)) == outlet


def test_a_registry_of_ten_thousand_outlets_is_compiled_and_used() -> None:
    """Nothing in it is quadratic: a few seconds would show that it is."""
    many = a_registry(*(an_outlet(f"Paper {number}", domains=(f"p{number}.example",)) for number in range(10_000)))
    began = time.process_time()

    lexicon = prepare(many, small_cues())
    credit = attribute(an_entry(text="Paper 77 reports."), source=a_source(), lexicon=lexicon)

    assert (name_of(lexicon.named("p9999.example")), credit.originator) == (
        "Paper 9999",
        many.by_slug[an_outlet("Paper 77").slug].ref,
    )
    assert time.process_time() - began < 10
