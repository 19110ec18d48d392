"""The Flask app: a view reads the request, calls one flow, answers."""

from feedhub.web.app import create_app
from feedhub.web.desk import WebFlows

__all__ = ["WebFlows", "create_app"]
