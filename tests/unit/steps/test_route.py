"""Stories to topics."""

from feedhub.model.keys import TopicSlug
from feedhub.model.topic import Hit, Match, Rule, Subject, Topic
from feedhub.steps.route import route
from tests.builders import a_subject, a_topic


def _yes(clause: str) -> Rule:
    def rule(subject: Subject) -> Hit | None:
        return Hit(clause=clause, words=(subject.title,))

    return rule


def _no(subject: Subject) -> Hit | None:
    return None


def _matches(subject: Subject, *topics: Topic) -> tuple[str, ...]:
    return tuple(match.topic for match in route(subject, tuple((topic, _yes("x")) for topic in topics)))


def test_route_gives_matches_in_the_order_of_the_topics_with_their_hits() -> None:
    """Not the alphabet's order, nor that of the rules' weight."""
    topics = ((a_topic("ships"), _yes("ship")), (a_topic("birds"), _no), (a_topic("ports"), _yes("port")))
    assert route(a_subject(title="Port"), topics) == (
        Match(topic=TopicSlug("ships"), hit=Hit(clause="ship", words=("Port",))),
        Match(topic=TopicSlug("ports"), hit=Hit(clause="port", words=("Port",))),
    )


def test_route_without_topics_gives_nothing() -> None:
    """No topic, no match."""
    assert route(a_subject(), ()) == ()


def test_route_holds_a_topic_to_its_reports() -> None:
    """A story told twice is in topics that ask for one or two reports."""
    topics = (a_topic("one", min_reports=1), a_topic("two", min_reports=2), a_topic("three", min_reports=3))
    assert _matches(a_subject(reports=2), *topics) == ("one", "two")


def test_route_holds_a_topic_to_its_languages() -> None:
    """One language in common is enough; none asked for is all."""
    topics = (a_topic("any"), a_topic("both", langs=("az", "en")), a_topic("other", langs=("tr",)))
    assert _matches(a_subject(langs=frozenset({"en", "ru"})), *topics) == ("any", "both")


def test_route_keeps_a_story_of_no_known_language_out_of_topics_that_ask_for_one() -> None:
    """What is not known is not claimed."""
    assert _matches(a_subject(langs=frozenset()), a_topic("any"), a_topic("english", langs=("en",))) == ("any",)
