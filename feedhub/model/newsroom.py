"""All that the documents define, checked as a whole: what one configuration of feedhub is."""

from dataclasses import dataclass

from feedhub.model.cue import Cues
from feedhub.model.keys import Digest
from feedhub.model.outlet import Outlets
from feedhub.model.source import Source
from feedhub.model.topic import Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentText:
    """One document as it lies in config/: `name` is its path from there ("topics.toml")."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """Outlets, cues, sources and topics that fit together. `digest` changes when any text does."""

    outlets: Outlets
    cues: Cues
    sources: tuple[Source, ...]
    topics: tuple[Topic, ...]
    digest: Digest
