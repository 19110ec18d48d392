"""Valid values for tests: everything has a default, a test overrides what matters to it."""

import gzip
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from feedhub.model.credit import Credit
from feedhub.model.cue import Cue, CueKind, Cues, Role
from feedhub.model.entry import Entry
from feedhub.model.keys import Digest, EntryKey, Guid, OutletSlug, SourceSlug, StoryKey, TopicSlug
from feedhub.model.newsroom import Newsroom
from feedhub.model.outlet import Outlet, OutletRef, Outlets
from feedhub.model.reading import ReadEntry
from feedhub.model.rendition import Channel, Form, Rendition
from feedhub.model.site import Site
from feedhub.model.source import Source
from feedhub.model.story import Fingerprint, Report, Shown, Story
from feedhub.model.topic import Subject, Topic
from feedhub.model.websub import Subscription
from feedhub.text.digest import digest

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
AUTHORITY = "feeds.example.org,2026"


def ref(name: str = "Harbour Post") -> OutletRef:
    """An outlet of the registry by its name."""
    return OutletRef(slug=OutletSlug(name.lower().replace(" ", "_").replace(".", "_")), name=name)


def a_source(slug: str = "harbour", **changes: object) -> Source:
    """A source of an invented outlet."""
    source = Source(slug=SourceSlug(slug), url=f"https://{slug}.example/rss", outlet=OutletSlug("harbour_post"))
    return replace(source, **changes)  # type: ignore[arg-type]  # a test names fields of its own choice


def an_entry(guid: str = "1", **changes: object) -> Entry:
    """An entry of the source `harbour`, seen at NOW."""
    entry = Entry(
        key=EntryKey(f"tag:{AUTHORITY}:entry:{guid}"),
        source=SourceSlug("harbour"),
        guid=Guid(guid),
        title="Ferry line to the islands opens in May",
        link=f"https://harbour.example/{guid}",
        canonical=f"https://harbour.example/{guid}",
        text="The first ferry to the outer islands leaves on 4 May, the port said.",
        summary="<p>The first ferry to the outer islands leaves on 4 May, the port said.</p>",
        content="",
        lang="en",
        authors=(),
        tags=(),
        published=NOW - timedelta(minutes=10),
        updated=None,
        seen=NOW,
        media=(),
        origins=(),
        raw=Digest(f"raw-{guid}"),
        digest=Digest(f"digest-{guid}"),
    )
    return replace(entry, **changes)  # type: ignore[arg-type]  # a test names fields of its own choice


def a_credit(publisher: str = "Harbour Post", **changes: object) -> Credit:
    """A credit of an outlet that tells its own story."""
    credit = Credit(publisher=ref(publisher), originator=None, chain=(ref(publisher),), confidence=1.0)
    return replace(credit, **changes)  # type: ignore[arg-type]  # a test names fields of its own choice


def a_fingerprint(**changes: object) -> Fingerprint:
    """A fingerprint that is near nothing."""
    return replace(Fingerprint(shingles=b"", body=None, words=20), **changes)  # type: ignore[arg-type]  # as above


def a_report(guid: str = "1", **changes: object) -> Report:
    """A report that opened its story."""
    report = Report(entry=an_entry(guid), credit=a_credit())
    return replace(report, **changes)  # type: ignore[arg-type]  # a test names fields of its own choice


def a_shown(guid: str = "1", **changes: object) -> Shown:
    """What feeds show of the story that `an_entry(guid)` opened."""
    entry = an_entry(guid)
    shown = Shown(
        entry=entry.key,
        title=entry.title,
        link=entry.link,
        summary=entry.summary,
        content=entry.content,
        lang=entry.lang,
        authors=entry.authors,
        tags=entry.tags,
        media=entry.media,
        published=NOW - timedelta(minutes=10),
        ranked=NOW - timedelta(minutes=10),
        updated=NOW,
        credit=a_credit(),
        publisher=ref(),
        source=SourceSlug("harbour"),
        source_title="Harbour Post",
        source_url="https://harbour.example/rss",
        origin_link="",
        reports=1,
        independent=1,
    )
    return replace(shown, **changes)  # type: ignore[arg-type]  # a test names fields of its own choice


def a_story(ident: str = "1", **changes: object) -> Story:
    """A story that is shown."""
    story = Story(
        key=StoryKey(f"tag:{AUTHORITY}:story:{ident}"), opened=NOW, publish_at=NOW, changed=NOW, shown=a_shown(ident)
    )
    return replace(story, **changes)  # type: ignore[arg-type]  # a test names fields of its own choice


def a_channel(slug: str = "energy", **changes: object) -> Channel:
    """The feed of a topic at http://127.0.0.1:8000, with the operator's defaults."""
    channel = Channel(
        topic=TopicSlug(slug),
        title="Caspian energy",
        description="Oil, gas and power round the Caspian",
        base_url="http://127.0.0.1:8000",
        path=f"/topics/{slug}",
        page=f"/topics/{slug}",
        tag_authority=AUTHORITY,
        language="en",
        contact="mailto:editor@example.org",
        content="summary",
        link="original",
        credit="top",
        id_scope="story",
        hub="",
        ttl_minutes=15,
        threshold=0.5,
    )
    return replace(channel, **changes)  # type: ignore[arg-type]  # a test names fields of its own choice


def a_read(
    guid: str = "1",
    /,
    *,
    shingles: Iterable[int] = (),
    body: str | None = None,
    credit: Credit | None = None,
    **changes: object,
) -> ReadEntry:
    """What reading gives for `an_entry(guid)`, with these 64-bit shingles and digest of the body."""
    packed = b"".join(number.to_bytes(8, "little") for number in sorted(shingles))
    fingerprint = a_fingerprint(shingles=packed, body=body)
    entry = replace(an_entry(guid), **changes)  # type: ignore[arg-type]  # a test names fields of its own choice
    return ReadEntry(entry=entry, credit=credit or a_credit(), fingerprint=fingerprint)


def hashed(numbers: Iterable[int]) -> list[int]:
    """Shingles as they are in texts: anywhere in 64 bits."""
    return [int(digest(str(number))[:16], 16) for number in numbers]


def a_subject(**changes: object) -> Subject:
    """What rules can ask of a story that one source told."""
    subject = Subject(
        title="Ferry line to the islands opens in May",
        text="The first ferry to the outer islands leaves on 4 May, the port said.",
        sources=frozenset({"harbour"}),
        outlets=frozenset({"Harbour Post", "harbour_post"}),
        origins=frozenset({"Harbour Post", "harbour_post"}),
        langs=frozenset({"en"}),
        tags=frozenset(),
        reports=1,
        independent=1,
    )
    return replace(subject, **changes)  # type: ignore[arg-type]  # a test names fields of its own choice


def a_topic(slug: str = "ferries", **changes: object) -> Topic:
    """A topic that lets every story in."""
    topic = Topic(slug=TopicSlug(slug), title="Ferries", match="")
    return replace(topic, **changes)  # type: ignore[arg-type]  # a test names fields of its own choice


def a_site(**changes: object) -> Site:
    """What the operator says, at http://feeds.example."""
    site = Site(title="Caspian Wire", base_url="http://feeds.example", tag_authority=AUTHORITY)
    return replace(site, **changes)  # type: ignore[arg-type]  # a test names fields of its own choice


def a_subscription(source: str = "harbour", **changes: object) -> Subscription:
    """A subscription of an invented outlet's feed, to be asked for at NOW."""
    subscription = Subscription(
        source=SourceSlug(source),
        hub="https://hub.example/",
        topic=f"https://{source}.example/rss",
        token=f"token-of-{source}",
        secret=f"secret-of-{source}",
        next_at=NOW,
    )
    return replace(subscription, **changes)  # type: ignore[arg-type]  # a test names fields of its own choice


def a_newsroom(**changes: object) -> Newsroom:
    """One outlet with one source, and one topic."""
    outlet = Outlet(slug=OutletSlug("harbour_post"), name="Harbour Post")
    newsroom = Newsroom(
        outlets=Outlets(by_slug={outlet.slug: outlet}),
        cues=Cues(),
        sources=(a_source(),),
        topics=(a_topic(),),
        digest=Digest("newsroom"),
    )
    return replace(newsroom, **changes)  # type: ignore[arg-type]  # a test names fields of its own choice


def a_rendition(slug: str = "ferries", form: Form = Form.RSS, **changes: object) -> Rendition:
    """The bytes of a feed, long enough to be worth compressing."""
    body = f"<feed>{slug} {form} {'news ' * 400}</feed>".encode()
    rendition = Rendition(
        topic=TopicSlug(slug),
        form=form,
        body=body,
        etag=f'"{slug}-{form}"',
        gzip=gzip.compress(body, mtime=0),
        gzip_etag=f'"{slug}-{form}-gz"',
        modified=NOW,
    )
    return replace(rendition, **changes)  # type: ignore[arg-type]  # a test names fields of its own choice


def an_outlet(name: str = "Harbour Post", **changes: object) -> Outlet:
    """An outlet of the registry, its slug made from the name."""
    slug = ref(name).slug or OutletSlug("none")
    return replace(Outlet(slug=slug, name=name), **changes)  # type: ignore[arg-type]  # a test names fields of its own choice


def a_registry(*outlets: Outlet, **changes: object) -> Outlets:
    """A registry of these outlets."""
    registry = Outlets(by_slug={outlet.slug: outlet for outlet in outlets})
    return replace(registry, **changes)  # type: ignore[arg-type]  # a test names fields of its own choice


def a_cue(pattern: str = "{outlet} reports", **changes: object) -> Cue:
    """A cue of the kind that its first changes say, a report else."""
    cue = Cue(rule="en.test", lang="en", role=Role.ORIGINATOR, pattern=pattern, weight=0.8, kind=CueKind.REPORT)
    return replace(cue, **changes)  # type: ignore[arg-type]  # a test names fields of its own choice
