"""The one outbound door of the program."""

from feedhub.adapters.http.client import HttpFetcher
from feedhub.adapters.http.limits import Limits

__all__ = ["HttpFetcher", "Limits"]
