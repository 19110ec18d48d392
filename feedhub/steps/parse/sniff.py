"""What a body is: its characters, and whether they are XML, JSON, a web page or nothing of use.

The content decides, the media type hardly matters: half of all feeds come as text/html or text/plain.
"""

import codecs
import re
from dataclasses import dataclass
from typing import Final

from feedhub.errors import ParseError

_BOMS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE: Final = ((b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
"""How a document of wide characters begins where it has no byte order mark."""

_HEAD: Final = 2048
"""Bytes in which a document has to name its encoding (HTML wants 1024)."""
_XML_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([A-Za-z0-9._:-]{1,40})["']""")
_META_CHARSET = re.compile(
    rb"""<meta[^>]{0,300}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE
)
_SUPERSETS: Final = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
}
"""What publishers mean by a name, as browsers have it."""
_UNFIT: Final = frozenset(
    {"punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined", "utf-7", "unicode-escape"}
)
"""Python codecs that are no character encodings of documents."""
_WIDE_NAMES: Final = ("utf-16", "utf-32", "utf_16", "utf_32", "ucs")
_MULTIBYTE: Final = ("gb", "big5", "cp9", "euc", "iso2022", "hz", "johab", "shift", "cp949")
_TOLERATED: Final = 50
"""One broken character in so many may be damage; more are another encoding."""

_MAGIC: Final = (
    (b"\x1f\x8b", "compressed data that was not declared as such"),
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"ID3", "a sound file"),
)
_BLANK: Final = "\ufeff\u200b\0 \t\r\n\x0b\x0c"
_PROLOG = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_DOCTYPE = re.compile(
    r"<!DOCTYPE\s+([^\s\[>]{1,100})([^\[>]*+)(?:\[((?:[^\]]++|\](?!\s*+>))*+)\]\s*+)?>", re.DOTALL | re.IGNORECASE
)
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,60}:)?([A-Za-z_][\w.-]{0,60})(?=[\s/>])")
_LATE_ROOT = re.compile(r"<(?:rss|feed|(?:[a-z]{1,20}:)?RDF)(?=[\s>])")
_FEED_ROOTS: Final = frozenset({"rss", "feed", "rdf", "channel", "urlset", "sitemapindex"})
_LEAD: Final = 16384
"""Characters in which a feed has to begin behind what does not belong to it."""
_LONGEST_TYPE: Final = 60
_CHECK: Final = "check the address of the source"
_LOOK: Final = "look on the site for the address of its RSS or Atom feed and use that"
_NAMED: Final = {
    "opml": ("an OPML list of feeds", "import it with `feedhub import-opml`"),
    "svg": ("a picture", _CHECK),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class XmlText:
    """A feed in XML from its root element on, the prolog left out; `netscape` says that the DTD was Netscape's."""

    text: str
    netscape: bool = False
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonText:
    """What may be a JSON Feed."""

    text: str
    faults: tuple[str, ...] = ()


def sniff(body: bytes, *, media_type: str, charset: str | None) -> XmlText | JsonText:
    """What a feed's body is. Raises ParseError for what is none, saying what it is instead."""
    text, faults = decode(body, charset=charset)
    text = text.lstrip(_BLANK)
    if text.startswith(("{", "[")):
        return JsonText(text=text, faults=faults)
    return _xml(text, faults, media_type=media_type)


def decode(body: bytes, *, charset: str | None) -> tuple[str, tuple[str, ...]]:
    """The characters of a document, and what was wrong with them. Raises ParseError for what is no text.

    A byte order mark wins, then the name that the server gave, then that of the document, then UTF-8 (RFC 7303,
    section 3). But valid UTF-8 under the name of a one-byte encoding is UTF-8: servers label all files alike.
    """
    _refuse_binary(body)
    wide = next(((mark, codec) for mark, codec in _WIDE if body.startswith(mark)), None)
    marked = next(((mark, codec) for mark, codec in _BOMS if body.startswith(mark)), None)
    if marked is not None:
        return _lossy(body[len(marked[0]) :], marked[1])
    if wide is not None:
        return _lossy(body, wide[1])
    for label in _labels(body, charset):
        text = _decoded(body, label)
        if text is not None:
            return text, ()
    return _guessed(body)


def is_utf8(body: bytes, *, charset: str | None) -> bool:
    """Whether a document without a byte order mark is UTF-8 if it can be, by the names that `decode` goes by."""
    return _labels(body, charset)[0] == "utf-8"


def _refuse_binary(body: bytes) -> None:
    for magic, name in _MAGIC:
        if body.startswith(magic):
            raise ParseError(f"this is {name}, not a feed; {_CHECK}")
    if not body.lstrip(b" \t\r\n\0"):
        raise ParseError("the body is empty; the publisher's server sent nothing to read")


def _labels(body: bytes, charset: str | None) -> list[str]:
    """The codecs to try, best first."""
    head = body[:_HEAD]
    found = [charset or ""]
    found += [match[1].decode("ascii") for pattern in (_XML_ENCODING, _META_CHARSET) if (match := pattern.search(head))]
    codec_names = [name for label in found if (name := _codec(label))]
    wanted: list[str] = []
    for name in codec_names:
        wanted += [name] if name.startswith(_MULTIBYTE) else ["utf-8", name]
    return list(dict.fromkeys([*wanted, "utf-8"]))


def _codec(label: str) -> str:
    """Python's name of an encoding that can be true of a body that looks like ASCII, or empty."""
    try:
        name = codecs.lookup(label.strip(" \"'")[:40]).name if label else ""
    except (LookupError, ValueError):
        return ""
    name = _SUPERSETS.get(name, name)
    return "" if name in _UNFIT or name.startswith(_WIDE_NAMES) else name


def _decoded(body: bytes, codec: str) -> str | None:
    try:
        return body.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return None


def _lossy(body: bytes, codec: str) -> tuple[str, tuple[str, ...]]:
    text = body.decode(codec, "replace")
    return text, ("some of its bytes are no characters and are shown as \ufffd",) if "\ufffd" in text else ()


def _guessed(body: bytes) -> tuple[str, tuple[str, ...]]:
    """UTF-8 with some damage, else the encoding of old Windows, which reads everything."""
    text, faults = _lossy(body, "utf-8")
    odd = sum(1 for sign in text if sign >= "\x80")
    if text.count("\ufffd") * _TOLERATED <= odd + _TOLERATED:
        return text, faults
    if body.count(b"\0") * _TOLERATED > len(body):
        raise ParseError(f"this is binary data, not a feed; {_CHECK}")
    return body.decode("cp1252", "replace"), ("its encoding is not what it says; it was read as windows-1252",)


def _xml(text: str, faults: tuple[str, ...], *, media_type: str) -> XmlText:
    start = _prolog_end(text, 0)
    doctype = _DOCTYPE.match(text, start)
    if doctype is not None:
        _refuse_declarations(doctype)
        start = _prolog_end(text, doctype.end())
    root = _ROOT.match(text, start)
    name = root[1].lower() if root else ""
    if name in _FEED_ROOTS:
        netscape = doctype is not None and "netscape" in doctype[2].lower()
        return XmlText(text=text[start:], netscape=netscape, faults=faults)
    if name == "html" or (doctype is not None and doctype[1].lower() == "html"):
        raise _page()
    late = _LATE_ROOT.search(text, 0, _LEAD)
    if late is not None:
        return XmlText(
            text=text[late.start() :], faults=(*faults, "something that is no feed stands before its beginning")
        )
    raise _no_feed(text, name, media_type=media_type)


def _prolog_end(text: str, start: int) -> int:
    found = _PROLOG.match(text, start)
    return found.end() if found else start


def _refuse_declarations(doctype: re.Match[str]) -> None:
    """Entities of its own are how a document makes a parser eat all memory; no feed needs them."""
    if "<!entity" in (doctype[3] or "").lower():
        raise ParseError(
            "it declares XML entities of its own, which feedhub refuses because they can be used to harm the reader; "
            "the publisher has to leave the DOCTYPE away"
        )


def _no_feed(text: str, root: str, *, media_type: str) -> ParseError:
    if root in _NAMED:
        what, hint = _NAMED[root]
        return ParseError(f"this is {what}, not a feed; {hint}")
    if re.search(r"<(?:html|body|head|title|div|script|meta|p)[\s>]", text[:_LEAD], re.IGNORECASE):
        return _page()
    if text.startswith("<?xml") or root:
        what = f"XML with the root element <{root}>" if root else "XML that ends before its first element"
        return ParseError(f"this is {what}, not a feed; {_CHECK}")
    kind = f" (sent as {media_type[:_LONGEST_TYPE]})" if media_type not in {"", "text/plain"} else ""
    return ParseError(f"this is plain text{kind}, not a feed; {_CHECK}")


def _page() -> ParseError:
    return ParseError(f"this is a web page, not a feed; {_LOOK}")
