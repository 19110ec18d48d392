"""The part of a host name that one organisation registered: the only importer of tldextract.

The list of public suffixes is the one that comes with the library: nothing is ever downloaded, and the same version
gives the same answer everywhere.
"""

from functools import lru_cache
from typing import Final

from tldextract import TLDExtract

_EXTRACT: Final = TLDExtract(
    cache_dir=None, suffix_list_urls=(), fallback_to_snapshot=True, include_psl_private_domains=True
)
"""Private suffixes count too: each blog of a hosting company is a publisher of its own."""
_LONGEST: Final = 253


@lru_cache(maxsize=4096)
def registrable(host: str) -> str:
    """`example.co.uk` for `news.example.co.uk`; the host itself where nothing shorter can be registered.

    Takes any case, a port and a final dot; IP addresses and single labels come back as they are.
    """
    bare = host[: _LONGEST + 7].strip().lower().rstrip(".")
    if bare.startswith("["):
        return bare.partition("]")[0] + "]"
    bare = bare.partition(":")[0].rstrip(".")
    return _EXTRACT.extract_str(bare).top_domain_under_public_suffix or bare
