"""What somebody who mistyped a name may have meant."""

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

_LONGEST = 60
"""Longer names are no typing slips, and comparing costs the square of the length."""
_LIKE = 0.7


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint ("did you mean 'title'?") if one of the known names is near, else nothing."""
    return _nearest(name, tuple(known))


@lru_cache(maxsize=256)
def _nearest(name: str, known: tuple[str, ...]) -> str:
    if len(name) > _LONGEST:
        return ""
    found = get_close_matches(name, known, n=1, cutoff=_LIKE)
    return f"did you mean {found[0]!r}?" if found else ""
