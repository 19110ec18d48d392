"""Stories to topics: which admit this one, and by which clause of their rule."""

from feedhub.model.topic import Match, Rule, Subject, Topic


def route(subject: Subject, topics: tuple[tuple[Topic, Rule], ...]) -> tuple[Match, ...]:
    """The topics that the story belongs to, in the order in which the admin wrote them.

    A topic's own limits hold first: enough reports, and one of its languages among those of the story.
    """
    return tuple(
        Match(topic=topic.slug, hit=hit)
        for topic, rule in topics
        if _within(topic, subject) and (hit := rule(subject)) is not None
    )


def _within(topic: Topic, subject: Subject) -> bool:
    if subject.reports < topic.min_reports:
        return False
    return not topic.langs or not subject.langs.isdisjoint(topic.langs)
