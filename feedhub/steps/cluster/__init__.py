"""Which entries tell one thing."""

from feedhub.steps.cluster.fingerprint import fingerprint
from feedhub.steps.cluster.near import near
from feedhub.steps.cluster.place import place
from feedhub.steps.cluster.verify import Limits

__all__ = ["Limits", "fingerprint", "near", "place"]
