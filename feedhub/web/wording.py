"""What templates ask of values: languages, directions, links, the credit line. Words themselves stand in templates."""

import html
import re
from collections.abc import Callable

from feedhub.model.credit import Credit
from feedhub.model.site import Site
from feedhub.text.credit_line import credit_line
from feedhub.web.dates import Dates

_RTL = frozenset({"ar", "fa", "he", "ur", "ps", "sd", "ug", "yi", "dv", "ckb", "iw"})
"""Languages that are written from right to left."""
_TAG = re.compile(r"<[^<>]*>?")
_LANG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")

SURE, LIKELY = 0.85, 0.6
"""From where on a confidence is called sure, or likely; under the site's threshold it is a guess."""


def filters(site: Site, dates: Dates) -> dict[str, Callable[..., object]]:
    """All filters of our templates by name."""
    return {
        "moment": dates.moment,
        "brief": dates.brief,
        "day": dates.day,
        "machine": dates.machine,
        "span": dates.span,
        "number": dates.number,
        "percent": dates.percent,
        "lang": language,
        "dir": direction,
        "web": web_link,
        "excerpt": excerpt,
        "credit": lambda credit: credit_line(credit, threshold=site.threshold),
        "certainty": lambda credit: certainty(credit, threshold=site.threshold),
    }


def language(lang: str | None) -> str:
    """A language tag that may stand in an attribute (BCP 47 in shape), or nothing."""
    return lang if lang and _LANG.fullmatch(lang) else ""


def direction(lang: str | None) -> str:
    """`rtl` or `ltr`; `auto` where the language is not known, so that the browser looks at the letters."""
    tag = language(lang).lower()
    if not tag:
        return "auto"
    return "rtl" if tag.partition("-")[0] in _RTL or "-arab" in tag else "ltr"


def web_link(url: str) -> str:
    """The address if it is one of the web, else nothing: whatever the store holds, no page links to a script."""
    return url if url.lower().startswith(("https://", "http://")) else ""


def contact_link(contact: str) -> str:
    """The operator's contact as a link: a mail address with or without `mailto:`, or a page."""
    if contact.startswith("mailto:") or web_link(contact):
        return contact
    return f"mailto:{contact}" if "@" in contact else ""


def excerpt(source: str, limit: int) -> str:
    """The first words of some cleaned HTML as plain text of at most `limit` characters, "…" where it goes on."""
    text = " ".join(html.unescape(_TAG.sub(" ", source[: limit * 8])).split())
    if len(text) <= limit:
        return text
    head, space, _ = text[:limit].rpartition(" ")
    return f"{(head if space else text[: limit - 1]).rstrip(' ,;:–—-')}…"


def certainty(credit: Credit, *, threshold: float) -> str:
    """How sure a credit is, in one of five words that templates spell out."""
    if credit.by != "text":
        return "ruled"
    if credit.originator is None:
        return "own"
    if credit.confidence < threshold:
        return "guess"
    if credit.confidence < LIKELY:
        return "possible"
    return "sure" if credit.confidence >= SURE else "likely"
