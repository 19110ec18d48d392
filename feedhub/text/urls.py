"""Addresses: made absolute for readers, and put into the one spelling in which they are compared.

Two copies of an article link to the same page by many spellings: with campaign parameters, as AMP, on a mobile host,
through a redirect of a search engine, with or without `www.`. `canonical` forgets all of that. It is a key, not an
address to send a reader to: nobody promises that the spelling without `www.` answers.

All of it is linear in the address, and addresses longer than `LONGEST` are none.
"""

import re
from functools import lru_cache
from typing import Final
from urllib.parse import quote, urljoin

from feedhub.text.wrappers import target_of

LONGEST: Final = 4096
"""Characters of an address at most: no browser or server is sure to take more."""

_TRACKING_NAMES: Final = """
    _branch_match_id _ga _gl _hsenc _hsmi _openstat _ptid amp amp_ct amp_gsa amp_js_v amp_kit campaign_id ceid cmp
    cmpid dclid dicbo emailid epik fb_action_ids fb_action_types fb_ref fb_source fbclid gad_source gbraid gclid
    gclsrc guccounter guce_referrer guce_referrer_sig hsctatracking icid icmp igsh igshid intcmp ito li_fat_id maca
    mbid mc_cid mc_eid mkt_tok msclkid ncid ns_campaign ns_fee ns_linkname ns_mchannel ns_source ocid oly_anon_id
    oly_enc_id rb_clickid ref_src ref_url rss rssid s_cid smid smtyp soc_src soc_trk spm sr_share srsltid
    traffic_source trk ttclid twclid usqp vero_conv vero_id wbraid wickedid wt_mc wtmc xtor yadclid yclid ymclid
"""
_TRACKING: Final = frozenset(_TRACKING_NAMES.split())
_TRACKING_PREFIXES: Final = ("utm_", "at_", "itm_", "mtm_", "pk_", "piwik_", "hsa_")
_CARRIER_NAMES: Final = frozenset(
    {"ref", "referrer", "referer", "src", "source", "from", "feed", "via", "partner", "emc", "outputtype"}
)
_CARRIERS: Final = frozenset(
    {"rss", "rss2", "feed", "feeds", "atom", "amp", "facebook", "fb", "twitter", "telegram", "tg", "whatsapp", "email"}
)
"""`ref=rss` says how a reader came; `ref=12` may name the page."""

_VARIANTS: Final = ("www.", "m.", "mobile.", "amp.")
_ADDRESS = re.compile(r"(https?):[/\\]+([^/\\?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.IGNORECASE | re.DOTALL)
_REST: Final = r"[A-Za-z0-9._~/&=:@!$'()*+,;?-]*+"
_PLAIN = re.compile(_REST)
_DONE = re.compile(
    r"(https?://(?=[^/?#]{1,253}(?:[/?#]|\Z))[a-z0-9]++(?:[.-][a-z0-9]++)*+(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}))?)"
    rf"(?:/[A-Za-z0-9._~/&=:@!$'()*+,;-]*+)?(?:\?{_REST})?(?:#{_REST})?"
)
"""The usual address, with nothing in it that has to be put right; its site is the group."""
_ROOTED = re.compile(rf"/(?:[A-Za-z0-9_~&=:@!$'()*+,-]++[./]?)*+(?:\?(?=.){_REST})?")
"""The usual path of one, to which the site has only to be added."""
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:.]+\]")
_IGNORED = re.compile("[\t\r\n]+")
_ENDS: Final = "".join(map(chr, range(33))) + "\x7f\u200b\ufeff\xa0"
_ESCAPE = re.compile("%([0-9A-Fa-f]{2})?")
_SESSION = re.compile(r";jsessionid=[^/]*", re.IGNORECASE)
_SAFE: Final = "%/:@!$&'()*+,;=~-._?"
_UNRESERVED: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_LONGEST_HOST: Final = 253
_PORT = re.compile("[0-9]{0,5}")
_LAST_PORT: Final = 0xFFFF


def absolute(base: str, url: str) -> str:
    """An http or https URI (RFC 3986) for what stands in a document at `base`, or empty.

    Blanks round it go, a host in another script becomes punycode, credentials are taken out, what may not stand in a
    URI is percent-encoded; everything else stays as it is.
    """
    if not url or len(url) > LONGEST:
        return ""
    if _DONE.fullmatch(url):
        return url
    whole = _at_site(base, url) or _mended(base, url)
    return whole if len(whole) <= LONGEST else ""


def canonical(url: str) -> str:
    """The address without what varies between copies of one page, always https; empty if it is not http or https.

    Its own canonical form is itself.
    """
    found = _ADDRESS.fullmatch(absolute("", url))
    if found is None:
        return ""
    _, authority, path, query, fragment = found.groups()
    where = _bare_host(authority)
    path = _path(path)
    target = _unwrapped(where, path, query or "")
    if target:  # a wrapper takes twenty characters at least, so a nest of them is never deep
        return canonical(target)
    return _spelled(where + path, query or "", fragment or "")


def unwrapped(url: str) -> str:
    """The address to send a reader to: the URL made absolute, or the page that it only leads to (see wrappers)."""
    whole = absolute("", url)
    found = _ADDRESS.fullmatch(whole)
    if found is None:
        return ""
    _, authority, path, query, _ = found.groups()
    target = _unwrapped(_bare_host(authority), path, query or "")
    return unwrapped(target) if target else whole


def host(url: str) -> str:
    """The host of an http or https address in lower case, without port; empty for anything else."""
    found = _ADDRESS.fullmatch(absolute("", url))
    return "" if found is None else _without_port(found[2])


def _at_site(base: str, path: str) -> str:
    """The usual path put behind the site of the usual address; empty where either is another."""
    site = _site(base) if _ROOTED.fullmatch(path) else ""
    return f"{site}{path}" if site else ""


@lru_cache(maxsize=256)  # a feed has one base, and many addresses that are resolved against it
def _site(base: str) -> str:
    """The site of the usual address; empty for another."""
    found = _DONE.fullmatch(base)
    return found[1] if found else ""


def _mended(base: str, url: str) -> str:
    bare = _IGNORED.sub("", url).strip(_ENDS)
    if not bare:
        return ""
    if not _SCHEME.match(bare):
        bare = _joined(base, bare)
    found = _ADDRESS.fullmatch(bare)
    if found is None:
        return ""
    scheme, authority, path, query, fragment = found.groups()
    where = _authority(authority)
    if not where:
        return ""
    whole = f"{scheme.lower()}://{where}{_quoted(path.replace(chr(92), '/'))}"
    if query is not None:
        whole += f"?{_quoted(query)}"
    if fragment is not None:
        whole += f"#{_quoted(fragment)}"
    return whole


def _joined(base: str, relative: str) -> str:
    if not base and not relative.startswith("//"):
        return ""
    try:
        return urljoin(base or "https:", relative)
    except ValueError:
        return ""


def _authority(text: str) -> str:
    """Host and port as they may stand in a URI, the scheme's own port left as written; empty if there is no host."""
    place = text.rpartition("@")[2]
    if place.startswith("["):
        inside, bracket, rest = place.partition("]")
        name, port = inside + bracket, rest.removeprefix(":")
    else:
        name, _, port = place.partition(":")
    name = _ascii(name.lower())
    if not name or not _PORT.fullmatch(port) or int(port or 0) > _LAST_PORT:
        return ""
    return f"{name}:{int(port)}" if port else name


def _ascii(name: str) -> str:
    if len(name) > _LONGEST_HOST:
        return ""
    if not name.isascii():
        try:
            name = name.encode("idna").decode("ascii").lower()
        except UnicodeError:
            return ""
    name = name.rstrip(".")
    return name if _HOST.fullmatch(name) and ".." not in name else ""


def _quoted(part: str) -> str:
    """What may not stand in a URI percent-encoded, stray percent signs too."""
    if _PLAIN.fullmatch(part):
        return part
    if "%" in part:
        part = _ESCAPE.sub(lambda found: found[0] if found[1] else "%25", part)
    return quote(part.encode("utf-8", "replace"), safe=_SAFE)


def _normal(part: str) -> str:
    """A quoted part with needless escapes undone and the others in capitals (RFC 3986, section 6.2.2)."""
    return _ESCAPE.sub(_unescaped, part) if "%" in part else part


def _unescaped(found: re.Match[str]) -> str:
    sign = chr(int(found[1], 16))
    return sign if sign in _UNRESERVED else found[0].upper()


def _without_port(authority: str) -> str:
    return authority if authority.endswith("]") else authority.rpartition(":")[0] or authority


def _bare_host(authority: str) -> str:
    """Host and unusual port, without the prefixes of variants as long as a domain is left."""
    where = authority.removesuffix(":443").removesuffix(":80")
    while where.startswith(_VARIANTS):
        rest = where.partition(".")[2]
        if "." not in rest or rest.replace(".", "").isdecimal():
            break
        where = rest
    return where


def _path(path: str) -> str:
    """The path without dot segments, session, AMP marks and the slash at its end."""
    path = _normal(path)
    if "/." in path:
        path = _without_dots(path)
    if ";" in path:
        path = _SESSION.sub("", path)
    path = path.rstrip("/")
    while path.endswith("/amp"):
        path = path[:-4].rstrip("/")
    while path.startswith("/amp/") and not path.startswith("/amp/s/"):
        path = path[4:]
    return path or "/"


def _without_dots(path: str) -> str:
    kept: list[str] = []
    for segment in path.split("/")[1:]:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    return "/" + "/".join(kept)


def _unwrapped(where: str, path: str, query: str) -> str:
    """The page that a wrapper's address leads to, or empty."""
    target = target_of(where, path, query)
    return absolute("", target) if target else ""


def _spelled(page: str, query: str, fragment: str) -> str:
    whole = f"https://{page}"
    if query:
        kept = "&".join(pair for pair in _normal(query).split("&") if pair and not _tracks(pair))
        whole += f"?{kept}" if kept else ""
    if fragment.startswith("!"):
        whole += f"#{_normal(fragment)}"
    return whole


def _tracks(pair: str) -> bool:
    name, _, value = pair.partition("=")
    name = name.lower()
    if name in _TRACKING or name.startswith(_TRACKING_PREFIXES):
        return True
    return name in _CARRIER_NAMES and value.lower() in _CARRIERS
