"""The request as the base URL says it is: what a client claims of host, scheme and forwarding never reaches the app."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from feedhub.web.places import Places

_KEPT = frozenset({"HTTP_X_HUB_SIGNATURE"})
"""What is proof by itself and says nothing of host or path."""


class FixedHost:
    """WSGI middleware: replaces the Host header and drops every X- one that says nothing to us."""

    def __init__(self, app: WSGIApplication, places: Places) -> None:
        self._app = app
        self._host = places.host
        self._scheme = places.scheme

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Hand the request on."""
        for name in [name for name in environ if name.startswith(("HTTP_X_", "HTTP_FORWARDED"))]:
            if name not in _KEPT:
                del environ[name]
        environ["HTTP_HOST"] = self._host
        environ["wsgi.url_scheme"] = self._scheme
        return self._app(environ, start_response)
