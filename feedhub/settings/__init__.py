"""What the operator sets: config/feedhub.toml, then the environment, read once when a process starts.

Any key of a section may be set by a variable FEEDHUB_SECTION__KEY instead. A secret is never written into the file:
its value is `env:NAME` or `file:PATH` (from the project's folder). An unknown key is an error, wherever it stands.
"""

from feedhub.settings.load import environment, load_settings
from feedhub.settings.tables import Settings

__all__ = ["Settings", "environment", "load_settings"]
