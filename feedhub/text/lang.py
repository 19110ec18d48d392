"""Language tags, and the language of a text where nobody says it: the only importer of py3langid."""

import re
from functools import cache, lru_cache
from itertools import islice
from typing import Final

from py3langid.langid import MODEL_FILE, LanguageIdentifier

_TAG = re.compile(r"([a-z]{2,3})((?:-[a-z0-9]{1,8}){0,6})", re.IGNORECASE)
_NO_LANGUAGE: Final = frozenset({"und", "mul", "zxx", "mis", "xx"})  # codespell:ignore mis
_OLD: Final = {"iw": "he", "in": "id", "ji": "yi", "jw": "jv", "mo": "ro"}
"""Codes that ISO 639 took back, as old software still writes them."""
_SCRIPT, _REGION = 4, 2

_LONGEST: Final = 64

_LETTER = re.compile(r"[^\W\d_]")
_ENOUGH: Final = 60
"""Letters below which a guess is a throw of dice."""
_SAMPLE: Final = 1500
"""Characters that are looked at: more change no answer."""
_SURE: Final = 0.7


def tag(text: str) -> str | None:
    """A language tag in canonical case (RFC 5646, section 2.1.1): "en", "pt-BR", "zh-Hans"; None if it is none."""
    return _tag(text.strip()[:_LONGEST])


@lru_cache(maxsize=256)  # a feed says the same of all its items
def _tag(text: str) -> str | None:
    found = _TAG.fullmatch(text.replace("_", "-"))
    if found is None or found[1].lower() in _NO_LANGUAGE:
        return None
    primary = found[1].lower()
    rest = [_cased(part.lower()) for part in found[2].split("-")[1:]]
    return "-".join([_OLD.get(primary, primary), *rest])


def guess(text: str) -> str | None:
    """The primary subtag of the language of a text, or None where it is too short or could be several."""
    sample = text[:_SAMPLE]
    if not any(islice(_LETTER.finditer(sample), _ENOUGH - 1, None)):
        return None
    language, share = _model().classify(sample)
    return str(language) if share >= _SURE else None


@cache
def _model() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _cased(part: str) -> str:
    if len(part) == _SCRIPT and part.isalpha():
        return part.title()
    return part.upper() if len(part) == _REGION else part
