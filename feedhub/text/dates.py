"""Dates as feeds write them, in any order and thirty languages, to aware UTC datetimes.

Publishers break RFC 822 and ISO 8601 in every way there is: a weekday that does not fit, a zone nobody knows, month
names of their own language, day and month the other way round. What can be told is told; what could be two dates is
read the way most of the world writes it, day first, unless an AM or PM says that an American wrote it. No zone means
UTC. A date outside 1990 to 2199 is no date.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Final
from unicodedata import normalize

from feedhub.text.months import MONTH_OF

EARLIEST: Final = 1990
"""No feed is older; earlier years are clocks that were never set."""

_LATEST: Final = 2200
_LONGEST: Final = 80
"""Characters of a date at most."""

_USUAL = re.compile(
    r"(?:[a-z]{3,9}, )?(\d{1,2}) ([a-z]{3,9}) (\d{4}) (\d{2}):(\d{2})(?::(\d{2}))? (?:gmt|utc|z|([+-]\d{4}))", re.ASCII
)
_ISO = re.compile(
    r"(\d{4})-?(\d{2})(?:-?(\d{2}))?(?:(?:\s*t\s*|\s+)(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d{1,12})?)?"
    r"(?:\s*(z|[+-]\d{1,2}(?::?\d{2})?)(?!\d))?)?\W*"
)
_NUMERIC = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?!\d)")
_CLOCK = re.compile(
    r"(?<![\d:./-])(\d{1,2})[:.](\d{2})(?![./]\d{4})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?(?!\d)(?:\s*([ap])\.?m\b\.?)?"
)
_NAME = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
_OFFSET = re.compile(r"(?:gmt|utc|ut|msk)?\s*([+-])(\d{1,2}):?(\d{2})?(?!\d)")
_EAST_DAY = re.compile(r"\A(\D*)(\d{4})\s*[年년.]\s*(\d{1,2})\s*[月월.]\s*(\d{1,2})[日일.]?")
_EAST = re.compile("[午오時时点시]")
_EAST_CLOCK = re.compile(
    r"(上午|午前|오전|下午|午後|오후)?\s*(?<!\d)(\d{1,2})\s*[:時时点시]\s*(\d{2})(?:[:分분]\s?(\d{2}))?[分분秒초]?"
)
_HALVES: Final = {"上午": "am", "午前": "am", "오전": "am", "下午": "pm", "午後": "pm", "오후": "pm"}
_SPACED = re.compile(r"\b(\d{1,2})\. (\d{1,2})\. (\d{4})")
_UNSEEN = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")

_ZONES: Final = {
    "ast": -4, "adt": -3, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "akst": -9, "akdt": -8, "hst": -10, "brt": -3, "art": -3, "west": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2,
    "eet": 2, "eest": 3, "msk": 3, "мск": 3, "trt": 3, "azt": 4, "gst": 4, "samt": 4, "uzt": 5, "pkt": 5, "ict": 7,
    "wib": 7, "hkt": 8, "jst": 9, "kst": 9, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
}  # fmt: skip
"""Hours east of UTC. Names that several zones share are left out but for the American ones of RFC 822."""

_NOON: Final = 12
_DAY_AND_YEAR: Final = 2
_YEAR_DIGITS: Final = 4
_CENTURY_TURN: Final = 70
"""Two digits below are a year after 2000, as RFC 2822, section 4.3, has it nearly."""


def parse_date(text: str) -> datetime | None:
    """The moment that a date names, or None where it names none."""
    try:
        moment = _moment(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment and EARLIEST <= moment.year < _LATEST else None


def is_impossible(text: str) -> bool:
    """Whether it names a day or a time that there is not ("2026-02-30"): no other reader may make one of it."""
    try:
        _moment(text)
    except (ValueError, OverflowError):
        return True
    return False


def _moment(text: str) -> datetime | None:
    """The moment, whatever its year. Raises ValueError or OverflowError where there is none such."""
    if len(text) > _LONGEST:
        return None
    bare = _plain(text)
    return _usual(bare) or _iso(bare) or _named(bare) or _numeric(bare) or _epoch(bare)


def _plain(text: str) -> str:
    """Lower case, without unseen characters, and East Asian dates written as others are."""
    if text.isascii() and "." not in text:
        return " ".join(text.lower().split())
    bare = " ".join(normalize("NFC", _UNSEEN.sub("", text)).replace("İ", "i").lower().replace("−", "-").split())
    if not bare.isascii() and _EAST.search(bare):
        bare = _EAST_CLOCK.sub(_western, bare)
    return _SPACED.sub(r"\1.\2.\3", _EAST_DAY.sub(r"\1\2/\3/\4 ", bare))


def _western(found: re.Match[str]) -> str:
    """`午後6時05分` as `6:05:00 pm`."""
    return f" {found[2]}:{found[3]}:{found[4] or '00'} {_HALVES.get(found[1], '')}"


def _usual(text: str) -> datetime | None:
    """A date as RFC 822 and its heirs want it, which most feeds write."""
    found = _USUAL.fullmatch(text)
    month = MONTH_OF.get(found[2]) if found else None
    if found is None or month is None:
        return None
    moment = _at(_day(int(found[3]), month, int(found[1])), found.group(4, 5, 6))
    return moment - offset if (offset := _offset(found[7])) else moment


def _iso(text: str) -> datetime | None:
    found = _ISO.fullmatch(text)
    if found is None or (found[3] is None and "-" not in text):
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    moment = _day(int(year), int(month), int(day or 1))
    return _at(moment, (hour, minute, second)) - _offset(zone)


def _numeric(text: str) -> datetime | None:
    """`2026/03/02`, `02.03.2026`, `3/2/2026 9:00 AM`, each with or without a time."""
    found = _NUMERIC.search(text)
    if found is None:
        return None
    first, second, third = int(found[1]), int(found[3]), int(found[4])
    rest = text[found.end() :]
    if len(found[1]) == _YEAR_DIGITS:
        moment = _day(first, second, third)
    elif second > _NOON or (found[2] == "/" and re.search(r"\d\s*[ap]\.?m\b", rest)):
        moment = _day(_year(found[4]), first, second)
    else:
        moment = _day(_year(found[4]), second, first)
    return _timed(moment, rest or text[: found.start()])


def _named(text: str) -> datetime | None:
    """A date with a month in words: RFC 822 and all that is written like it."""
    months = [MONTH_OF[word] for word in _NAME.findall(text) if word in MONTH_OF]
    if not months:
        return None
    clock = _CLOCK.search(text)
    numbers = _NUMBER.findall(text if clock is None else text[: clock.start()])
    if clock is not None and len(numbers) < _DAY_AND_YEAR:
        numbers += _after_time(text[clock.end() :], day_too=not numbers)
    if len(numbers) < _DAY_AND_YEAR:
        return None
    day, year = numbers[:_DAY_AND_YEAR]
    if len(day) == _YEAR_DIGITS:
        day, year = year, day
    moment = _day(_year(year), months[-1], int(day))  # before it may stand a weekday: "mar., 3 feb. 2026", "сер, 2 вер"
    return moment if clock is None else _timed(moment, text[clock.start() :])


def _after_time(text: str, *, day_too: bool) -> list[str]:
    """Year, or day and year, where they stand after the time: `Mon Mar 2 09:00:00 UTC 2026`, `09:00, 2 mart 2026`."""
    words = [word.strip(",.;") for word in text.split()]
    return [word for word in words if word.isdecimal() and (day_too or len(word) == _YEAR_DIGITS)]


def _epoch(text: str) -> datetime | None:
    """Seconds or milliseconds since 1970."""
    return datetime.fromtimestamp(int(text[:10]), UTC) if _EPOCH.fullmatch(text) else None


def _timed(day: datetime, text: str) -> datetime:
    clock = _CLOCK.search(text)
    if clock is None:
        return day
    hour, minute, second, half = clock.groups()
    if half:
        hour = str(int(hour) % _NOON + (_NOON if half == "p" else 0))
    return _at(day, (hour, minute, second)) - _zone(text[clock.end() :])


def _zone(text: str) -> timedelta:
    """How far east of UTC the zone after a time is; zero where it is not known."""
    offset = _OFFSET.search(text)
    if offset is not None:
        return _offset(offset[1] + offset[2].zfill(2) + (offset[3] or "00"))
    return next((timedelta(hours=_ZONES[name]) for name in _NAME.findall(text) if name in _ZONES), timedelta())


def _offset(zone: str | None) -> timedelta:
    if not zone or zone == "z":
        return timedelta()
    digits = zone[1:].replace(":", "")
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)  # noqa: PLR2004
    offset = timedelta(hours=hours, minutes=minutes)
    timezone(offset)  # raises ValueError for a day or more
    return -offset if zone[0] == "-" else offset


def _day(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


def _at(day: datetime, time: tuple[str | None, ...]) -> datetime:
    """That time of the day; 24:00 is the next day, a leap second the second before."""
    hours, minutes, seconds = (int(part or 0) for part in time)
    if (hours, minutes, seconds) == (24, 0, 0):
        return day + timedelta(days=1)
    return day.replace(hour=hours, minute=minutes, second=min(seconds, 59) if seconds <= 60 else seconds)  # noqa: PLR2004


def _year(digits: str) -> int:
    number = int(digits)
    if len(digits) == _YEAR_DIGITS:
        return number
    return number + (2000 if number < _CENTURY_TURN else 1900)
