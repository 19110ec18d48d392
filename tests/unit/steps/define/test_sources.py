"""Tables of sources."""

import tomllib
from datetime import timedelta

from feedhub.model.keys import OutletSlug, SourceSlug
from feedhub.model.outlet import Outlet, Outlets
from feedhub.model.source import ListPage, Source
from feedhub.steps.define.sources import read_sources

_LEAST = timedelta(minutes=5)
_HARBOUR = Outlet(slug=OutletSlug("harbour_post"), name="Harbour Post", domains=("harbour.example",))
_REGISTRY = Outlets(by_slug={_HARBOUR.slug: _HARBOUR})
_NAMED = "[outlets.harbour_post]\n"


def _read(text: str, *, named: str = _NAMED) -> tuple[tuple[Source, ...], Outlets, list[tuple[str, str, str]]]:
    said: list[tuple[str, str, str]] = []

    def say(path: tuple[str, ...], message: str, hint: str) -> None:
        said.append((".".join(path), message, hint))

    sources, outlets = read_sources(tomllib.loads(named + text), say, outlets=_REGISTRY, min_every=_LEAST)
    return sources, outlets, said


def test_every_key_is_read() -> None:
    """All that a source can say."""
    sources, outlets, said = _read("""
        [sources.harbour]
        url = "https://harbour.example/rss"
        outlet = "harbour_post"
        title = "Harbour"
        lang = "pt-BR"
        every = "15m"
        tags = ["sea", "ports"]
        fulltext = true
        enabled = false
    """)
    assert (sources, outlets, said) == (
        (
            Source(
                slug=SourceSlug("harbour"),
                url="https://harbour.example/rss",
                outlet=OutletSlug("harbour_post"),
                title="Harbour",
                lang="pt-BR",
                every=timedelta(minutes=15),
                tags=("sea", "ports"),
                fulltext=True,
                enabled=False,
            ),
        ),
        _REGISTRY,
        [],
    )


def test_source_that_names_no_interval_is_asked_as_it_publishes() -> None:
    """No default is made up here: when next is decided from what it brings."""
    sources, _, _ = _read('[sources.harbour]\nurl = "https://harbour.example/rss"\n')
    assert [source.every for source in sources] == [None]


def test_page_of_a_source_is_read_by_selectors() -> None:
    """All but the item may be left out."""
    sources, _, said = _read("""
        [sources.a]
        url = "https://harbour.example/news"
        [sources.a.page]
        item = " article.story "
        link = "h2 > a[href]"
        title = "h2, h3"
        summary = "p:first-of-type"
        date = "time"
        [sources.b]
        url = "https://harbour.example/ports"
        page = { item = "li a" }
    """)
    assert ([source.page for source in sources], said) == (
        [
            ListPage(
                item="article.story",
                link="h2 > a[href]",
                title="h2, h3",
                summary="p:first-of-type",
                date="time",
            ),
            ListPage(item="li a"),
        ],
        [],
    )


def test_faults_of_a_page_are_said_at_their_keys() -> None:
    """Wrong selectors, misspelt keys, no item."""
    _, _, said = _read("""
        [sources.a]
        url = "https://harbour.example/news"
        [sources.a.page]
        link = "a["
        title = ""
        dates = "time"
    """)
    assert said == [
        ("sources.a.page.item", "item is missing", ""),
        (
            "sources.a.page.link",
            "\"a[\" is no CSS selector: Expected ident or '*', got <EOF at 2>",
            'write one such as "article.story h2 > a"',
        ),
        ("sources.a.page.title", '"" is not one line of text', ""),
        ("sources.a.page.dates", 'there is no key "dates"', "did you mean 'date'?"),
    ]


def test_source_without_outlet_belongs_to_the_owner_of_its_domain() -> None:
    """Of its host, or of a domain above it, but not of one that only looks alike."""
    sources, _, _ = _read("""
        [sources.a]
        url = "https://harbour.example/rss"
        [sources.b]
        url = "https://www.news.HARBOUR.example/rss"
        [sources.c]
        url = "https://notharbour.example/rss"
    """)
    assert [source.outlet for source in sources] == ["harbour_post", "harbour_post", "c"]


def test_source_that_nobody_owns_is_an_outlet_of_its_own() -> None:
    """Named by its title, else by its host."""
    sources, outlets, said = _read("""
        [sources.gavan]
        url = "https://www.gavan.example/rss"
        [sources.bell]
        url = "https://bell.example/rss"
        title = "East Bell"
    """)
    assert [source.outlet for source in sources] == ["gavan", "bell"]
    assert outlets.by_slug == {
        _HARBOUR.slug: _HARBOUR,
        OutletSlug("gavan"): Outlet(slug=OutletSlug("gavan"), name="gavan.example"),
        OutletSlug("bell"): Outlet(slug=OutletSlug("bell"), name="East Bell"),
    }
    assert said == []


def test_source_does_not_take_the_name_of_an_outlet_that_it_is_not_of() -> None:
    """A slug is one outlet."""
    sources, _, said = _read('[sources.harbour_post]\nurl = "https://other.example/rss"\n')
    assert (sources, said) == (
        (),
        [
            (
                "sources.harbour_post",
                'the outlet "harbour_post" does not own "other.example"',
                "name the outlet: outlet = ...",
            )
        ],
    )


def test_unknown_outlets_are_said_whatever_else_is_wrong() -> None:
    """With a guess where one is near."""
    _, _, said = _read("""
        [sources.a]
        url = "https://a.example/rss"
        outlet = "harbour_pots"
        [sources.b]
        url = 5
        outlet = "Zebra"
    """)
    assert said == [
        ("sources.a.outlet", 'there is no outlet "harbour_pots"', "did you mean 'harbour_post'?"),
        ("sources.b.outlet", 'there is no outlet "Zebra"', "add it to the outlets, or leave it out"),
        ("sources.b.url", "url must be text in quotes, not 5", ""),
    ]


def test_outlet_that_is_there_but_faulty_is_no_unknown_one() -> None:
    """Its own fault is said elsewhere; a second one would only mislead."""
    sources, _, said = _read('[sources.a]\nurl = "https://a.example/"\noutlet = "bad"\n', named="[outlets.bad]\n")
    assert ([source.outlet for source in sources], said) == (["bad"], [])


def test_guesses_are_made_for_a_few_names_only() -> None:
    """A registry that went missing would make thousands."""
    names = (*range(202), 0)
    text = "".join(
        f'[sources.s{place}]\nurl = "https://a.example/"\noutlet = "x{n}"\n' for place, n in enumerate(names)
    )
    _, _, said = _read(text, named="outlets = 5\n")
    guess = "add it to the outlets, or leave it out"
    assert [hint for _, _, hint in said] == [guess] * 200 + ["", "", guess]


def test_interval_under_the_least_is_said() -> None:
    """The operator's bound holds for editors."""
    _, _, said = _read('[sources.a]\nurl = "https://harbour.example/"\nevery = "1m"\n')
    assert said == [("sources.a.every", "1m is too often", "at least 5m")]


def test_every_fault_of_a_source_is_said() -> None:
    """Not the first alone."""
    _, _, said = _read("""
        [sources.Axar]
        [sources.b]
        everyy = "15m"
        lang = "english"
        tags = ["a", 5]
        fulltext = "yes"
        [sources]
        c = 5
    """)
    slug_hint = "at most 64 small letters a to z, digits, - and _, with a letter or digit first"
    assert said == [
        ("sources.Axar", '"Axar" cannot be a slug', slug_hint),
        ("sources.b.url", "url is missing", ""),
        ("sources.b.lang", '"english" is no language', 'write a tag such as "en" or "pt-BR"'),
        ("sources.b.tags.1", "each of tags must be text in quotes, not 5", ""),
        ("sources.b.fulltext", 'fulltext must be true or false, not "yes"', ""),
        ("sources.b.everyy", 'there is no key "everyy"', "did you mean 'every'?"),
        ("sources.c", "this must be a table, not 5", ""),
    ]


def test_sources_that_are_no_tables() -> None:
    """One value where tables belong."""
    sources, _, said = _read("", named="sources = 5\n")
    assert (sources, said) == (
        (),
        [("sources", "sources must be tables", "write [sources.SLUG] and the keys below it")],
    )
