"""What must hold of every document and every settings file, whatever has happened to it."""

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from feedhub.errors import ConfigError, Fault, ParseError, RuleError
from feedhub.model.newsroom import DocumentText
from feedhub.settings import load_settings
from feedhub.steps.define import NewSource, add_sources, define, new_sources, read_opml
from feedhub.text.places import Places
from feedhub.text.toml import plain

_CONFIG = Path(__file__).parents[2] / "config"
_SETTINGS = (_CONFIG / "feedhub.toml").read_bytes()
_SAMPLE = b"""
[outlets.tass]
name = "TASS"
domains = ["tass.com", "tass.ru"]
aliases = ["\xd0\xa2\xd0\x90\xd0\xa1\xd0\xa1"]
[sources.axar]
url = "https://axar.az/rss"
outlet = "tass"
every = "15m"
tags = ["azerbaijan"]
[topics.energy]
title = "Caspian energy"
match = '''(gas OR
 qaz) -football'''
lang = ["en"]
aliases = ["gas"]
[cues.en.told]
kind = "says"
weight = 0.5
patterns = ["{name} said"]
[noise]
en = ["Comments"]
"""
_OPML = b'<?xml version="1.0"?><opml><body><outline text="a"><outline text="b" xmlUrl="https://a.example/"/></outline></body></opml>'

_BYTES = st.binary(max_size=3) | st.sampled_from(
    (b'"', b"'", b"[", b"]", b"=", b"\n", b"\r\n", b".", b"[[", b'"""', b"{", b"\\u")
)


@st.composite
def _mutated(draw: st.DrawFn, body: bytes) -> bytes:
    """The body with a few pieces cut out, doubled or written over."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(body)))
        end = min(len(body), start + draw(st.sampled_from((0, 1, 1, 2, 20))))
        middle = draw(_BYTES) if draw(st.booleans()) else body[start:end] * draw(st.integers(0, 3))
        body = body[:start] + middle + body[end:]
    return body


def _check_rule(text: str) -> None:
    if "(" in text and ")" not in text:
        raise RuleError(line=text.count("\n") + 1, column=1, message="never closed")


def _faults_of(*texts: str) -> tuple[Fault, ...]:
    documents = tuple(DocumentText(name=f"{number}.toml", text=text) for number, text in enumerate(texts))
    try:
        define(documents, min_every=timedelta(minutes=5), check_rule=_check_rule)
    except ConfigError as error:
        return error.faults
    return ()


def _setting_faults(path: Path, environ: Mapping[str, str]) -> tuple[Fault, ...]:
    try:
        load_settings(path, environ)
    except ConfigError as error:
        return error.faults
    return ()


def _is_place_of(fault: Fault, text: str) -> bool:
    lines = plain(text).split("\n")
    return 1 <= fault.line <= len(lines) and 1 <= fault.column <= len(lines[fault.line - 1]) + 1


@settings(max_examples=300, deadline=None)
@given(_mutated(_SAMPLE))
def test_define_fails_only_as_config_error_with_a_place(body: bytes) -> None:
    """However a document is damaged."""
    text = body.decode("utf-8", "replace")
    assert [fault for fault in _faults_of(text) if not _is_place_of(fault, text)] == []


@settings(max_examples=100, deadline=None)
@given(st.lists(_mutated(_SAMPLE), min_size=2, max_size=3))
def test_define_several_documents_fails_only_as_config_error(bodies: list[bytes]) -> None:
    """With the same tables in each, damaged or not."""
    texts = tuple(body.decode("utf-8", "replace") for body in bodies)
    faults = _faults_of(*texts)
    assert faults
    assert [fault for fault in faults if not _is_place_of(fault, texts[int(fault.file[0])])] == []


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_define_takes_any_text(text: str) -> None:
    """Even one that never was a document."""
    assert [fault for fault in _faults_of(text) if not _is_place_of(fault, text)] == []


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=_mutated(_SETTINGS))
def test_settings_fail_only_as_config_error(body: bytes, tmp_path: Path) -> None:
    """However the file is damaged, and with a place in it."""
    path = tmp_path / "feedhub.toml"
    path.write_bytes(body)
    text = body.decode("utf-8", "replace")
    assert [fault for fault in _setting_faults(path, {}) if not _is_place_of(fault, text)] == []


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(("FEEDHUB_WEB__PORT", "FEEDHUB_HTTP__ALLOW_HOSTS", "FEEDHUB_X__Y")), st.text()))
def test_environment_fails_only_as_config_error(environ: dict[str, str]) -> None:
    """Whatever the variables hold; each fault names one."""
    assert {fault.file for fault in _setting_faults(_CONFIG / "feedhub.toml", environ)} <= environ.keys()


@settings(max_examples=200, deadline=None)
@given(_mutated(_SAMPLE))
def test_places_are_found_for_every_key(body: bytes) -> None:
    """The scanner walks over all that tomllib accepts, and misses no key."""
    text = plain(body.decode("utf-8", "replace"))
    try:
        tables = tomllib.loads(text)
    except ValueError:
        assume(False)  # noqa: FBT003  # hypothesis's own word for "not this one"
    places = Places(text)
    for name, table in tables.items():
        line, column = places.key((name,))
        assert text.split("\n")[line - 1][column - 1 :]
        for key in table if isinstance(table, dict) else ():
            assert places.key((name, key)) >= (line, column)


@settings(max_examples=200, deadline=None)
@given(_mutated(_OPML) | st.binary())
def test_opml_fails_only_as_parse_error(body: bytes) -> None:
    """Lists come from strangers; what is read can be written into a document."""
    try:
        found = read_opml(body)
    except ParseError:
        return
    text = add_sources("# ours\n", new_sources(found, taken=()))
    assert len(tomllib.loads(text).get("sources", {})) == len(found)


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_added_sources_read_back(title: str, tag: str) -> None:
    """Whatever a title holds."""
    source = NewSource(slug="harbour", url="https://harbour.example/", title=title, tags=(tag,))
    table = tomllib.loads(add_sources("", (source,)))["sources"]["harbour"]
    assert (table.get("title", ""), table["tags"]) == (title, [tag])
