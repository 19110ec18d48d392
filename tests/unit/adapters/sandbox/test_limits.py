"""The words for how a child ended."""

import signal

import pytest

from feedhub.adapters.sandbox.limits import SandboxLimits, cause_of_death


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (None, "the child ended and nobody saw why"),
        (2, "the child ended with exit code 2"),
        (-signal.SIGPROF, "reading it took more than 5 s of CPU time"),
        (-signal.SIGALRM, "reading it took longer than 20 s"),
        (-signal.SIGKILL, "the system ended the child, most likely for want of memory"),
        (-signal.SIGBUS, "the parser crashed (SIGBUS)"),
        (-40, "the parser crashed (signal 40)"),
    ],
)
def test_cause_of_death_is_told_in_plain_words(code: int | None, words: str) -> None:
    """An admin reads them as the fault of a source."""
    assert cause_of_death(code, SandboxLimits()) == words
