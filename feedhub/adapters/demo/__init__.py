"""The bundled newsroom: a local origin that plays a day of invented outlets, for `feedhub demo`."""

from feedhub.adapters.demo.day import Day, demo_documents, load_day
from feedhub.adapters.demo.origin import Origin

__all__ = ["Day", "Origin", "demo_documents", "load_day"]
