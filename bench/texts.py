"""News that nobody wrote: feeds of articles of about 900 characters, the same ones each time they are asked for.

Words are drawn from the demo's newsroom, in the share in which they stand there, so that languages are told apart as
real ones are; no two articles share more than chance gives. Three in ten are wire copies: one text that about five
sources carry with the same credit, so that credits are found and stories are joined.

An item is made like that of a middling feed, with 2.3 kB, 23 tags in its text, a teaser, an author and a category. Of
145 real feeds the median has 3.5 kB an item, 2.0 kB of it text with 26 tags; feedparser takes 1.1 ms over both.
"""

import random
import re
import tomllib
from email.utils import formatdate
from html import escape
from pathlib import Path

LANGUAGES = {"english": "en", "russian": "ru", "spanish": "es", "turkish": "tr", "azerbaijani": "az"}
WORDS = 125
SENTENCE = 17
COPIES = 5
"""Sources that carry one wire text."""
ENTRIES = 50

_DAY = Path(__file__).parent.parent / "feedhub" / "adapters" / "demo" / "day"
_FIRST = 1_772_400_000
"""When the first article was published, 1 March 2026 21:20 UTC; each next one is a minute later."""
_CREDITS = {
    "en": ("{city} (Reuters) - ", ", Reuters reports."),
    "ru": ("{city}. /ТАСС/. ", ", сообщает ТАСС."),
    "es": ("{city}, (EFE) - ", ", según informó EFE."),
    "tr": ("{city} (AA) - ", ", AA'nın haberine göre."),
    "az": ("{city} (Report) - ", ", Report xəbər verir."),
}


def _stock(name: str) -> tuple[str, ...]:
    items = tomllib.loads((_DAY / f"{name}.toml").read_text())["items"]
    return tuple(re.findall(r"[^\W\d_]{2,}", " ".join(f"{item['title']} {item['text']}" for item in items)))


_STOCK = {code: _stock(name) for name, code in LANGUAGES.items()}
_CODES = tuple(_STOCK)


def article(number: int, newest: int, *, sources: int) -> tuple[str, str, str]:
    """Title, text and language of one source's article: `number` is the source, `newest` counts its articles."""
    code = _CODES[number % len(_CODES)]
    dice = random.Random(f"{number} {newest}")  # noqa: S311  # the same text each time
    if dice.random() < 0.3:
        wires = max(1, sources * 3 // 10 // COPIES // len(_CODES))
        dice = random.Random(f"wire {code} {dice.randrange(wires)} {newest}")  # noqa: S311
        lead, tail = _CREDITS[code]
        return _headline(dice, code), lead.format(city=_headline(dice, code, words=1)) + _prose(dice, code) + tail, code
    return _headline(dice, code), _prose(dice, code) + ".", code


def rss_item(number: int, newest: int, *, sources: int) -> str:
    """The article as an item of RSS 2.0, with a teaser and the whole text."""
    title, text, code = article(number, newest, sources=sources)
    site = f"http://news{number}.example"
    sentences = text.split(". ")
    return (
        f"<item><title>{escape(title)}</title><link>{site}/{newest}.html?utm_source=rss&amp;utm_medium=feed</link>"
        f'<guid isPermaLink="false">{number}-{newest}</guid><pubDate>{http_date(newest)}</pubDate>'
        f"<dc:creator>{escape(_STOCK[code][newest % 40].capitalize())}</dc:creator>"
        f"<category>{escape(_STOCK[code][number % 40])}</category>"
        f"<description>{escape(f'<p>{sentences[0]}...</p>')}</description>"
        f"<content:encoded><![CDATA[{_markup(sentences, site, newest)}]]></content:encoded></item>\n"
    )


def _markup(sentences: list[str], site: str, newest: int) -> str:
    """The text as a publisher's software writes it: a picture, a paragraph a sentence, links, words set apart."""
    stem = f"/wp-content/uploads/2026/03/{newest}"
    picture = (
        '<figure class="wp-block-image size-large"><img fetchpriority="high" decoding="async" width="1024" height="683"'
        f' src="{stem}-1024x683.jpg" alt="" class="wp-image-{newest}" srcset="{stem}-1024x683.jpg 1024w,'
        f' {stem}-300x200.jpg 300w" sizes="(max-width: 1024px) 100vw, 1024px" /></figure>'
    )
    paragraphs = [f'<p class="wp-block-paragraph">{escape(one)}</p>' for one in sentences]
    more = (
        f'<p class="more"><a href="/{newest - 1}.html" rel="bookmark noopener"><strong>{newest - 1}</strong></a>'
        f' <a href="{site}/{newest - 2}.html"><em>{newest - 2}</em></a><br /></p>'
    )
    return "\n".join((picture, *paragraphs, more))


def rss(number: int, items: str) -> bytes:
    """A feed of these items."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>News {number}</title>'
        f"<link>http://news{number}.example/</link><language>{_CODES[number % len(_CODES)]}</language>"
        f"<description>News of the day</description>\n{items}</channel></rss>\n"
    ).encode()


def http_date(newest: int) -> str:
    """The moment of an article, as HTTP and RSS write it."""
    return formatdate(_FIRST + 60 * newest, usegmt=True)


def _headline(dice: random.Random, code: str, *, words: int = 9) -> str:
    return " ".join(dice.choices(_STOCK[code], k=words)).capitalize()


def _prose(dice: random.Random, code: str) -> str:
    words = dice.choices(_STOCK[code], k=WORDS)
    return ". ".join(" ".join(words[at : at + SENTENCE]).capitalize() for at in range(0, WORDS, SENTENCE))
