"""Several documents as one set of tables."""

from feedhub.errors import Fault, RuleError
from feedhub.model.newsroom import DocumentText
from feedhub.steps.define.frame import Frame


def _frame(**texts: str) -> Frame:
    return Frame(tuple(DocumentText(name=f"{name}.toml", text=text) for name, text in texts.items()))


def test_frame_merges_tables_of_several_documents() -> None:
    """Each document may hold a part of a table."""
    frame = _frame(
        a="[sources.harbour]\nurl = 1\n[topics.ferries]\ntitle = 2\n[cues.en.told]\nweight = 1\n",
        b="[sources.gavan]\nurl = 3\n[cues.en.quoted]\nweight = 2\n[cues.ru.told]\nweight = 3\n",
    )
    assert frame.faults() == ()
    assert frame.tables == {
        "sources": {"harbour": {"url": 1}, "gavan": {"url": 3}},
        "topics": {"ferries": {"title": 2}},
        "cues": {"en": {"told": {"weight": 1}, "quoted": {"weight": 2}}, "ru": {"told": {"weight": 3}}},
    }


def test_frame_says_what_is_defined_twice_and_where_the_other_is() -> None:
    """The later one is named at its place, the earlier one in the hint."""
    frame = _frame(a="\n[sources.harbour]\n", b="# b\n[sources]\n harbour = {}\n")
    hint = "the other is at a.toml:2:10"
    wanted = Fault(file="b.toml", line=3, column=2, message='"sources.harbour" is defined twice', hint=hint)
    assert frame.faults() == (wanted,)


def test_frame_says_that_a_table_is_no_table_elsewhere() -> None:
    """A value in one document cannot be merged with a table in another."""
    frame = _frame(a="sources = 5\n", b="[sources.harbour]\n")
    hint = "the other is at a.toml:1:1"
    assert frame.faults() == (Fault(file="b.toml", line=1, column=2, message='"sources" is defined twice', hint=hint),)


def test_frame_says_unknown_tables() -> None:
    """With what may have been meant, or with what there is."""
    frame = _frame(a="[source.harbour]\n[zebra]\n")
    tables = (
        "outlets, suffix_rules, prefix_rules, collisions, not_outlets, other_readings, cues, naming, furniture, noise, "
        "sources, topics"
    )
    assert frame.faults() == (
        Fault(file="a.toml", line=1, column=2, message='there is no table "source"', hint="did you mean 'sources'?"),
        Fault(file="a.toml", line=2, column=2, message='there is no table "zebra"', hint=f"documents hold {tables}"),
    )


def test_frame_reads_on_after_a_document_that_is_no_toml() -> None:
    """What the others hold is there, and so are their faults."""
    frame = _frame(a="sources = \n", b="[topics.ferries]\n", c="x = 1")
    assert frame.tables == {"topics": {"ferries": {}}}
    assert [(fault.file, fault.message) for fault in frame.faults()] == [
        ("a.toml", "Invalid value"),
        ("c.toml", 'there is no table "x"'),
    ]


def test_frame_finds_the_document_and_the_line_of_a_key() -> None:
    """Faults are told in the order of the documents and their lines, whichever was found first."""
    frame = _frame(a="[sources.harbour]\nurl = 1\n", b='\ufeff[sources.gavan]\r\ntags = ["x",\r\n "y"]\r\n')
    frame.say(("sources", "gavan", "tags", "1"), "second", "")
    frame.say(("sources", "gavan", "url"), "first", "hint")
    frame.say(("sources", "harbour", "url"), "before", "")
    frame.say(("cues",), "nowhere", "")
    assert frame.faults() == (
        Fault(file="a.toml", line=1, column=1, message="nowhere"),
        Fault(file="a.toml", line=2, column=1, message="before"),
        Fault(file="b.toml", line=1, column=10, message="first", hint="hint"),
        Fault(file="b.toml", line=3, column=2, message="second"),
    )


def test_frame_finds_the_place_in_a_rule() -> None:
    """A position in the rule is one in the document."""
    frame = _frame(a='[topics.ferries]\nmatch = """\nferry\n  OR"""\n')
    frame.say_rule(("topics", "ferries", "match"), RuleError(line=2, column=3, message="wrong", hint="do this"))
    assert frame.faults() == (Fault(file="a.toml", line=4, column=3, message="wrong", hint="do this"),)
