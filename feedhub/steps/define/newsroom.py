"""All documents to one newsroom, checked as a whole: every fault at once, or none."""

from collections.abc import Callable
from datetime import timedelta

from feedhub.errors import ConfigError
from feedhub.model.newsroom import DocumentText, Newsroom
from feedhub.steps.define.cues import read_cues
from feedhub.steps.define.frame import Frame
from feedhub.steps.define.outlets import read_outlets
from feedhub.steps.define.sources import read_sources
from feedhub.steps.define.topics import read_topics
from feedhub.text.digest import digest


def define(
    texts: tuple[DocumentText, ...],
    *,
    min_every: timedelta,
    check_rule: Callable[[str], None],
) -> Newsroom:
    """The newsroom that the documents define. `check_rule` raises RuleError for a rule that is wrong.

    Raises ConfigError with every fault, in the order of the documents and their lines.
    """
    frame = Frame(texts)
    registry = read_outlets(frame.tables, frame.say)
    cues = read_cues(frame.tables, frame.say)
    sources, outlets = read_sources(frame.tables, frame.say, outlets=registry, min_every=min_every)
    topics = read_topics(frame.tables, frame.say, say_rule=frame.say_rule, check_rule=check_rule)
    if faults := frame.faults():
        raise ConfigError(faults)
    mark = digest(*(part for document in texts for part in (document.name, document.text)))
    return Newsroom(outlets=outlets, cues=cues, sources=sources, topics=topics, digest=mark)
