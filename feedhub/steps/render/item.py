"""One story as all forms will write it: every text fit to be carried, every address absolute, every date chosen.

What differs between RSS, Atom and JSON Feed is spelling alone; what a story says is settled here, so that the three
hold the same ids, titles, links, dates and credits.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from html import escape

from feedhub.model.credit import Credit, Evidence
from feedhub.model.entry import Media
from feedhub.model.keys import OutletSlug
from feedhub.model.outlet import OutletRef
from feedhub.model.rendition import Channel
from feedhub.model.story import Shown, Story
from feedhub.steps.render.body import Frame, body
from feedhub.steps.render.languages import language
from feedhub.steps.render.plain import address, line, markup, media_type, words_of
from feedhub.text.credit_line import credit_line
from feedhub.text.digest import digest
from feedhub.text.mint import ident

BRIEF = 100_000
"""Characters of a summary at most; a longer one is none, and the feed shows its first words."""

FULL = 400_000
"""Characters of a full text at most: the longest articles have 100,000. Beyond it the feed shows the summary."""

NAME = 120
WORDS = 300
PROOFS = 12
NOTE = 1000
TAGS = 40
PICTURES = 12
"""How much of what an entry may repeat without end goes into a feed."""

TEASER = 300
"""Characters of the plain words that stand for a text where it has no summary, or in lists."""

HEADING = 120
"""Characters of the title that is made for a story that has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What a feed says of one story.

    Texts are plain, except `brief` and `full`, which are HTML (`full` may be empty). `teaser` is the first words of
    the summary. `link` leads the reader on; `original` is the publisher's page where `link` is ours, else empty.
    `attribution` is the credit with its texts made fit and cut; `credit` is its line. `published` and `changed` are
    whole seconds, `updated` is within the second before `changed`.
    """

    id: str
    title: str
    link: str
    original: str
    page: str
    teaser: str
    brief: str
    full: str
    credit: str
    attribution: Credit
    independent: int
    corrected: bool
    published: datetime
    updated: datetime
    changed: datetime
    lang: str
    tags: tuple[str, ...]
    media: tuple[Media, ...]
    source_title: str
    source_url: str
    via: str


def item(channel: Channel, story: Story) -> Item:
    """The story as the channel's feeds tell it. Raises ValueError, with why, where it cannot be told."""
    shown = story.shown
    if shown is None:
        raise ValueError("it has not been published yet")
    if line(story.key) != story.key:
        raise ValueError("its key cannot be written")
    page = f"{channel.base_url}/stories/{ident(story.key)}"
    attribution = _fit(shown.credit)
    credit = credit_line(attribution, threshold=channel.threshold)
    title = line(shown.title) or words_of(shown.summary or shown.content, limit=HEADING) or credit
    original = address(shown.link)
    link = page if channel.link == "story" or not original else original
    frame = Frame(title=title, credit=credit, page=page, note=_cut(shown.note, NOTE), place=channel.credit)
    content = _content(channel, shown)
    published, changed = _second(shown.published), _second(shown.updated)
    return Item(
        id=f"{story.key}:{channel.topic}" if channel.id_scope == "topic" else story.key,
        title=title,
        link=link,
        original=original if link == page else "",
        page=page,
        teaser=_teaser(shown),
        brief=body(_summary(channel, shown), frame),
        full=body(content, frame) if content else "",
        credit=credit,
        attribution=attribution,
        independent=shown.independent,
        corrected=bool(shown.note),
        published=published,
        updated=_moment(story.key, changed),
        changed=changed,
        lang=language(shown.lang),
        tags=_tags(shown.tags),
        media=_media(shown.media),
        source_title=line(shown.source_title) or line(shown.publisher.name) or shown.source,
        source_url=address(shown.source_url),
        via=address(shown.origin_link),
    )


def _summary(channel: Channel, shown: Shown) -> str:
    """The summary as HTML; the first words of whatever there is where it is missing or beyond measure."""
    if channel.content == "headline":
        return ""
    if shown.summary and len(shown.summary) <= BRIEF:
        return markup(shown.summary)
    teaser = _teaser(shown)
    return f"<p>{escape(teaser)}</p>" if teaser else ""


def _content(channel: Channel, shown: Shown) -> str:
    return markup(shown.content) if channel.content == "full" and len(shown.content) <= FULL else ""


def _teaser(shown: Shown) -> str:
    return words_of(shown.summary or shown.content, limit=TEASER)


def _second(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("its date has no time zone")
    return moment.astimezone(UTC).replace(microsecond=0)


def _moment(key: str, changed: datetime) -> datetime:
    """A moment within the minute before `changed` that is the story's own.

    Stories that one tick publishes share a time, while judges and readers take two entries with one `updated` for a
    feed that stamps them all (W3C validator: DuplicateUpdated). The fraction comes from the key, so it never moves,
    and it is taken off, so that it never lies in the future. (Of a thousand stories two would share one of the
    microseconds of a second, four times in ten; of those of a minute, once in a hundred.)
    """
    return changed - timedelta(microseconds=1 + int(digest(key)[:12], 16) % 59_999_999)


def _tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    fit = (_cut(tag, NAME) for tag in tags[: 4 * TAGS])
    return tuple(dict.fromkeys(tag for tag in fit if tag))[:TAGS]


def _media(media: tuple[Media, ...]) -> tuple[Media, ...]:
    """Those with a usable address, each once; a length that is no length is unknown."""
    found: dict[str, Media] = {}
    for one in media[: 4 * PICTURES]:
        url = address(one.url)
        length = one.length if one.length and 0 < one.length < 1 << 53 else None
        if url:
            found.setdefault(url, Media(url=url, media_type=media_type(one.media_type), length=length))
    return tuple(found.values())[:PICTURES]


def _fit(credit: Credit) -> Credit:
    return replace(
        credit,
        publisher=_named(credit.publisher),
        originator=_named(credit.originator) if credit.originator else None,
        chain=tuple(_named(outlet) for outlet in credit.chain[:PROOFS]),
        evidence=tuple(_proof(evidence) for evidence in credit.evidence[:PROOFS]),
    )


def _named(outlet: OutletRef) -> OutletRef:
    slug = OutletSlug(_cut(outlet.slug, NAME)) if outlet.slug else None
    return OutletRef(slug=slug, name=_cut(outlet.name, NAME) or "unknown")


def _proof(evidence: Evidence) -> Evidence:
    return replace(
        evidence,
        outlet=_named(evidence.outlet),
        rule=_cut(evidence.rule, NAME),
        field=_cut(evidence.field, NAME),
        words=_cut(evidence.words, WORDS),
    )


def _cut(text: str, limit: int) -> str:
    """At most `limit` characters of the text on one line; what is far beyond them is not even looked at."""
    return line(text[: 4 * limit])[:limit].rstrip()
