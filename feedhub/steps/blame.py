"""What kind of trouble a refusal is, and whether it is one of the whole host.

Statuses (RFC 9110, section 15, where no other source is named):

- 420, 429, 503, 509 and 529 ask for patience: two are standard, the others are said by large platforms;
- of the other 4xx most are for people to end, whatever their number: asking more often does not help. Passing are 408
  (too slow), 421 (wrong server of a pool) and 425 (RFC 8470: too early);
- all others are errors: 5xx and what is no status at all. Only 5xx tell of the host; a redirect that leads nowhere, a
  2xx without a feed or a body that cannot be decoded are the fault of one address.

An address that the guard does not let us dial is like a refusal: it stays refused until somebody changes it. Silence is
the host's, though it may be our own network's: `weather` judges that.
"""

from typing import Final, assert_never

from feedhub.model.fetching import Refused, Why
from feedhub.model.polling import Failed, Trouble

BUSY: Final = frozenset({420, 429, 503, 509, 529})
PASSING: Final = frozenset({408, 421, 425})


def blame(refused: Refused) -> Failed:
    """The failure that a refusal is, in its own words."""
    match refused.why:
        case Why.GUARD:
            trouble, of_host = Trouble.DENIED, False
        case Why.STATUS:
            trouble, of_host = _of_status(refused.status or 0)
        case Why.TIMEOUT | Why.NETWORK:
            trouble, of_host = Trouble.ERROR, True
        case Why.REDIRECT | Why.LIMIT | Why.BODY:
            trouble, of_host = Trouble.ERROR, False
        case _:
            assert_never(refused.why)
    return Failed(trouble=trouble, fault=refused.detail, retry_after=refused.retry_after, of_host=of_host)


def _of_status(status: int) -> tuple[Trouble, bool]:
    kind = status // 100
    if status in BUSY:
        return Trouble.BUSY, kind == _SERVER
    if kind == _CLIENT and status not in PASSING:
        return Trouble.DENIED, False
    return Trouble.ERROR, kind == _SERVER


_CLIENT, _SERVER = 4, 5
