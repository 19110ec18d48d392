"""Dates as feeds write them."""

from datetime import UTC, datetime

import pytest

from feedhub.text.dates import is_impossible, parse_date

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FIVE = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
DAY = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mon, 02 Mar 2026 09:00:00 GMT", NINE),
        ("Fri, 2 March 26 09:00 +0000", NINE),
        ("Mon, 02 Mar 2026 09:00:00 +0400", FIVE),
        ("Mon, 02 Mar 2026 09:00:00 +04:00", FIVE),
        ("Mon, 02 Mar 2026 09:00:00 GMT+4", FIVE),
        ("Mon, 02 Mar 2026 04:00:00 EST", NINE),
        ("Mon, 02 Mar 2026 12:00:00 MSK", NINE),
        ("Mon, 02 Mar 2026 09:00:00 Nowhere/Zone", NINE),
        ("Mon, 02 Mar 2026 09:00:00", NINE),
        ("Mon Mar  2 09:00:00 UTC 2026", NINE),
        ("02-Mar-2026 09:00", NINE),
        ("March 2, 2026 9:00 AM", NINE),
        ("March 2, 2026 12:00 a.m.", DAY),
        ("Mar 2 2026 9:00 p.m.", datetime(2026, 3, 2, 21, 0, tzinfo=UTC)),
        ("2026 Mar 2", DAY),
        ("Sept. 2, 1999", datetime(1999, 9, 2, tzinfo=UTC)),
        ("02 Mar 99", datetime(1999, 3, 2, tzinfo=UTC)),
        ("Пн, 2 марта 2026, 12:00 +0300", NINE),
        ("09:00, 2 марта 2026 г.", NINE),
        ("2 mart 2026 09:00", NINE),
        ("2 İyun 2026", datetime(2026, 6, 2, tzinfo=UTC)),
        ("2 Şubat 2026", datetime(2026, 2, 2, tzinfo=UTC)),
        ("2 de marzo de 2026", DAY),
        ("lun. 2 mars 2026 10:00:00 +0100", NINE),
        ("2. März 2026 10:00 MEZ", NINE),
        ("2 мар 2026 09.00", NINE),
        ("2026-03-02T09:00:00Z", NINE),
        ("2026-03-02t09:00:00.123456789z", NINE),
        ("2026-03-02T09:00:00+04:00", FIVE),
        ("2026-03-02 09:00:00 +0400", FIVE),
        ("2026-03-02T09:00+04", FIVE),
        ("2026-03-02T04:00:00-05:00", NINE),
        ("2026-03-02T04:00:00−05:00", NINE),
        ("20260302T090000Z", NINE),
        ("2026-03-02", DAY),
        ("2026-03", datetime(2026, 3, 1, tzinfo=UTC)),
        ("2026-03-01T24:00:00Z", DAY),
        ("2026-03-02T08:59:60Z", datetime(2026, 3, 2, 8, 59, 59, tzinfo=UTC)),
        ("2026/03/02", DAY),
        ("2026/3/2 9:00", NINE),
        ("02.03.2026 09:00", NINE),
        ("02.03.26", DAY),
        ("09:00 02.03.2026", NINE),
        ("2/3/2026", DAY),
        ("3/2/2026 9:00:00 AM", NINE),
        ("3/22/2026", datetime(2026, 3, 22, tzinfo=UTC)),
        ("1772442000", NINE),
        ("1772442000000", NINE),
        ("пн, 2 березня 2026 р., 11:00 +0200", NINE),
        ("сер, 02 вер 2026", datetime(2026, 9, 2, tzinfo=UTC)),
        ("2 серпня 2026", datetime(2026, 8, 2, tzinfo=UTC)),
        ("mar., 03 feb. 2026", datetime(2026, 2, 3, tzinfo=UTC)),
        ("2 de março de 2026 às 09:00", NINE),
        ("lunedì 2 marzo 2026, 09:00", NINE),
        ("2 maggio 2026", datetime(2026, 5, 2, tzinfo=UTC)),
        ("2 stycznia 2026", datetime(2026, 1, 2, tzinfo=UTC)),
        ("pon., 2 paź 2026 09:00", datetime(2026, 10, 2, 9, 0, tzinfo=UTC)),
        ("maandag 2 mei 2026", datetime(2026, 5, 2, tzinfo=UTC)),
        ("2 août 2026", datetime(2026, 8, 2, tzinfo=UTC)),
        ("2 aou\u0302t 2026", datetime(2026, 8, 2, tzinfo=UTC)),
        ("1er décembre 2026", datetime(2026, 12, 1, tzinfo=UTC)),
        ("2nd of March, 2026", DAY),
        ("2 sentyabr 2026", datetime(2026, 9, 2, tzinfo=UTC)),
        ("2 EYLÜL 2026", datetime(2026, 9, 2, tzinfo=UTC)),
        ("2 ağustos 2026", datetime(2026, 8, 2, tzinfo=UTC)),
        ("2 martie 2026", DAY),
        ("2 Μαρτίου 2026", DAY),
        ("2 მარტი 2026", DAY),
        ("2 մարտի 2026", DAY),
        ("2 наурыз 2026", DAY),
        ("2 сакавіка 2026", DAY),
        ("2 března 2026", DAY),
        ("٢ مارس ٢٠٢٦", DAY),
        ("الاثنين، 2 مارس 2026 - 09:00", NINE),
        ("۲ مارس ۲۰۲۶ ۰۹:۰۰", NINE),
        ("۲۰۲۶/۰۳/۰۲", DAY),
        ("\u200f02/03/2026\u200f", DAY),
        ("2 מרץ 2026", DAY),
        ("2026年3月2日 09:00", NINE),
        ("2026年3月2日午後6時00分 +0900", NINE),
        ("2026年3月2日 下午5:00:00 +0800", NINE),
        ("Пн, 02 мар 2026 12:00:00 +0300", NINE),
        ("ma, 02 mrt 2026 09:00:00 GMT", NINE),
        ("02 Maret 2026", DAY),
        ("2 март 2026 12:00:00 мск", NINE),
        ("2. märts 2026", DAY),
        ("2026. március 2.", DAY),
        ("2026년 3월 2일 오전 9:00", NINE),
        ("2026. 3. 2. 09:00", NINE),
        ("2. 3. 2026 09:00", NINE),
        ("2. 3. 2026. 10.30", datetime(2026, 3, 2, 10, 30, tzinfo=UTC)),
        ("2026-03-02T09:00:00+00:00Z", NINE),
        ("2026-3-2 9:00", NINE),
        ("3/22/26", datetime(2026, 3, 22, tzinfo=UTC)),
    ],
)
def test_parse_date_reads(text: str, expected: datetime) -> None:
    """Every habit that was met."""
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "yesterday",
        "Mon, 31 Feb 2026 00:00:00 GMT",
        "Mon, 02 Mar 2026 25:00:00 GMT",
        "2026-03-02T09:00:61Z",
        "2026-03-02T09:00:00+99:00",
        "Mon, 01 Jan 0001 00:00:00 GMT",
        "1970-01-01T00:00:00Z",
        "0000-00-00",
        "3026-01-01",
        "202603",
        "March",
        "March at 09:00",
        "2 Jui 2026",
        "2026-02-30",
        "30 February 2026",
        "30 лютого 2026",
        "2026/02/30 10:00",
        "31/06/2026",
        "2026年13月2日",
        "9999999999999",
        "2026-03-02" + " " * 100,
    ],
)
def test_parse_date_knows_what_is_no_date(text: str) -> None:
    """Impossible days, years before 1990, one number only, months that could be two."""
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-02-30", True),
        ("Mon, 31 Feb 2026 00:00:00 GMT", True),
        ("2026-03-02T25:00:00Z", True),
        ("2026-03-02", False),
        ("0001-01-01T00:00:00Z", False),
        ("월요일", False),
        ("", False),
        ("2026-02-30" + " " * 100, False),
    ],
)
def test_impossible_days_are_told_from_dates_that_are_not_understood(text: str, *, expected: bool) -> None:
    """Of the latter another reader may make something."""
    assert is_impossible(text) is expected
