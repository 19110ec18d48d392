"""Who publishes, and what elements claim."""

import pytest

from feedhub.model.credit import Evidence
from feedhub.model.cue import Role
from feedhub.model.entry import Origin
from feedhub.model.keys import OutletSlug
from feedhub.model.outlet import OutletRef
from feedhub.steps.attribute.publisher import claims, squash, who_publishes
from tests.builders import a_source, an_entry, ref
from tests.unit.steps.attribute.small import HARBOUR, HILL, TIDE, WIRE, small_lexicon

LEXICON = small_lexicon()
ELSEWHERE = "https://nobody.example/1"


@pytest.mark.parametrize(
    ("outlet", "link", "origins", "publisher"),
    [
        ("harbour_post", ELSEWHERE, (), HARBOUR),
        ("harbour_post", "https://wire.example/1", (), HARBOUR),
        ("round-up", "https://m.wire.example/1", (), WIRE),
        ("round-up", "https://wire.example/1", (Origin(name="Tide", url="", kind="source"),), WIRE),
        ("round-up", ELSEWHERE, (Origin(name="Tide", url="", kind="source"),), TIDE),
        ("round-up", ELSEWHERE, (Origin(name="", url="https://tide.example/rss", kind="source"),), TIDE),
        ("round-up", ELSEWHERE, (Origin(name="Tide", url="", kind="via"),), ref("Round-up")),
        ("round-up", ELSEWHERE, (Origin(name="Nobody", url="", kind="source"),), ref("Round-up")),
        ("stranger", "https://tide.example/1", (), TIDE),
        ("stranger", ELSEWHERE, (), OutletRef(slug=None, name="The Stranger")),
    ],
)
def test_a_claim_names_the_publisher_only_where_the_registry_does_not(
    outlet: str, link: str, *, origins: tuple[Origin, ...], publisher: OutletRef
) -> None:
    """A source of a known outlet publishes as that outlet; aggregators and strangers as who owns the link."""
    source = a_source(outlet=OutletSlug(outlet), title="The Stranger")

    found = who_publishes(an_entry(link=link, origins=origins), source=source, lexicon=LEXICON)

    assert found.ref == publisher


def test_a_source_without_title_goes_by_its_slug() -> None:
    """Something has to stand in the credit line."""
    source = a_source(outlet=OutletSlug("stranger"), title="")

    assert who_publishes(an_entry(link=""), source=source, lexicon=LEXICON).ref.name == "stranger"


@pytest.mark.parametrize(
    ("title", "url", "country"),
    [
        ("news.az", "https://x.example/", "AZ"),
        ("News", "https://news.co.uk/rss", "GB"),
        ("News", "https://news.example/rss", ""),
        ("News", "https://news.eu/rss", ""),
        ("News", "rss", ""),
    ],
)
def test_the_country_of_a_stranger_is_that_of_its_domain(title: str, url: str, country: str) -> None:
    """It tells namesakes apart."""
    source = a_source(outlet=OutletSlug("stranger"), title=title, url=url)

    assert who_publishes(an_entry(link=""), source=source, lexicon=LEXICON).country == country


def claimed(**changes: object) -> list[tuple[str, str]]:
    """Who is claimed as the origin of an entry of the Harbour Post, by which rule."""
    entry = an_entry("1", **({"link": ""} | changes))
    publisher = who_publishes(entry, source=a_source(), lexicon=LEXICON)
    return [(each.outlet.name, each.rule) for each in claims(entry, publisher=publisher, lexicon=LEXICON)]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"origins": (Origin(name="WIRE", url="", kind="source"),)}, [("WIRE", "structure.source")]),
        ({"origins": (Origin(name="", url="https://wire.example/", kind="via"),)}, [("WIRE", "structure.via")]),
        ({"origins": (Origin(name="Harbour Post", url="", kind="source"),)}, []),
        ({"origins": (Origin(name="Nobody", url="[", kind="dc_source"),)}, []),
        ({"authors": ("WIRE",)}, [("WIRE", "structure.author")]),
        ({"authors": ("Tide", "Ann Smith", "")}, []),
        ({"link": "https://wire.example/1"}, [("WIRE", "structure.link")]),
        ({"link": "https://harbour.example/1"}, []),
        ({"link": "https://radio.example/1"}, []),
    ],
)
def test_elements_name_another_outlet_as_the_origin(changes: dict[str, object], found: list[tuple[str, str]]) -> None:
    """Never the publisher itself, nor a service of it."""
    assert claimed(**changes) == found


def test_a_claim_is_evidence_with_the_words_of_the_element() -> None:
    """So that the page can show it."""
    entry = an_entry(link="", origins=(Origin(name="WIRE", url="", kind="dc_source"),))
    publisher = who_publishes(entry, source=a_source(), lexicon=LEXICON)

    found = tuple(claims(entry, publisher=publisher, lexicon=LEXICON))

    assert found == (
        Evidence(
            outlet=WIRE,
            role=Role.ORIGINATOR,
            rule="structure.dc_source",
            field="dc_source",
            start=0,
            end=4,
            name_start=0,
            name_end=4,
            words="WIRE",
            weight=0.6,
        ),
    )


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("News.Az", "news"),
        ("www.news.az", "news"),
        ("The News", "thenews"),
        ("Caspianherald.example", "caspianherald"),
        ("Caspian Herald", "caspianherald"),
        ("news.co.uk", "news"),
        ("İnterpress.az", "interpress"),
        ("Şərq", "şərq"),
    ],
)
def test_squash_makes_the_ways_to_write_a_name_one(name: str, mark: str) -> None:
    """Case, signs and the ending of a domain play no part."""
    assert squash(name) == mark


def test_the_publisher_knows_itself_by_slug_and_by_name() -> None:
    """A text may write it in another way than the registry."""
    publisher = who_publishes(an_entry(link=""), source=a_source(), lexicon=LEXICON)

    assert [
        publisher.is_self(HARBOUR),
        publisher.is_self(HILL),
        publisher.is_self(OutletRef(slug=None, name="HarbourPost")),
    ] == [
        True,
        False,
        True,
    ]
