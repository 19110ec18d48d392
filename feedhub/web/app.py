"""The app, made of flows and plain values."""

from collections.abc import Callable
from functools import partial

from flask import Flask, Response
from jinja2 import StrictUndefined

from feedhub.model.rendition import Form
from feedhub.model.site import Site
from feedhub.model.topic import ALL
from feedhub.web.assets import load_assets
from feedhub.web.dates import Dates
from feedhub.web.desk import Desk, WebFlows
from feedhub.web.faults import CALLBACK, answer_faults
from feedhub.web.health import healthz
from feedhub.web.host import FixedHost
from feedhub.web.places import CALLBACKS, Places
from feedhub.web.public import about, feeds, stories, topics, websub
from feedhub.web.wording import contact_link, filters

_FORM = f"<any({', '.join(Form)}):form>"

_ROUTES: tuple[tuple[str, Callable[..., Response]], ...] = (
    ("/", topics.home),
    ("/topics", topics.topics_without_slash),
    ("/topics/", topics.topics),
    ("/topics/<slug>", topics.topic),
    (f"/topics/<slug>.{_FORM}", feeds.topic_feed),
    (f"/{ALL}", topics.all_stories),
    (f"/{ALL}.{_FORM}", feeds.all_feed),
    ("/stories/<ident>", stories.story),
    ("/opml/topics.opml", feeds.opml),
    ("/about", about.about),
    ("/status", about.status),
    ("/sources/<slug>", about.source),
    ("/healthz", healthz),
    ("/robots.txt", about.robots),
    ("/favicon.svg", about.favicon),
    ("/static/<name>", about.asset),
)

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
}
"""On every answer that does not say otherwise. Pictures of publishers are not loaded: nobody is told who reads here."""


def create_app(flows: WebFlows, *, site: Site, user_agent: str) -> Flask:
    """The public side. Raises LookupError where the site's timezone is not known."""
    app = Flask("feedhub.web", static_folder=None)
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.url_map.merge_slashes = False
    desk = Desk(flows=flows, site=site, places=Places(site.base_url), assets=load_assets(), user_agent=user_agent)
    for rule, view in _ROUTES:
        app.add_url_rule(rule, view.__name__, partial(view, desk), methods=["GET"], strict_slashes=True)
    app.add_url_rule(f"{CALLBACKS}<token>", CALLBACK, partial(websub.callback, desk), methods=["GET", "POST"])
    _prepare_templates(app, desk)
    answer_faults(app)
    app.after_request(_with_headers)
    app.wsgi_app = FixedHost(app.wsgi_app, desk.places)  # type: ignore[method-assign]  # Flask's own advice
    return app


def _prepare_templates(app: Flask, desk: Desk) -> None:
    environment = app.jinja_env
    environment.autoescape = True
    environment.undefined = StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.filters.update(filters(desk.site, Dates(desk.site.timezone)))
    environment.globals.update(
        site=desk.site,
        places=desk.places,
        assets=desk.assets,
        forms=tuple(Form),
        all_slug=ALL,
        contact=contact_link(desk.site.contact),
    )


def _with_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response
