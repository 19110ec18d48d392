"""Whether it is our own network that is down, so that nobody else is charged with it.

One poll that gets no reply tells nothing: the host may be down, or we may be. But hosts are run by strangers to each
other and do not fail together. If at least half of those heard of in the last ten minutes, and at least five, could not
be reached when they were last asked, it is we who are cut off. Half, not all: a name server that fails now and then, or
a line that loses packets, lets some through. Statuses are answers, whatever they say.

Failures that came before this was known were charged to their sources and are to be pardoned. It ends as soon as one of
the hosts that had failed answers again: what was not reached before then tells nothing any more. It also ends where so
many others answer that the failed ones are less than half; failures are counted anew from there.

The newest 200 hosts are enough to see this by, whatever the number of sources.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from feedhub.model.keys import SourceSlug
from feedhub.model.weather import Heard, Weather

WINDOW: Final = timedelta(minutes=10)
LEAST: Final = 5
"""Hosts that a judgement needs: with fewer, two that are down on the same day would do."""

MOST: Final = 200

Hosts = dict[str, Heard]


def heard(weather: Weather, *, host: str, source: SourceSlug, reached: bool, now: datetime) -> Weather:
    """The weather after one poll more. `reached` is false where nothing came back: no name, no connection, no reply.

    Where it is still not bad after a failure, the caller is taken to charge the source with it.
    """
    hosts = _lately(weather, now)
    before = hosts.pop(host, None)
    if reached:
        hosts[host] = Heard(at=now, reached=True)
        return _after_answer(weather, hosts, again=before is not None and not before.reached)
    counted = before.counted if before else ()
    hosts[host] = Heard(at=now, reached=False, counted=counted)
    cut_off = _half_failed(hosts)
    if not cut_off:
        hosts = _reached(hosts) if weather.cut_off else hosts
        hosts[host] = Heard(at=now, reached=False, counted=(*(slug for slug in counted if slug != source), source))
    return Weather(hosts=hosts, cut_off=cut_off)


def down(weather: Weather, now: datetime) -> bool:
    """Whether we are cut off, as far as the last ten minutes tell."""
    return weather.cut_off and any(now - last.at <= WINDOW for last in weather.hosts.values())


def pardonable(weather: Weather) -> tuple[SourceSlug, ...]:
    """The sources that were charged with a failure of ours, once that is known."""
    if not weather.cut_off:
        return ()
    return tuple(slug for last in weather.hosts.values() for slug in last.counted)


def pardoned(weather: Weather) -> Weather:
    """The same weather, with nobody charged any more."""
    return replace(weather, hosts={host: replace(last, counted=()) for host, last in weather.hosts.items()})


def _lately(weather: Weather, now: datetime) -> Hosts:
    """The hosts of the window, a copy: the newest but one of MOST at most, to leave room for one more."""
    hosts = dict(weather.hosts)
    for host, last in weather.hosts.items():
        if len(hosts) < MOST and now - last.at <= WINDOW:
            break
        del hosts[host]
    return hosts


def _after_answer(weather: Weather, hosts: Hosts, *, again: bool) -> Weather:
    if weather.cut_off and (again or not _half_failed(hosts)):
        return Weather(hosts=_reached(hosts))
    return Weather(hosts=hosts, cut_off=weather.cut_off)


def _half_failed(hosts: Hosts) -> bool:
    failed = sum(not last.reached for last in hosts.values())
    return len(hosts) >= LEAST and 2 * failed >= len(hosts)


def _reached(hosts: Hosts) -> Hosts:
    return {host: last for host, last in hosts.items() if last.reached}
