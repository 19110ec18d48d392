"""Tables of topics."""

import tomllib

from feedhub.errors import RuleError
from feedhub.model.keys import TopicSlug
from feedhub.model.topic import Topic
from feedhub.steps.define.topics import read_topics


def _check_rule(text: str) -> None:
    if "wrong" in text:
        raise RuleError(line=1, column=text.index("wrong") + 1, message="wrong")


def _read(text: str) -> tuple[tuple[Topic, ...], list[tuple[str, str, str]]]:
    said: list[tuple[str, str, str]] = []

    def say(path: tuple[str, ...], message: str, hint: str) -> None:
        said.append((".".join(path), message, hint))

    def say_rule(path: tuple[str, ...], error: RuleError) -> None:
        said.append((".".join(path), str(error), error.hint))

    return read_topics(tomllib.loads(text), say, say_rule=say_rule, check_rule=_check_rule), said


def test_every_key_is_read() -> None:
    """All that a topic can say."""
    assert _read("""
        [topics.energy]
        title = "Caspian energy"
        description = "Gas and more."
        match = "gas"
        lang = ["en", "az"]
        min_reports = 2
        aliases = ["gas"]
        items = 20
        content = "headline"
        link = "story"
        credit = "off"
    """) == (
        (
            Topic(
                slug=TopicSlug("energy"),
                title="Caspian energy",
                description="Gas and more.",
                match="gas",
                langs=("en", "az"),
                min_reports=2,
                aliases=("gas",),
                items=20,
                content="headline",
                link="story",
                credit="off",
            ),
        ),
        [],
    )


def test_topics_keep_their_order() -> None:
    """That of the document, not of the alphabet."""
    topics, _ = _read('[topics.b]\ntitle = "B"\nmatch = ""\n[topics.a]\ntitle = "A"\nmatch = "x"\n')
    assert topics == (
        Topic(slug=TopicSlug("b"), title="B", match=""),
        Topic(slug=TopicSlug("a"), title="A", match="x"),
    )


def test_faults_of_rules_are_said_whatever_else_is_wrong() -> None:
    """A topic without title has its rule looked at all the same."""
    _, said = _read('[topics.a]\nmatch = "all wrong"\n')
    assert said == [("topics.a.match", "1:5: wrong", ""), ("topics.a.title", "title is missing", "")]


def test_rule_must_be_written_even_if_blank() -> None:
    """A rule that was forgotten would let everything in."""
    topics, said = _read('[topics.a]\ntitle = "A"\n')
    assert (topics, said) == ((), [("topics.a.match", "match is missing", "")])


def test_slug_of_all_stories_is_taken() -> None:
    """Its feeds have addresses of their own."""
    _, said = _read('[topics.all]\ntitle = "A"\nmatch = ""\n')
    assert said == [("topics.all", 'the slug "all" is that of the feed of all stories', "choose another slug")]


def test_alias_answers_for_one_topic_only() -> None:
    """Not for another topic, its own, the feed of all stories, or twice."""
    _, said = _read("""
        [topics.a]
        title = "A"
        match = ""
        aliases = ["b", "old", "a", "all", "older"]
        [topics.b]
        title = "B"
        match = ""
        aliases = ["old"]
        [topics.faulty]
        aliases = ["old"]
    """)
    hint = "an alias is a slug that nothing else has"
    assert [(path, message) for path, message, its in said if its == hint] == [
        ("topics.a.aliases.0", '"b" is a topic'),
        ("topics.a.aliases.2", '"a" is a topic'),
        ("topics.a.aliases.3", '"all" is the feed of all stories'),
        ("topics.b.aliases.0", '"old" is an alias of a'),
    ]


def test_languages_are_primary_subtags() -> None:
    """Stories know no more of their language than that."""
    _, said = _read('[topics.a]\ntitle = "A"\nmatch = ""\nlang = ["pt-BR"]\nitems = 0\ncontent = "all"\n')
    assert said == [
        ("topics.a.lang.0", '"pt-BR" is no language', 'write two or three small letters, such as "en"'),
        ("topics.a.items", "items must be 1 or more, not 0", ""),
        ("topics.a.content", "content must be 'headline', 'summary' or 'full', not \"all\"", ""),
    ]


def test_topics_that_are_no_tables() -> None:
    """One value where tables belong."""
    assert _read("topics = []\n") == (
        (),
        [("topics", "topics must be tables", "write [topics.SLUG] and the keys below it")],
    )
