"""What an outcome says, taken apart: the exchange itself, and how the poll ended where nothing has to be read."""

from typing import assert_never

from feedhub.model.ending import Ended, Unread
from feedhub.model.fetching import Accepted, Fetched, Gone, Moved, NotModified, Outcome, Refused, Why
from feedhub.model.polling import Ending, Failed, Polled, Read, Trip, Trouble
from feedhub.model.source import SourceState
from feedhub.steps.blame import blame
from feedhub.text.digest import digest

Answer = Fetched | NotModified | Accepted | Gone | Refused

GONE = "the publisher says that this feed is gone for good (410): look for its new address"
_NOT_MODIFIED, _GONE = 304, 410
_UNHEARD = frozenset({Why.NETWORK, Why.TIMEOUT})


def answer_of(outcome: Outcome) -> Answer:
    """What stands at the end of the way."""
    return outcome.then if isinstance(outcome, Moved) else outcome


def trip_of(outcome: Outcome) -> Trip:
    """What the exchange itself tells."""
    answer = answer_of(outcome)
    moved_to = outcome.url if isinstance(outcome, Moved) else None
    match answer:
        case Fetched():
            return Trip(
                status=answer.status,
                wire_bytes=answer.wire_bytes,
                millis=answer.millis,
                fresh_for=answer.fresh_for,
                moved_to=moved_to,
            )
        case NotModified():
            return Trip(status=_NOT_MODIFIED, millis=answer.millis, fresh_for=answer.fresh_for, moved_to=moved_to)
        case Gone():
            return Trip(status=_GONE, millis=answer.millis, moved_to=moved_to)
        case Refused() | Accepted():
            return Trip(status=answer.status, millis=answer.millis, moved_to=moved_to)
        case _:
            assert_never(answer)


def ended(state: SourceState, outcome: Outcome) -> Ended | Unread:
    """How a poll ended where its answer need not be read: nothing new, or nothing usable. Else the new body."""
    answer = answer_of(outcome)
    match answer:
        case Fetched():
            found = digest(answer.body)
            if found != state.body_digest:
                return Unread(state=state, fetched=answer, trip=trip_of(outcome), digest=found)
            ending: Ending = Read(validators=answer.validators, body_digest=found)
        case NotModified():
            ending = Read(validators=answer.validators)
        case Gone():
            ending = Failed(trouble=Trouble.GONE, fault=GONE)
        case Refused():
            ending = blame(answer)
        case Accepted():  # to a GET: no such thing, but a feed it is not
            ending = Failed(trouble=Trouble.ERROR, fault="the server took the request and sent no feed")
        case _:
            assert_never(answer)
    fault = ending.fault if isinstance(ending, Failed) else ""
    done = Polled(source=state.slug, fault=fault, unchanged=not fault)
    why = answer.why if isinstance(answer, Refused) else None
    return Ended(
        state=state,
        ending=ending,
        trip=trip_of(outcome),
        done=done,
        unheard=why in _UNHEARD,
        undialled=why is Why.GUARD,
    )


def ours(state: SourceState, trip: Trip, error: Exception) -> Ended:
    """How a poll ended that failed by a fault of feedhub itself."""
    fault = told(error)
    ending = Failed(trouble=Trouble.ERROR, fault=fault)
    return Ended(state=state, ending=ending, trip=trip, done=Polled(source=state.slug, fault=fault))


def told(error: Exception) -> str:
    """A fault of feedhub itself, for people."""
    return f"a fault in feedhub itself, please report it: {type(error).__name__}: {str(error)[:200]}"
