"""What flows ask of the outside world: the shapes that adapters are made to fit."""

from feedhub.ports.news import EntryRows, Near, RenditionRows, StoryRows
from feedhub.ports.outside import Clock, Dispatcher, Documents, Fetcher, Meanwhile, Sandbox
from feedhub.ports.polling import HostRows, SourceRows, SubscriptionRows
from feedhub.ports.store import BookRows, Store, Unit

__all__ = [
    "BookRows",
    "Clock",
    "Dispatcher",
    "Documents",
    "EntryRows",
    "Fetcher",
    "HostRows",
    "Meanwhile",
    "Near",
    "RenditionRows",
    "Sandbox",
    "SourceRows",
    "Store",
    "StoryRows",
    "SubscriptionRows",
    "Unit",
]
