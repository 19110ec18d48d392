"""HTML that is safe to show: the only importer of nh3.

A list of tags and attributes, and a filter on every address: what is not http or https (or mailto in a link) and
absolute after resolving goes. What is left holds no style, class, id, frame, form or script. Cleaning twice is
cleaning once.
"""

import re
from contextvars import ContextVar
from typing import Final

import nh3

from feedhub.text.html import paragraphs, to_text, visible
from feedhub.text.urls import absolute

_TAGS: Final = frozenset(
    {
        *("a", "abbr", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "dd", "del", "dfn", "div"),
        *("dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd"),
        *("li", "mark", "ol", "p", "picture", "pre", "q", "rp", "rt", "ruby", "s", "samp", "small", "source", "span"),
        *("strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var"),
        *("audio", "video", "wbr"),
    }
)
_DROPPED: Final = frozenset(
    {
        *("applet", "button", "embed", "form", "frame", "frameset", "iframe", "input", "math", "noembed", "noframes"),
        *("object", "script", "select", "style", "svg", "template", "textarea", "title"),
    }
)
"""Tags that take what they hold with them."""
_ATTRIBUTES: Final = {
    "*": {"dir", "lang"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "audio": {"src", "controls"},
    "blockquote": {"cite"},
    "del": {"cite", "datetime"},
    "img": {"src", "srcset", "alt", "title", "width", "height"},
    "ins": {"cite", "datetime"},
    "ol": {"start"},
    "q": {"cite"},
    "source": {"src", "srcset", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "time": {"datetime"},
    "video": {"src", "poster", "controls", "width", "height"},
}
_ADDRESSES: Final = frozenset({"href", "src", "cite", "poster"})
_MAIL: Final = re.compile(r"mailto:[^\s<>\"']{1,300}", re.IGNORECASE)

_LONGEST: Final = 1_000_000
"""Characters of markup that are read of one field."""
_SHALLOW: Final = 300
"""With so few "<" no nesting can hurt."""
_DEEPEST: Final = 200
"""Open elements: a browser's parser copies open formatting into every paragraph, so that a few thousand of each are
millions of elements."""
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_VOID: Final = frozenset(
    {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr", "p", "li"}
)

_UNSTABLE = re.compile(
    r"<(?:table|t[dhr]|caption|marquee|button|ruby|r[pt]|nobr|select|option|center|font|form)[\s/>]", re.IGNORECASE
)
"""Elements out of which a browser's parser moves what stands at a wrong place, so that what is written of the result
is read otherwise the next time."""

_IMAGE = re.compile(r'<img((?: [a-z]+="[^"]*")*)>')
_PIXEL = re.compile(r' (?:width|height)="\s*[01](?:px)?\s*"')
_CANDIDATE = re.compile(r"\s*+([^\s,][^\s]*+)((?:\s++[0-9.]+[wxh])?)\s*+(?:,|\Z)")
_MOST_CANDIDATES: Final = 20
_EMPTY = re.compile(
    r"<(p|div|span|figure|a|b|i|em|strong|li|ul|ol|h[1-6]|picture)(?: [a-z]+=\"[^\"]*\")*>(?:\s|&nbsp;|<br>)*+</\1>"
)


def sanitized(markup: str, *, base: str) -> str:
    """The markup with only what is safe left in it, addresses absolute, tracking pixels and empty elements out.

    Markup that is nested too deeply to be an article's comes back as its words alone.
    """
    markup = markup[:_LONGEST]
    if "<" not in markup and "&" not in markup:
        return visible(_newlines(markup).replace(">", "&gt;")).strip()
    if markup.count("<") > _SHALLOW and _depth(markup) > _DEEPEST:
        return paragraphs(to_text(markup))
    safe = _once(markup, base)
    return _once(safe, base) if _UNSTABLE.search(markup) else safe


def _newlines(text: str) -> str:
    """Line ends as HTML parsers have them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _once(markup: str, base: str) -> str:
    token = _BASE.set(base)
    try:
        safe = visible(_CLEANER.clean(markup))
    finally:
        _BASE.reset(token)
    if "<img" in safe:
        safe = _IMAGE.sub(_kept_image, safe)
    return _without_empty(safe).strip()


_BASE: ContextVar[str] = ContextVar("base")
"""What addresses are resolved against. A cleaner is not made for each base: that takes as long as cleaning a page."""


def _kept(tag: str, attribute: str, value: str) -> str | None:
    """The value of an attribute, or nothing for one that goes."""
    if attribute in _ADDRESSES:
        if tag == "a" and attribute == "href" and _MAIL.fullmatch(value.strip()):
            return value.strip()
        return absolute(_BASE.get(), value) or None
    return _candidates(_BASE.get(), value) if attribute == "srcset" else value


_CLEANER: Final = nh3.Cleaner(
    tags=set(_TAGS),
    clean_content_tags=set(_DROPPED),
    attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
    attribute_filter=_kept,
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener noreferrer",
    strip_comments=True,
)


def _candidates(base: str, srcset: str) -> str | None:
    """The pictures of a srcset, each absolute; None where none is left."""
    found = _CANDIDATE.findall(srcset)[:_MOST_CANDIDATES]
    kept = [(absolute(base, url.rstrip(",")), size.strip()) for url, size in found]
    return ", ".join(f"{url} {size}".strip() for url, size in kept if url) or None


def _kept_image(found: re.Match[str]) -> str:
    """The picture, or nothing for one that is one pixel wide or high, or has no address left."""
    attributes = found[1]
    return "" if ' src="' not in attributes or _PIXEL.search(attributes) else found[0]


def _without_empty(markup: str) -> str:
    """Elements that hold nothing go, and those that held only them, as deep as such nests are in real feeds."""
    for _ in range(_MOST_CANDIDATES):
        bare = _EMPTY.sub("", markup)
        if bare == markup:
            break
        markup = bare
    return markup


def _depth(markup: str) -> int:
    """How many elements are open at most, as far as tags alone tell."""
    depth = deepest = 0
    for closing, name in _TAG.findall(markup):
        if name.lower() not in _VOID:
            depth = max(0, depth + (-1 if closing else 1))
            deepest = max(deepest, depth)
    return deepest
