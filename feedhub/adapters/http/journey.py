"""One ask on its way, from its first request over redirects to its outcome.

What goes with a redirect is decided here:

- validators (ETag, Last-Modified) were given for what stands at the ask's URL. They go to other places on the same host
  name, whatever scheme and port, since most redirects there are to https or to a new path of the same feed; never to
  another host, where an equal tag would mean nothing;
- credentials from the ask's URL go to the same host on the same scheme and port, or up from http to https on the
  default ports; nowhere else. Credentials in a Location are dropped;
- a POST goes on as a POST with its form (301, 302, 307 and 308 alike, which hubs rely on); 303 would make a GET of it,
  which tells nobody anything, so it is not followed;
- nothing else is kept from one hop to the next: there are no cookies and no referrer.
"""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlencode

from feedhub.adapters.http.codings import ACCEPTED
from feedhub.adapters.http.guard import Guard
from feedhub.adapters.http.replies import (
    PERMANENT,
    SEE_OTHER,
    Asked,
    Reply,
    clean_validators,
    one_line,
    read_reply,
    retry_after,
)
from feedhub.adapters.http.target import DEFAULT_PORTS, Target, resolve_target
from feedhub.model.fetching import Ask, Moved, Outcome, Refused, Validators, Why
from feedhub.text.hosts import host_of


class Journey:
    """An ask, where it stands now (`target`), and the seconds that its earlier hops took (`spent`).

    `server` is the name by which the target's server is counted (`text.hosts`), `form` is what a POST carries
    (application/x-www-form-urlencoded), None for a GET.
    """

    def __init__(self, ask: Ask, target: Target, *, redirects: int) -> None:
        self.ask = ask
        self.target = target
        self.server = host_of(target.url)
        self.spent = 0.0
        self.form = None if ask.form is None else urlencode(ask.form, errors="replace").encode("ascii")
        self._origin = target
        self._redirects = redirects
        self._seen = [target.url]
        self._permanent = True
        self._given = clean_validators(ask.validators) if ask.form is None else Validators()

    def headers(self) -> list[bytes]:
        """The header lines of the next request, less Host and User-Agent."""
        sent = self._validators()
        lines = [f"Accept: {one_line(self.ask.accept) or '*/*'}", f"Accept-Encoding: {ACCEPTED}"]
        if sent.etag:
            lines.append(f"If-None-Match: {sent.etag}")
        if sent.last_modified:
            lines.append(f"If-Modified-Since: {sent.last_modified}")
        if self.form is not None:
            lines += ["Content-Type: application/x-www-form-urlencoded", "Expect:"]  # the empty one is not sent
        if self._login():
            lines.append(f"Authorization: Basic {b64encode(self._login()).decode()}")
        return [line.encode("latin-1") for line in lines]

    @property
    def redirected(self) -> bool:
        """Whether a redirect led to the present target."""
        return len(self._seen) > 1

    def follow(self, reply: Reply, guard: Guard, *, now: Callable[[], datetime] | None) -> Refused | None:
        """Go where a redirect points; gives a refusal if that is nowhere to go."""
        there = self._next(reply, guard)
        if isinstance(there, Refused):
            return replace(there, status=reply.head.status, retry_after=retry_after(reply.head, now))
        self._permanent = self._permanent and reply.head.status in PERMANENT
        self._seen.append(there.url)
        self.target = there
        self.server = host_of(there.url)
        return None

    def conclude(self, result: Reply | Refused, *, now: Callable[[], datetime] | None) -> Outcome:
        """The outcome of the ask, from its last reply or from what went wrong.

        What the guard or a redirect refused is never Moved: there is no place that the source has moved to.
        """
        millis = round(self.spent * 1000)
        if isinstance(result, Reply):
            asked = Asked(
                url=self.target.url, validators=self._validators(), posted=self.form is not None, millis=millis, now=now
            )
            end = read_reply(result, asked)
        else:
            end = replace(result, millis=millis)
        lost = isinstance(end, Refused) and end.why in {Why.GUARD, Why.REDIRECT}
        if lost or len(self._seen) == 1 or not self._permanent:
            return end
        return Moved(url=self._address(), then=end)

    def _next(self, reply: Reply, guard: Guard) -> Target | Refused:
        here, location = self.target, reply.head.value("location")
        if self.form is not None and reply.head.status == SEE_OTHER:
            return _lost(f"The server {here.authority} answers a POST with a page to look at: check the address.")
        if not location:
            return _lost(f"The server {here.authority} redirects us without saying where to: tell the publisher.")
        if len(self._seen) > self._redirects:
            return _lost(f"There were more than {self._redirects} redirects: give the address at their end instead.")
        there = resolve_target(here, location)
        if isinstance(there, Refused):
            return replace(there, detail=f"The server {here.authority} redirects us to nowhere. {there.detail}")
        return self._refuse(there) or guard.refuse(there, redirected=True) or there

    def _refuse(self, there: Target) -> Refused | None:
        """Why a place is none to go to from here, whoever it is."""
        here = self.target
        if (here.scheme, there.scheme) == ("https", "http"):
            return _lost(f"The server {here.authority} redirects from https to http, which is not safe to follow.")
        if there.url in self._seen:
            return _lost(f"The server {here.authority} redirects in a circle: it may want cookies, or is broken.")
        return None

    def _validators(self) -> Validators:
        """What goes with the request to the present target."""
        return self._given if self.target.host == self._origin.host else Validators()

    def _login(self) -> bytes:
        """The credentials that go to the present target, empty if none do."""
        same = (self.target.host, self.target.scheme, self.target.port)
        upward = (self._origin.host, "https", DEFAULT_PORTS["https"])
        from_default = (self._origin.scheme, self._origin.port) == ("http", DEFAULT_PORTS["http"])
        may = same == (self._origin.host, self._origin.scheme, self._origin.port) or (from_default and same == upward)
        return self._origin.login if may else b""

    def _address(self) -> str:
        """The present URL as a source would hold it: with the credentials that go there."""
        return replace(self.target, userinfo=self._origin.userinfo if self._login() else "").private_url


def _lost(detail: str) -> Refused:
    return Refused(why=Why.REDIRECT, detail=detail)
