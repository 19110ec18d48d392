"""Who told it first: an entry to its credit."""

from feedhub.steps.attribute.judge import attribute
from feedhub.steps.attribute.lexicon import Lexicon, prepare

__all__ = ["Lexicon", "attribute", "prepare"]
