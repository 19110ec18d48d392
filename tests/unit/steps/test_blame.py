"""What kind of trouble a refusal is."""

from datetime import timedelta

import pytest

from feedhub.model.fetching import Refused, Why
from feedhub.model.polling import Failed, Trouble
from feedhub.steps.blame import blame


@pytest.mark.parametrize(
    ("why", "trouble", "of_host"),
    [
        (Why.GUARD, Trouble.DENIED, False),
        (Why.REDIRECT, Trouble.ERROR, False),
        (Why.STATUS, Trouble.ERROR, False),
        (Why.LIMIT, Trouble.ERROR, False),
        (Why.TIMEOUT, Trouble.ERROR, True),
        (Why.NETWORK, Trouble.ERROR, True),
        (Why.BODY, Trouble.ERROR, False),
    ],
)
def test_blame_falls_on_the_host_where_nothing_came_back(*, why: Why, trouble: Trouble, of_host: bool) -> None:
    refused = Refused(why=why, detail="No feed came.")
    assert blame(refused) == Failed(trouble=trouble, fault="No feed came.", of_host=of_host)


@pytest.mark.parametrize(
    ("statuses", "trouble", "of_host"),
    [
        ((400, 401, 402, 403, 404, 405, 406, 407, 409, 418, 451, 499), Trouble.DENIED, False),
        ((420, 429), Trouble.BUSY, False),
        ((503, 509, 529), Trouble.BUSY, True),
        ((408, 421, 425), Trouble.ERROR, False),
        ((500, 501, 502, 504, 511, 520, 599), Trouble.ERROR, True),
        ((0, 99, 101, 204, 206, 226, 300, 304, 305, 600, 999), Trouble.ERROR, False),
    ],
)
def test_blame_of_a_status(*, statuses: tuple[int, ...], trouble: Trouble, of_host: bool) -> None:
    refused = [Refused(why=Why.STATUS, detail=f"HTTP {status}", status=status) for status in statuses]
    assert [blame(each) for each in refused] == [
        Failed(trouble=trouble, fault=f"HTTP {status}", of_host=of_host) for status in statuses
    ]


def test_blame_hands_on_for_how_long_to_wait() -> None:
    refused = Refused(why=Why.STATUS, detail="HTTP 503", status=503, retry_after=timedelta(minutes=9))
    assert blame(refused).retry_after == timedelta(minutes=9)
