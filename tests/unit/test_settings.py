"""Settings: the file, then the environment, or every fault in them."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from feedhub.errors import ConfigError, Fault
from feedhub.settings import Settings, environment, load_settings
from feedhub.settings.load import MAX_BYTES

_SHIPPED = Path(__file__).parents[2] / "config" / "feedhub.toml"

LEAST = """config_version = 1
[site]
title = "Caspian Wire"
base_url = "http://127.0.0.1:8000/"
tag_authority = "feeds.example.org,2026"
"""


def _load(folder: Path, text: str, environ: Mapping[str, str] | None = None) -> Settings:
    path = folder / "config" / "feedhub.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())
    return load_settings(path, environ or {})


def _faults(folder: Path, text: str, environ: Mapping[str, str] | None = None) -> list[tuple[str, int, int, str, str]]:
    with pytest.raises(ConfigError) as caught:
        _load(folder, text, environ)
    return [
        (Path(fault.file).name, fault.line, fault.column, fault.message, fault.hint) for fault in caught.value.faults
    ]


def test_least_settings_have_defaults_for_the_rest(tmp_path: Path) -> None:
    """Three keys are asked for; the address loses its slash; the database is a file of the project."""
    settings = _load(tmp_path, LEAST)
    assert settings.site.base_url == "http://127.0.0.1:8000"
    assert settings.include == ("outlets.toml", "cues.toml", "sources.toml", "topics.toml", "conf.d/*.toml")
    assert settings.polling.default_every == timedelta(minutes=30)
    assert settings.stories.settle == timedelta(minutes=4)
    assert settings.storage.database_url == f"sqlite:///{tmp_path}/var/feedhub.sqlite3"
    assert settings.user_agent("1.2") == "feedhub/1.2 (+http://127.0.0.1:8000/about)"


def test_shipped_file_says_every_key_and_its_default(tmp_path: Path) -> None:
    """What an operator reads there is what holds without it; only the site is an example."""
    shipped = load_settings(_SHIPPED, {})
    least = _load(tmp_path, LEAST)
    sections = set(Settings.model_fields) - {"config_version", "include"}
    written = {section: set(getattr(shipped, section).model_fields_set) for section in sections}
    assert written == {section: set(type(getattr(shipped, section)).model_fields) for section in written}
    same = {"include", "polling", "stories", "feeds", "http", "sandbox", "web", "log"}
    assert {key: getattr(shipped, key) for key in same} == {key: getattr(least, key) for key in same}


def test_environment_goes_over_the_file(tmp_path: Path) -> None:
    """Each as the type of its key; a section need not be in the file."""
    environ = {
        "FEEDHUB_SITE__TITLE": "Harbour Wire",
        "FEEDHUB_WEB__PORT": "8080",
        "FEEDHUB_STORIES__MERGE_AT": "0.9",
        "FEEDHUB_STORIES__SETTLE": "0s",
        "FEEDHUB_LOG__JSON": "TRUE",
        "FEEDHUB_FEEDS__HUB": "",
        "FEEDHUB_HTTP__ALLOW_HOSTS": "127.0.0.1:8700, localhost:8700,",
        "FEEDHUB_NOW": "2026-03-02T09:00:00Z",
        "FEEDHUB_DIR": "elsewhere",
        "PATH": "/bin",
    }
    settings = _load(tmp_path, LEAST, environ)
    assert settings.site.title == "Harbour Wire"
    assert settings.web.port == 8080
    assert (settings.stories.merge_at, settings.stories.settle) == (0.9, timedelta())
    assert settings.log.as_json is True
    assert settings.http.allow_hosts == ("127.0.0.1:8700", "localhost:8700")


@pytest.mark.parametrize(
    ("written", "hosts"),
    [
        ('["127.0.0.1:8700", "localhost"]', ("127.0.0.1:8700", "localhost")),
        ("[]", ()),
        ("", ()),
        (" 127.0.0.1:8700 ", ("127.0.0.1:8700",)),
    ],
)
def test_lists_in_the_environment(tmp_path: Path, written: str, hosts: tuple[str, ...]) -> None:
    """As TOML writes them, or with commas alone."""
    assert _load(tmp_path, LEAST, {"FEEDHUB_HTTP__ALLOW_HOSTS": written}).http.allow_hosts == hosts


def test_faults_of_the_environment_name_the_variable(tmp_path: Path) -> None:
    """There is no line to point at."""
    environ = {
        "FEEDHUB_WEB__PRT": "8080",
        "FEEDHUB_ZEBRA__X": "1",
        "FEEDHUB_WEB__PORT": "http",
        "FEEDHUB_HTTP__ALLOW_HOSTS": "[",
        "FEEDHUB_LOG__JSON": "perhaps",
    }
    assert _faults(tmp_path, LEAST, environ) == [
        ("FEEDHUB_WEB__PRT", 0, 0, "sets no key", "did you mean 'FEEDHUB_WEB__PORT'?"),
        ("FEEDHUB_ZEBRA__X", 0, 0, "sets no key", ""),
        ("FEEDHUB_HTTP__ALLOW_HOSTS", 0, 0, 'allow_hosts must be a list in brackets, not "["', 'write ["["]'),
        ("FEEDHUB_WEB__PORT", 0, 0, 'port must be a whole number, not "http"', ""),
        ("FEEDHUB_LOG__JSON", 0, 0, 'json must be true or false, not "perhaps"', ""),
    ]


def test_variable_for_no_key_is_a_fault_of_its_own(tmp_path: Path) -> None:
    """Even where all else is right."""
    assert _faults(tmp_path, LEAST, {"FEEDHUB_WEB__PRT": "1"}) == [
        ("FEEDHUB_WEB__PRT", 0, 0, "sets no key", "did you mean 'FEEDHUB_WEB__PORT'?")
    ]


def test_every_fault_of_the_file_is_told_at_its_place(tmp_path: Path) -> None:
    """In the order of the lines, with what to do."""
    text = """config_version = 1
include = ["outlets.toml", "../x.toml", "/y.toml", "z.txt"]
zebra = 1
[site]
base_url = "127.0.0.1"
tag_authority = "example.org"
language = "english"
timezone = "Asia/Bakou"
contact = "editor"
[polling]
default_every = 5
tikc = "5s"
user_agent = "feedhub {name}"
[feeds]
items = "50"
hub = "hub"
[http]
allow_hosts = ["a b"]
[web]
port = 70000
"""
    assert _faults(tmp_path, text) == [
        ("feedhub.toml", line, column, message, hint)
        for line, column, message, hint in (
            (2, 28, '"../x.toml" names no document', "a .toml file or pattern, seen from this file's folder"),
            (2, 41, '"/y.toml" names no document', "a .toml file or pattern, seen from this file's folder"),
            (2, 52, '"z.txt" names no document', "a .toml file or pattern, seen from this file's folder"),
            (
                3,
                1,
                'there is no key "zebra"',
                "the keys are config_version, include, site, polling, stories, feeds, storage, http, sandbox, web, log",
            ),
            (4, 2, "title is missing", ""),
            (5, 1, '"127.0.0.1" is no absolute http or https URL', ""),
            (
                6,
                1,
                '"example.org" is no tag authority (RFC 4151)',
                'a domain that you own and a year or day on which you did, such as "feeds.example.org,2026"',
            ),
            (7, 1, '"english" is no language', 'write a tag such as "en" or "pt-BR"'),
            (8, 1, '"Asia/Bakou" is no time zone', "did you mean 'Asia/Baku'?"),
            (9, 1, '"editor" is no contact', "write mailto:NAME@HOST or an https URL"),
            (
                11,
                1,
                "5 is no duration",
                'a duration is a whole number and a unit: "90s", "15m", "6h" or "7d"',
            ),
            (12, 1, 'there is no key "tikc"', "did you mean 'tick'?"),
            (
                13,
                1,
                '"feedhub {name}" is no user agent',
                "plain ASCII; {version} and {base_url} are filled in",
            ),
            (15, 1, 'items must be a whole number, not "50"', ""),
            (16, 1, '"hub" is no absolute http or https URL', ""),
            (18, 16, '"a b" is no host', 'write "HOST" or "HOST:PORT"'),
            (20, 1, "port must be 65535 or less, not 70000", ""),
        )
    ]


@pytest.mark.parametrize("name", ["Nowhere/At/All/0123456789", "../etc/passwd", "Asia", "", "\x00"])
def test_time_zones_that_are_none(tmp_path: Path, name: str) -> None:
    """Odd names are refused like misspelt ones."""
    text = LEAST + f'timezone = "{name}"\n'.replace("\x00", "\\u0000")
    assert [fault[1:3] for fault in _faults(tmp_path, text)] == [(6, 1)]


@pytest.mark.parametrize(
    ("section", "fault"),
    [
        ('[polling]\nmin_every = "2h"', (6, 2, "default_every must lie between min_every and max_every")),
        ('[polling]\ntick = "0s"', (7, 1, "must be longer than 0s")),
        ('[polling]\nmin_every = "0s"', (7, 1, "must be longer than 0s")),
        ('[http]\nstall_timeout = "0s"', (7, 1, "must be longer than 0s")),
        ('[sandbox]\ncpu = "0s"', (7, 1, "must be longer than 0s")),
        ("[stories]\nreview_at = 0.9", (7, 1, "review_at must not be above merge_at")),
        ('[stories]\nwindow = "4m"', (7, 1, "window must be longer than settle and no longer than keep")),
    ],
)
def test_values_that_do_not_fit_each_other(tmp_path: Path, section: str, fault: tuple[int, int, str]) -> None:
    """At the key that is nearest to the trouble."""
    assert [found[1:4] for found in _faults(tmp_path, f"{LEAST}{section}\n")] == [fault]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "config_version is missing"),
        ("config_version = 2\nzebra = 1", "config_version is 2"),
        ("config_version = true", "config_version is true"),
        ('config_version = "1"', 'config_version is "1"'),
    ],
)
def test_another_version_is_read_no_further(tmp_path: Path, text: str, message: str) -> None:
    """Its other faults would mislead."""
    assert _faults(tmp_path, text) == [("feedhub.toml", 1, 1, message, "this feedhub reads 1")]


def test_file_that_is_no_toml(tmp_path: Path) -> None:
    """With the place where it stops."""
    assert _faults(tmp_path, "config_version = 1\n[site\n") == [
        ("feedhub.toml", 2, 6, "Expected ']' at the end of a table declaration", "")
    ]


def test_section_that_is_no_table(tmp_path: Path) -> None:
    """A variable for it changes nothing."""
    text = LEAST.replace("[site]", "web = 5\n[site]")
    assert _faults(tmp_path, text, {"FEEDHUB_WEB__PORT": "1"}) == [
        ("feedhub.toml", 2, 1, "web must be a table, not 5", "")
    ]


def test_file_in_other_forms(tmp_path: Path) -> None:
    """A byte order mark and carriage returns are habits of editors."""
    assert _load(tmp_path, "\ufeff" + LEAST.replace("\n", "\r\n")).site.title == "Caspian Wire"


def test_file_that_is_not_utf8(tmp_path: Path) -> None:
    """With the place of the first wrong byte."""
    path = tmp_path / "feedhub.toml"
    path.write_bytes(b'a = "\xd0\x81"\nb = "\xe9"')
    with pytest.raises(ConfigError) as caught:
        load_settings(path, {})
    assert caught.value.faults == (Fault(file=str(path), line=2, column=6, message="this is not UTF-8"),)


def test_file_that_cannot_be_read(tmp_path: Path) -> None:
    """Missing, a folder, or far too large."""
    large = tmp_path / "large.toml"
    large.write_bytes(b" " * (MAX_BYTES + 1))
    said = []
    for path in (tmp_path / "no.toml", tmp_path, large):
        with pytest.raises(ConfigError) as caught:
            load_settings(path, {})
        said.append((caught.value.faults[0].message, caught.value.faults[0].hint))
    assert said == [
        ("cannot be read: No such file or directory", "`feedhub init` makes one"),
        ("cannot be read: Is a directory", ""),
        ("is larger than 1,000,000 bytes", ""),
    ]


def test_database_from_a_variable_and_from_a_file(tmp_path: Path) -> None:
    """Secrets stand outside of the settings."""
    url = "postgresql://harbour:secret@db.example/feedhub"
    (tmp_path / "secret").write_text(f"{url}\n")
    by_name = _load(tmp_path, f'{LEAST}[storage]\ndatabase_url = "env:PG"\n', {"PG": url})
    by_file = _load(tmp_path, f'{LEAST}[storage]\ndatabase_url = "file:secret"\n')
    by_default = _load(tmp_path, LEAST, {"DATABASE_URL": url})
    by_override = _load(tmp_path, LEAST, {"FEEDHUB_STORAGE__DATABASE_URL": url})
    plain = _load(tmp_path, f'{LEAST}[storage]\ndatabase_url = "sqlite:///x.sqlite3"\n')
    assert [each.storage.database_url for each in (by_name, by_file, by_default, by_override)] == [url] * 4
    assert plain.storage.database_url == "sqlite:///x.sqlite3"
    assert "secret" not in repr(by_name)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("postgresql://harbour:secret@db.example/feedhub", "a password must not stand in this file"),
        ("env:PG", 'the variable "PG" holds no database address'),
        ("env:ODD", 'the variable "ODD" holds no database address'),
        ("file:nowhere", "cannot be read: No such file or directory"),
        ("file:odd", "cannot be read: it is not UTF-8"),
        ("mysql://db.example/feedhub", "database_url holds no database address"),
        ("sqlite://[", "database_url holds no database address"),
    ],
)
def test_database_addresses_that_are_none(tmp_path: Path, value: str, message: str) -> None:
    """Said at the key, without the secret."""
    (tmp_path / "odd").write_bytes(b"\xff")
    (fault,) = _faults(tmp_path, f'{LEAST}[storage]\ndatabase_url = "{value}"\n', {"ODD": "secret"})
    assert (fault[1:3], message in fault[3], "secret" in "".join(fault[3:])) == ((7, 1), True, False)


def test_environment_is_that_of_the_process() -> None:
    """A copy, with what every process has."""
    assert "PATH" in environment()
