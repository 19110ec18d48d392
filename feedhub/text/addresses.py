"""Checks of what people write where an address or a name is wanted; each raises WrongValueError.

A check gives the value back, tidied where that loses nothing.
"""

import re
from datetime import date, timedelta
from urllib.parse import SplitResult, urlsplit

from feedhub.text.complaints import WrongValueError
from feedhub.text.durations import read_duration
from feedhub.text.selectors import xpath_of
from feedhub.text.shown import shown

_BLANK = re.compile(r"[\s\x00-\x1f\x7f]")
_LONGEST = 2000
"""Longer addresses are cut or refused by servers."""
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_AUTHORITY = re.compile(
    rf"(?:[a-z0-9._-]{{1,64}}@)?{_LABEL}(?:\.{_LABEL})*,([0-9]{{4}})(?:-([0-9]{{2}})(?:-([0-9]{{2}}))?)?"
)
_MAIL = re.compile(r"mailto:[^@\s]+@[^@\s]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}")
_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[^\s:/\[\]]+)(?::[0-9]{1,5})?")
_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


def check_url(url: str) -> str:
    """An absolute http or https URL without user name and password."""
    _split(url)
    return url


def check_base_url(url: str) -> str:
    """The address of a front page, given back without a slash at its end."""
    parts = _split(url)
    if parts.query or parts.fragment:
        raise WrongValueError(f"{shown(url)} goes on after the path", "the address of the front page is wanted")
    return url.rstrip("/")


def check_hub(url: str) -> str:
    """A URL, or nothing for no hub."""
    return check_url(url) if url else url


def check_contact(contact: str) -> str:
    """`mailto:` with an address, an https URL, or nothing."""
    if contact and not _MAIL.fullmatch(contact):
        if not contact.startswith("https:"):
            raise WrongValueError(f"{shown(contact)} is no contact", "write mailto:NAME@HOST or an https URL")
        check_url(contact)
    return contact


def check_authority(authority: str) -> str:
    """The tagging entity of RFC 4151, section 2.1: a domain or mail address, a comma, a date."""
    found = _AUTHORITY.fullmatch(authority)
    if not found:
        hint = 'a domain that you own and a year or day on which you did, such as "feeds.example.org,2026"'
        raise WrongValueError(f"{shown(authority)} is no tag authority (RFC 4151)", hint)
    year, month, day = found.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise WrongValueError(f"{shown(authority)} holds a date that does not exist") from None
    return authority


def check_language(tag: str) -> str:
    """A language tag such as "en" or "pt-BR" (RFC 5646)."""
    if not _LANGUAGE.fullmatch(tag):
        raise WrongValueError(f"{shown(tag)} is no language", 'write a tag such as "en" or "pt-BR"')
    return tag


def check_host(host: str) -> str:
    """A host, with or without a port."""
    if not _HOST.fullmatch(host):
        raise WrongValueError(f"{shown(host)} is no host", 'write "HOST" or "HOST:PORT"')
    return host


def check_slug(slug: str) -> str:
    """What may be a permanent id, and part of an address."""
    if not _SLUG.fullmatch(slug):
        hint = "at most 64 small letters a to z, digits, - and _, with a letter or digit first"
        raise WrongValueError(f"{shown(slug)} cannot be a slug", hint)
    return slug


def check_line(text: str) -> str:
    """One line of printable text, given back without space around it."""
    if not text.isprintable() or not text.strip():
        raise WrongValueError(f"{shown(text)} is not one line of text")
    return text.strip()


def check_duration(value: object) -> timedelta:
    """The span that a duration in quotes means."""
    try:
        return read_duration(value if isinstance(value, str) else "")
    except ValueError as error:
        raise WrongValueError(f"{shown(value)} is no duration", str(error)) from None


def check_selector(selector: str) -> str:
    """A CSS selector, given back without space around it."""
    try:
        xpath_of(check_line(selector))
    except WrongValueError:
        raise
    except ValueError as error:
        hint = 'write one such as "article.story h2 > a"'
        raise WrongValueError(f"{shown(selector)} is no CSS selector: {error}", hint) from None
    return selector.strip()


def url_host(url: str) -> str:
    """The host of a URL that `check_url` has passed, in small letters."""
    return (urlsplit(url).hostname or "").rstrip(".")


def _split(url: str) -> SplitResult:
    if len(url) > _LONGEST or _BLANK.search(url):
        raise WrongValueError(f"{shown(url)} is too long for a URL, or holds a space")
    try:
        parts = urlsplit(url)
        wrong = parts.scheme not in {"http", "https"} or not parts.hostname or parts.port == 0
    except ValueError:
        raise WrongValueError(f"{shown(url)} is no URL") from None
    if wrong:
        raise WrongValueError(f"{shown(url)} is no absolute http or https URL")
    if parts.username is not None:
        raise WrongValueError("this URL holds a user name or password", "feedhub reads public feeds only")
    return parts
