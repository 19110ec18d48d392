"""Text and addresses in a shape that every form can carry.

XML 1.0 cannot hold most control characters, UTF-8 no lone surrogates, and one of them must never cost a feed, so
they go before a writer sees them. A title's words stay as they are: only what cannot be shown, would break the line,
or would reorder the text around it is taken out.
"""

import html
import re
from urllib.parse import quote, urlsplit, urlunsplit

ADDRESS = 4096
"""Characters of an address at most: no browser or server is sure to take more."""

_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17))
    + "]"
)
"""C0 and C1 controls, surrogates and noncharacters (XML 1.0, section 2.2)."""

_RETURNS = re.compile("\r\n?|\x85")
_BREAKS = re.compile("[\t\n\r\x0b\x0c\x85\u2028\u2029]+")
_OVERRIDES = re.compile("[\u202d\u202e]")
_SCOPES = re.compile("[\u202a-\u202c\u2066-\u2069]")
_OPENS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}

_INLINE = re.compile(r"</?(?:a|abbr|b|cite|code|em|i|mark|q|small|span|strong|sub|sup|u)(?:\s[^<>]*)?>", re.IGNORECASE)
_TAG = re.compile("<[^<>]*>")
_ADDRESS = re.compile(r"(https?)://([^/?#]+)([^#]*)(?:#(.*))?", re.IGNORECASE | re.DOTALL)
_AUTHORITY = re.compile(r"(?:[\w.~!$&'()*+,;=:%-]*@)?(?:[\w.~%-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{0,5})?", re.ASCII)
_ESCAPED = re.compile("%[0-9A-Fa-f]{2}")
_STRAY_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,63}/[a-z0-9][a-z0-9.+-]{0,99}")
_PORTS = {"http": ":80", "https": ":443"}
_PATH_SAFE = "%/:?@!$&'()*+,;=~-._"


def line(text: str) -> str:
    """The text as one line that can stand in any form: breaks as spaces, nothing unfit, ends stripped.

    Directional overrides go; embeddings and isolates stay where each is closed again.
    """
    if text.isascii() and text.isprintable():  # most names and addresses: nothing to look for
        return text.strip()
    kept = _OVERRIDES.sub("", markup(_BREAKS.sub(" ", text))).strip()
    return kept if _balanced(kept) else _SCOPES.sub("", kept).strip()


def markup(text: str) -> str:
    """HTML (or any text) without the characters that a form cannot carry; U+FFFD, which says nothing, as "?"."""
    return _UNFIT.sub("", _RETURNS.sub("\n", text)).replace("\ufffd", "?")


def words_of(source: str, *, limit: int) -> str:
    """The first words of some cleaned HTML as plain text of at most `limit` characters, "…" where it goes on."""
    start = source[: limit * 8]
    if len(start) < len(source) and start.rfind("<") > start.rfind(">"):
        start = start[: start.rindex("<")]
    text = " ".join(line(html.unescape(_TAG.sub(" ", _INLINE.sub("", start)))).split())
    if len(text) <= limit:
        return text
    head, space, _ = text[:limit].rpartition(" ")
    return f"{head if space else text[: limit - 1]}…"


def address(url: str) -> str:
    """An http or https address as a URI (RFC 3986), else empty. What is a URI already stays byte for byte."""
    found = _ADDRESS.fullmatch(line(url))
    if found is None or len(url) > ADDRESS:
        return ""
    scheme, authority, rest, fragment = found.groups()
    try:
        host = authority if authority.isascii() else authority.encode("idna").decode("ascii")
        urlsplit(f"//{host}")
    except ValueError:  # no host name (UnicodeError), or brackets round what is no IPv6 address
        return ""
    if not _AUTHORITY.fullmatch(host):
        return ""
    anchor = "" if fragment is None else f"#{_quoted(fragment)}"
    return f"{scheme}://{host}{_quoted(rest)}{anchor}"


def canonical(url: str) -> str:
    """An address that `address` gave in the one spelling that ids are compared in (RFC 3986, sections 6.2.2, 6.2.3)."""
    parts = urlsplit(url)
    host = parts.netloc.lower().removesuffix(_PORTS[parts.scheme]).removesuffix(":")
    path = _ESCAPED.sub(lambda found: found.group().upper(), parts.path) or "/"
    return urlunsplit((parts.scheme, host, path, parts.query, ""))


def media_type(text: str) -> str:
    """A media type without parameters, in lower case, else empty."""
    kind = text.partition(";")[0].strip().lower()
    return kind if _MEDIA_TYPE.fullmatch(kind) else ""


def _balanced(text: str) -> bool:
    awaited: list[str] = []
    for sign in _SCOPES.findall(text):
        if sign in _OPENS:
            awaited.append(_OPENS[sign])
        elif not awaited or awaited.pop() != sign:
            return False
    return not awaited


def _quoted(part: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", part), safe=_PATH_SAFE)
