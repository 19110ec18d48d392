"""init, check and import-opml."""

from pathlib import Path

from tests.unit.cli.conftest import Terminal

OPML = '<opml version="2.0"><body><outline text="Mirel" xmlUrl="https://mirel.example/rss"/></body></opml>'


def test_init_names_the_folder_where_it_is_not_the_current_one(terminal: Terminal, tmp_path: Path) -> None:
    code, out, _ = terminal.says("init", str(tmp_path / "new project"))
    assert (code, "new project' run" in out) == (0, True)


def test_init_with_sources_has_no_need_of_an_import(terminal: Terminal, tmp_path: Path) -> None:
    code, out, _ = terminal.says("init", str(tmp_path / "new"), "--with-sources")
    assert (code, "import-opml" in out) == (0, False)


def test_init_makes_nothing_beside_settings_that_are_wrong(terminal: Terminal) -> None:
    (terminal.root / "config" / "feedhub.toml").write_text("config_version = 1\nwhat = 2\n", encoding="utf-8")
    (terminal.root / "config" / "topics.toml").unlink()
    before = sorted(terminal.root.rglob("*"))
    assert (terminal.says("init")[0], sorted(terminal.root.rglob("*"))) == (3, before)


def test_init_says_where_it_cannot_write(terminal: Terminal) -> None:
    (terminal.root / "file").touch()
    assert terminal.says("init", str(terminal.root / "file" / "in"))[0] == 3


def test_check_counts_what_is_defined(terminal: Terminal) -> None:
    code, out, _ = terminal.says("check")
    assert (code, out.startswith("all is well: 0 sources, ")) == (0, True)


def test_check_tells_faults_to_programs(terminal: Terminal) -> None:
    (terminal.root / "config" / "sources.toml").write_text("[sources.a]\n", encoding="utf-8")
    code, out, err = terminal.says("check", "--json")
    assert (code, '"ok": false' in out, '"line": 1' in out, err) == (3, True, True, "")


def test_check_touches_nothing(terminal: Terminal) -> None:
    before = sorted(terminal.root.rglob("*"))
    assert (terminal.says("check", "--json")[0], sorted(terminal.root.rglob("*"))) == (0, before)


def test_import_without_yes_tells_and_writes_nothing(terminal: Terminal) -> None:
    path = terminal.root / "feeds.opml"
    path.write_text(OPML, encoding="utf-8")
    before = (terminal.root / "config" / "sources.toml").read_bytes()
    code, out, _ = terminal.says("import-opml", str(path))
    assert (code, out.splitlines()) == (
        0,
        [
            "mirel\tMirel\thttps://mirel.example/rss",
            "1 new, 0 there already",
            "nothing was written; --yes takes them in",
        ],
    )
    assert (terminal.root / "config" / "sources.toml").read_bytes() == before


def test_import_keeps_standard_output_to_json(terminal: Terminal) -> None:
    result = terminal.call("import-opml", "-", "--json", "--yes", stdin=OPML)
    assert (result.exit_code, result.stdout[0], result.stdout[-2]) == (0, "{", "}")
    assert result.stderr.startswith("written to ")


def test_import_says_of_a_file_that_it_is_no_list(terminal: Terminal) -> None:
    result = terminal.call("import-opml", "-", stdin="hello")
    told = "<stdin>: this cannot be read as a list of feeds (OPML): line 1: Start tag expected, '<' not found\n"
    assert (result.exit_code, result.stderr) == (1, told)


def test_import_of_a_file_that_is_missing_is_a_wrong_call(terminal: Terminal) -> None:
    assert terminal.says("import-opml", "nowhere.opml")[0] == 2
