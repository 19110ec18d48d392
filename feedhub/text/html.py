"""HTML and plain text, each made of the other.

The reader here never judges whether markup is safe (that is the cleaner's work); it only finds the words in it. It
reads tags the way a browser does (a tag that is never closed swallows the rest) in one pass from left to right, so that
a flood of "<" or "<!--" costs no more than any other text of its length.
"""

import html
import re
from typing import Final

_BLOCK_NAMES: Final = """
    address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol optgroup option p pre
    section select summary table tbody tfoot thead title tr ul
"""
_BREAKS: Final = {"td": " ", "th": " ", **dict.fromkeys(_BLOCK_NAMES.split(), "\n")}

_TOKEN = re.compile(
    r"""<!--.*?(?:--!?>|\Z)
    |<!\[CDATA\[(?P<cdata>.*?)(?:\]\]>|\Z)
    |<(?P<raw>script|style|template|noembed|noframes|iframe|object|svg|math|textarea|select)(?=[\s/>]).*?
        (?:</(?P=raw)(?=[\s/>])[^>]*(?:>|\Z)|\Z)
    |</?(?P<name>[a-zA-Z][^\s/>]*+)(?:[^>=]++|=\s*+"[^"]*+(?:"|\Z)|=\s*+'[^']*+(?:'|\Z)|=)*+(?:>|\Z)
    |<[!?/][^>]*+(?:>|\Z)""",
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)
_SAFE_TAG = re.compile(r'</?([a-z0-9]++)(?:[^>"]++|"[^"]*+")*+>')
_LONG_REFERENCE = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{8,});?")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\ufdd0-\ufdef"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17))
    + "]+"
)
"""Controls, overrides of direction, surrogates, noncharacters: nobody sees them, and they can mislead."""


def to_text(markup: str) -> str:
    """The words of some HTML: one line a block, none of them empty, blanks folded. Scripts and styles are left out."""
    bare = " ".join(markup.splitlines())
    return lines(unescape(_without_tags(bare) if "<" in bare else bare))


def to_safe_text(markup: str) -> str:
    """As `to_text`, of what a sanitiser wrote: each tag is closed, each value in double quotes, each other "<" escaped.

    It takes half as long.
    """
    bare = " ".join(markup.splitlines())
    if "<" in bare:
        pieces = _SAFE_TAG.split(bare)
        pieces[1::2] = [_BREAKS.get(name, "") for name in pieces[1::2]]
        bare = "".join(pieces)
    return lines(unescape(bare))


def to_line(markup: str) -> str:
    """The words of some HTML on one line."""
    return to_text(markup).replace("\n", " ")


def lines(text: str) -> str:
    """Plain text with its lines stripped and blanks folded, empty lines and unseen characters left out."""
    return "\n".join([kept for line in text.splitlines() if (kept := _folded(line))])


def visible(text: str) -> str:
    """The text without characters that nobody sees and that can mislead."""
    return text if text.replace("\n", "").isprintable() else _UNSEEN.sub("", text)


def escape(text: str) -> str:
    """Plain text as it may stand in HTML, in attributes too."""
    return html.escape(text)


def unescape(text: str) -> str:
    """The text with its character references resolved once."""
    if "&#" in text:
        text = _LONG_REFERENCE.sub("\ufffd", text)
    return html.unescape(text) if "&" in text else text


def paragraphs(text: str) -> str:
    """Plain text as HTML: a paragraph a line."""
    return "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line)


def _folded(line: str) -> str:
    line = line.strip()
    if line.isprintable():  # then there are no blanks but spaces
        return " ".join(line.split()) if "  " in line else line
    line = " ".join(line.split())
    return line if line.isprintable() else " ".join(_UNSEEN.sub("", line).split())


def _without_tags(markup: str) -> str:
    """Text between tags, and a line break or a blank for tags that make one."""
    pieces = _TOKEN.split(markup)
    pieces[1::4] = [escape(cdata) if cdata else "" for cdata in pieces[1::4]]
    pieces[2::4] = [""] * (len(pieces) // 4)
    pieces[3::4] = [_BREAKS.get(name.lower(), "") if name else "" for name in pieces[3::4]]
    return "".join(pieces)
