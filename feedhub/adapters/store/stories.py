"""Stories, what they have shown, and the topics they match."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import and_, bindparam, delete, exists, select, update

from feedhub.adapters.store.columns import Key, Moment, Texts, each
from feedhub.adapters.store.forget import forget_stories
from feedhub.adapters.store.intake import FILL_STORY, MATCH, STORY, Intake, match_values, story_values
from feedhub.adapters.store.tables import counter, entry, match, placement, story
from feedhub.adapters.store.work import SHOWN, AnyRow, Work, bounded
from feedhub.model.dossier import Dossier
from feedhub.model.keys import EntryKey, StoryKey, TopicSlug
from feedhub.model.story import Placement, Report, Story
from feedhub.model.topic import Hit, Match
from feedhub.model.upkeep import Forgotten

_HOPS = 32
"""Redirects followed at most; merging keeps them at one, so more are a circle that somebody wrote by hand."""


class StoryTable:
    """StoryRows on the database."""

    def __init__(self, work: Work, intake: Intake) -> None:
        self._work, self._intake = work, intake

    def get(self, key: StoryKey) -> Story | None:
        """A story as stored, merged or not."""
        row = self._work.row(_GET, {"of": key})
        return _story(row) if row else None

    def resolve(self, ident: str) -> Story | None:
        """By the last part of its key, following redirects."""
        row = self._work.row(_BY_IDENT, {"ident": ident})
        return self._end(_story(row)) if row else None

    def save(self, story: Story) -> None:
        """Insert or update."""
        self._intake.unsettle()
        self._work.run(STORY, story_values(story))
        self._follow(story.key, _rank(story))
        self._work.served = True

    def open(self, story: Story, matches: Iterable[Match]) -> None:
        """Insert a story that is not shown yet, with its topics."""
        self._intake.open(story, matches)

    def reports(self, key: StoryKey) -> tuple[Report, ...]:
        """The reports of a story by the time they were seen, then key."""
        return tuple(self._reports([key])[key])

    def placements(self, key: StoryKey) -> Mapping[EntryKey, Placement]:
        """How each report of a story came to be in it."""
        return {EntryKey(row.key): row.value for row in self._work.rows(_PLACEMENTS, {"of": key})}

    def dossiers(self, keys: Iterable[StoryKey]) -> tuple[Dossier, ...]:
        """These stories with all that belongs to them, redirects followed, each once; what is unknown is left out."""
        rows = self._work.rows(_SEVERAL, {"keys": list(keys)})
        stories = {story.key: story for story in (self._end(_story(row)) for row in rows)}
        reports = self._reports(list(stories))
        matches: defaultdict[str, list[Match]] = defaultdict(list)
        for row in self._work.rows(_MATCHES_OF, {"keys": list(stories)}):
            matches[row.story].append(_match(row))
        return tuple(
            Dossier(story=story, reports=tuple(reports[key]), matches=tuple(matches[key]))
            for key, story in sorted(stories.items())
        )

    def renew(self, changes: Sequence[tuple[Dossier, Dossier]], now: datetime) -> None:
        """Save stories and their topics, each as it was read and as it is now; reports are not looked at."""
        self._intake.settle()
        self._intake.unsettle()
        FILL_STORY(self._work, [story_values(after.story) for _, after in changes])
        moved = [(before, after) for before, after in changes if _rank(before.story) != _rank(after.story)]
        self._work.many(_RANK, [{"of": after.story.key, "rank": _rank(after.story)} for _, after in moved])
        for before, after in moved:
            more = (_rank(after.story) is not None) - (_rank(before.story) is not None)
            self._work.shown.update({match.topic: more for match in before.matches})
        for before, after in changes:
            if sorted(before.matches, key=_topic) != sorted(after.matches, key=_topic):
                self.set_matches(after.story.key, after.matches, now)
        self._work.served = self._work.served or bool(changes)

    def merge(self, older: StoryKey, younger: StoryKey, now: datetime) -> None:
        """Move all entries of the younger into the older; the younger, and what redirected to it, redirects there.

        Its matches stay to be asked for, but no feed shows it any more. Where the older is itself merged, its own
        target takes the entries.
        """
        first = self.get(older)
        into = self._end(first).key if first else older
        if into == younger:
            return
        self._intake.unsettle()
        values = {"of": younger, "into": into, "now": now}
        for statement in (_MOVE, _REDIRECT, _REDIRECT_OTHERS, _TOUCH):
            self._work.run(statement, values)
        self._follow(younger, None)
        self._work.served = True

    def ripe(self, now: datetime, limit: int) -> tuple[StoryKey, ...]:
        """Stories with an entry, not yet shown, withdrawn or merged, whose `publish_at` has come.

        The longest waiting come first.
        """
        return _keys(self._work.rows(_RIPE, {"now": now, "most": bounded(limit)}))

    def recent(self, since: datetime, limit: int) -> tuple[StoryKey, ...]:
        """Stories opened since, newest first, merged ones left out."""
        return _keys(self._work.rows(_RECENT, {"since": since, "most": bounded(limit)}))

    def set_matches(self, key: StoryKey, matches: Iterable[Match], now: datetime) -> tuple[TopicSlug, ...]:
        """Replace the topics of a story; gives every topic it was in or is in now, by slug."""
        before = {item.topic: item for item in self.matches(key)}
        after = {item.topic: item for item in matches}
        rank = self._work.run(_RANK_OF, {"of": key}).scalar_one_or_none()
        gone = [{"of": key, "in": topic} for topic in before if topic not in after]
        moved = [item for topic, item in after.items() if before.get(topic) != item]
        news = [match_values(key, item, rank=rank, now=now) for item in moved]
        self._work.many(_UNMATCH, gone)
        self._work.many(MATCH, news)
        if rank is not None:
            self._work.shown.update(after.keys() - before.keys())
            self._work.shown.subtract(before.keys() - after.keys())
        self._work.served = self._work.served or bool(gone or news)
        return tuple(sorted(before.keys() | after.keys()))

    def matches(self, key: StoryKey) -> tuple[Match, ...]:
        """The topics of a story, by slug."""
        return tuple(map(_match, self._work.rows(_MATCHES, {"of": key})))

    def in_topic(self, topic: TopicSlug, *, limit: int, offset: int = 0) -> tuple[Story, ...]:
        """Stories that are shown in a topic, newest first: by `ranked`, then key; withdrawn and merged left out."""
        return tuple(
            map(_story, self._work.rows(_IN_TOPIC, {"in": topic, "most": bounded(limit), "skip": bounded(offset)}))
        )

    def sizes(self) -> Mapping[TopicSlug, int]:
        """How many stories are shown in each topic; this is kept up to date, not counted when asked for."""
        self._work.count_shown()
        return {TopicSlug(row.name.removeprefix(SHOWN)): row.value for row in self._work.rows(_SIZES)}

    def forget(self, before: datetime, limit: int, *, stubs: int) -> Forgotten:
        """Let go of stories that have not changed since `before`, the longest open first, with all that is theirs."""
        self._intake.unsettle()
        return forget_stories(self._work, before, limit, stubs=stubs)

    def _reports(self, keys: Sequence[StoryKey]) -> Mapping[str, list[Report]]:
        """By story its reports, by the time they were seen, then key."""
        rows = self._work.rows(_REPORTS, {"keys": keys})
        told = self._intake.reads.know([EntryKey(row.key) for row in rows])
        reports: defaultdict[str, list[Report]] = defaultdict(list)
        for row in rows:
            read = told[EntryKey(row.key)]
            reports[row.story].append(
                Report(
                    entry=read.entry,
                    credit=read.credit,
                    withdrawn=row.withdrawn is not None,
                    folded=read.folded,
                )
            )
        return reports

    def _follow(self, key: StoryKey, rank: datetime | None) -> None:
        """Let the matches of a story have its rank, and count it where it comes to be shown or to be hidden."""
        moved = [row for row in self._work.rows(_RANKS, {"of": key}) if row.ranked != rank]
        if moved:
            self._work.run(_RANK, {"of": key, "rank": rank})
        for row in moved:
            self._work.shown[TopicSlug(row.topic)] += (rank is not None) - (row.ranked is not None)

    def _end(self, story: Story) -> Story:
        for _ in range(_HOPS):
            following = self.get(story.merged_into) if story.merged_into else None
            if following is None:
                break
            story = following
        return story


_c = story.c
_of = bindparam("of", type_=Key())
_GET = select(story).where(_c.key == _of)
_BY_IDENT = select(story).where(_c.ident == bindparam("ident")).order_by(_c.key).limit(1)
_RIPE = (
    select(_c.key)
    .where(_c.ranked.is_(None), _c.withdrawn.is_(None), _c.merged_into.is_(None), _c.publish_at <= bindparam("now"))
    .where(exists().where(entry.c.story == _c.key))
    .order_by(_c.publish_at, _c.key)
    .limit(bindparam("most"))
)
_RECENT = (
    select(_c.key)
    .where(_c.opened >= bindparam("since"), _c.merged_into.is_(None))
    .order_by(_c.opened.desc(), _c.key)
    .limit(bindparam("most"))
)
_RANK_OF = select(_c.ranked).where(_c.key == _of, _c.withdrawn.is_(None), _c.merged_into.is_(None))

_keys_given = select(each("keys", Texts()).c.value)
_SEVERAL = select(story).where(_c.key.in_(_keys_given))

_REPORTS = (
    select(entry.c.story, entry.c.key, entry.c.withdrawn)
    .where(entry.c.story.in_(_keys_given))
    .order_by(entry.c.seen, entry.c.key)
)
_PLACEMENTS = (
    select(entry.c.key, placement.c.value).join(placement, placement.c.entry == entry.c.id).where(entry.c.story == _of)
)

_into = bindparam("into", type_=Key())
_MOVE = update(entry).where(entry.c.story == _of).values(story=_into)
_REDIRECT = update(story).where(_c.key == _of).values(merged_into=_into, changed=bindparam("now"))
_REDIRECT_OTHERS = update(story).where(_c.merged_into == _of).values(merged_into=_into)
_TOUCH = update(story).where(_c.key == _into).values(changed=bindparam("now"))

_RANKS = select(match.c.topic, match.c.ranked).where(match.c.story == _of)
_RANK = update(match).where(match.c.story == _of).values(ranked=bindparam("rank", type_=Moment()))
_matches = select(match.c.story, match.c.topic, match.c.clause, match.c.words).order_by(match.c.topic)
_MATCHES = _matches.where(match.c.story == _of)
_MATCHES_OF = _matches.where(match.c.story.in_(_keys_given))
_UNMATCH = delete(match).where(match.c.story == _of, match.c.topic == bindparam("in"))
_IN_TOPIC = (
    select(story)
    .join(match, and_(match.c.story == _c.key, match.c.topic == bindparam("in"), match.c.ranked.is_not(None)))
    .order_by(match.c.ranked.desc(), match.c.story)
    .limit(bindparam("most"))
    .offset(bindparam("skip"))
)
_SIZES = (
    select(counter)
    .where(counter.c.name.startswith(SHOWN, autoescape=True), counter.c.value > 0)
    .order_by(counter.c.name)
)


def _rank(story: Story) -> datetime | None:
    """By what feeds order the story; None while no feed may show it."""
    return story.shown.ranked if story.shown and not story.withdrawn and not story.merged_into else None


def _keys(rows: Iterable[AnyRow]) -> tuple[StoryKey, ...]:
    return tuple(StoryKey(row.key) for row in rows)


def _story(row: AnyRow) -> Story:
    return Story(
        key=StoryKey(row.key),
        opened=row.opened,
        publish_at=row.publish_at,
        changed=row.changed,
        shown=row.shown,
        locked=row.locked,
        withdrawn=row.withdrawn,
        merged_into=None if row.merged_into is None else StoryKey(row.merged_into),
    )


def _match(row: AnyRow) -> Match:
    return Match(topic=TopicSlug(row.topic), hit=Hit(clause=row.clause, words=row.words))


def _topic(match: Match) -> TopicSlug:
    return match.topic
