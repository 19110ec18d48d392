"""The registry document: what it gives, and every fault in it."""

import tomllib
from pathlib import Path

import pytest

from feedhub.model.keys import OutletSlug
from feedhub.model.outlet import Outlet, Outlets
from feedhub.steps.define.outlets import read_outlets

CONFIG = Path(__file__).parents[4] / "config"
Said = tuple[tuple[str, ...], str, str]


def read(text: str) -> tuple[Outlets, list[Said]]:
    """The registry of a document and what was said of it."""
    said: list[Said] = []
    outlets = read_outlets(tomllib.loads(text), lambda path, message, hint: said.append((path, message, hint)))
    return outlets, said


def test_the_registry_of_the_project_has_no_fault() -> None:
    """And holds at least the seed."""
    outlets, said = read((CONFIG / "outlets.toml").read_text(encoding="utf-8"))

    assert said == []
    assert len(outlets.by_slug) >= 374
    assert outlets.by_slug[OutletSlug("axar")].domains == ("axar.az",)


def test_all_that_a_document_says_arrives() -> None:
    """Each key of each table."""
    outlets, said = read("""
        suffix_rules = { az = "-?(?:un|ə)" }
        prefix_rules = { ar = "ل" }
        collisions = { "HP" = ["harbour", "hill"] }
        not_outlets = { social = ["X"], data = ["Moody's"] }
        other_readings = { HP = ["horse power"] }
        [outlets.harbour]
        name = "Harbour Post"
        kind = "newspaper"
        country = "AZ"
        languages = ["az", "*"]
        domains = ["Harbour.example"]
        aliases = ["HP"]
        needs_cue = ["H"]
        forms = ["Harbour Posts"]
        parent = "hill"
        rights = "full"
        [outlets.hill]
        name = "HP"
    """)

    harbour = Outlet(
        slug=OutletSlug("harbour"),
        name="Harbour Post",
        kind="newspaper",
        country="AZ",
        languages=("az", "*"),
        domains=("harbour.example",),
        aliases=("HP",),
        needs_cue=("H",),
        forms=("Harbour Posts",),
        parent=OutletSlug("hill"),
        rights="full",
    )
    assert (outlets, said) == (
        Outlets(
            by_slug={harbour.slug: harbour, OutletSlug("hill"): Outlet(slug=OutletSlug("hill"), name="HP")},
            collisions={"HP": (OutletSlug("harbour"), OutletSlug("hill"))},
            suffix_rules={"az": "-?(?:un|ə)"},
            prefix_rules={"ar": "ل"},
            not_outlets=frozenset({"X", "Moody's"}),
            other_readings={"HP": ("horse power",)},
        ),
        [],
    )


@pytest.mark.parametrize(
    ("text", "path", "message"),
    [
        ("outlets = 3", ("outlets",), "outlets must be tables"),
        ('[outlets."A b"]\nname="A"', ("outlets", "A b"), '"A b" is no slug'),
        ('[outlets.a]\nkind="agency"', ("outlets", "a", "name"), "name is missing"),
        ('[outlets.a]\nname="AB"\nnmae="A"', ("outlets", "a", "nmae"), 'there is no key "nmae"'),
        ('[outlets.a]\nname="AB"\nparent="b"', ("outlets", "a", "parent"), '"b" is no other outlet'),
        ('[outlets.a]\nname="AB"\nparent="a"', ("outlets", "a", "parent"), '"a" is no other outlet'),
        ('[outlets.a]\nname="AB"\ndomains=["https://a"]', ("outlets", "a", "domains"), '"https://a" is no domain'),
        ('[outlets.a]\nname="AB"\naliases=["Z"]', ("outlets", "a"), '"Z" is one letter'),
        ('[outlets.a]\nname="AB"\n[outlets.b]\nname="ab"', ("outlets", "b"), '"ab" is claimed by a too'),
        ('collisions={ABC=["x"]}', ("collisions", "ABC"), '"x" is no outlet'),
        ('suffix_rules={az="(?:un"}', ("suffix_rules", "az"), "this regular expression cannot be read"),
        ('suffix_rules={az="(un)"}', ("suffix_rules", "az"), "this regular expression has groups that capture"),
        ("prefix_rules=3", ("prefix_rules",), ""),
        ("not_outlets={social=3}", ("not_outlets", "social"), "social must be a list in brackets, not 3"),
    ],
)
def test_each_fault_is_said_where_it_is(text: str, path: tuple[str, ...], message: str) -> None:
    """By the path of keys, so that an editor can be led there."""
    said = read(text)[1]

    assert [(each[0], each[1][: len(message)]) for each in said] == [(path, message)]


def test_a_domain_has_one_owner() -> None:
    """Else nobody could tell whose a link is."""
    said = read('[outlets.a]\nname="AB"\ndomains=["a.example"]\n[outlets.b]\nname="CD"\ndomains=["a.example"]')[1]

    assert said == [(("outlets", "b", "domains"), '"a.example" belongs to "a" already', "a domain has one owner")]


def test_a_wrong_outlet_is_left_out_and_the_others_are_read() -> None:
    """One run shows all faults."""
    outlets, said = read('[outlets.a]\nname=3\n[outlets.b]\nname="CD"')

    assert (list(outlets.by_slug), len(said)) == ([OutletSlug("b")], 1)
