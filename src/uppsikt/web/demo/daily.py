"""Ninety days in Exempelby: rounds, comments that come in, answers, promises."""

from collections import defaultdict
from datetime import datetime, time, timedelta
from functools import partial
from itertools import count
from random import Random
from typing import Final

from django.utils import timezone

from uppsikt.governance import rules
from uppsikt.governance.actors import Actor
from uppsikt.inbox import actions as inbox
from uppsikt.inbox import drafts, missed, watch
from uppsikt.inbox.models import Item
from uppsikt.platforms import Author, Batch, ItemKind, PlatformItem
from uppsikt.records import ledger
from uppsikt.web.demo.story import Story
from uppsikt.web.demo.talk import Comment, Talkers
from uppsikt.web.demo.town import Place, Town

READ_AT: Final = (time(7, 45), time(12, 5), time(16, 10), time(20, 30))
"""When a person opens the platform and enters what is new."""
MISSED: Final = "Skogsskolan"
MISSED_DAYS: Final = range(13, 20)
"""A week, counted in days ago, when nobody watched one channel."""
UNTICKED_TODAY: Final = 4
FORGOTTEN: Final = 4
"""Questions that nobody has answered and whose time is out."""
POSTS_EVERY: Final = 9


class Days:
    """Puts what happens each day into the story."""

    def __init__(self, town: Town, story: Story, chance: Random, now: datetime) -> None:
        self.town, self.story, self.chance, self.now = town, story, chance, now
        self.talkers = Talkers(town, chance)
        self.calendar = rules.in_force(now).working_calendar
        self.latest_post: dict[int, str] = {}
        self._names = count(1)

    def plan(self, first: datetime) -> None:
        """Put ninety days into the story, from `first` until now."""
        for place in self.talkers.places:
            self._rounds(place, first)
            self._posts(place, first)
        self._comments(self.talkers.history(first - timedelta(days=1)), first)
        comments = self.talkers.comments(first, self.now)
        self._comments(comments, first, forgotten=self._forgotten(comments))
        for ago in MISSED_DAYS:
            raised = self.now - timedelta(days=ago - 2)
            self.story.at(raised, missed.raise_all)
        for day in range((self.now - first).days + 1):
            self.story.at(first + timedelta(days=day), _seal)

    def take_in(self, place: Place, items: list[PlatformItem], at: datetime) -> None:
        """Let whoever runs the channel enter what they saw at the platform."""
        batch = Batch(items=tuple(items), cursor="")
        inbox.take_in(
            place.channel, batch, how=Item.How.MANUAL, actor=place.owner, at=at
        )

    def written(self, comment: Comment, *, link: bool = True) -> PlatformItem:
        """Return a comment as the platform shows it."""
        name = self._name(comment.place)
        post = self.latest_post.get(comment.place.channel.pk)
        url = f"{comment.place.channel.url}/{name}" if link else ""
        return _item(name, comment.author, comment.text, comment.at, url, post)

    def read_after(self, moment: datetime) -> datetime:
        """Return when somebody next reads the channels after `moment`."""
        local = timezone.localtime(moment)
        for day in (local.date(), local.date() + timedelta(days=1)):
            for clock in READ_AT:
                found = timezone.make_aware(datetime.combine(day, clock))
                if found > moment:
                    return found
        raise AssertionError("tomorrow's first reading is after today")

    def working(self, moment: datetime, hours: float) -> datetime:
        """Return the moment so many working hours later."""
        return self.calendar.add_working_time(moment, timedelta(hours=hours))

    def _rounds(self, place: Place, first: datetime) -> None:
        launched = timezone.localtime(place.channel.launched_at or first).date()
        today = timezone.localtime(self.now).date()
        late = self.talkers.places.index(place) < UNTICKED_TODAY
        for ago in range((today - launched).days):
            missed = place.channel.name == MISSED and ago in MISSED_DAYS
            if missed or (late and not ago):
                continue
            day = today - timedelta(days=ago)
            clock = time(8, self.chance.randrange(60), self.chance.randrange(60))
            at = timezone.make_aware(datetime.combine(day, clock))
            who = place.deputy if day.weekday() >= 5 else place.owner  # noqa: PLR2004 (Saturday)
            self.story.at(at, partial(_tick, place, who))

    def _posts(self, place: Place, first: datetime) -> None:
        step = timedelta(days=POSTS_EVERY)
        at = self.working(first + timedelta(hours=self.chance.uniform(0, 20)), 1)
        while at < self.now:
            self.story.at(at, partial(self._post, place, self.talkers.post(place)))
            at = self.working(at + step, self.chance.uniform(0, 5))

    def _post(self, place: Place, text: str, at: datetime) -> None:
        name = self._name(place)
        url = f"{place.channel.url}/{name}"
        item = _item(name, place.channel.name, text, at, url, None, own=True)
        self.take_in(place, [item], at)
        self.latest_post[place.channel.pk] = name

    def _comments(
        self,
        comments: list[Comment],
        first: datetime,
        forgotten: frozenset[int] = frozenset(),
    ) -> None:
        """Let comments come in together, by channel, each time somebody reads."""
        read: dict[tuple[datetime, int], list[tuple[Comment, bool]]] = defaultdict(list)
        for number, comment in enumerate(comments):
            at = max(self.read_after(comment.at), first + timedelta(hours=1))
            at = min(at, max(comment.at, self.now - timedelta(minutes=1)))
            key = (at, comment.place.channel.pk)
            read[key].append((comment, number not in forgotten))
        for (at, _), together in read.items():
            self.story.at(at, partial(self._come_in, together))

    def _come_in(self, together: list[tuple[Comment, bool]], at: datetime) -> None:
        place = together[0][0].place
        items = [self.written(comment) for comment, _ in together]
        self.take_in(place, items, at)
        names = [i.remote_id for i in items]
        rows = Item.objects.filter(channel=place.channel, remote_id__in=names)
        known = {row.remote_id: row for row in rows}
        for name, (comment, minded) in zip(names, together, strict=True):
            if minded and known[name].open:
                self._react(known[name], comment, at)

    def _react(self, item: Item, comment: Comment, at: datetime) -> None:
        """Decide what becomes of a comment, and when, within working hours."""
        owner = self.chance.random() < 0.75  # noqa: PLR2004 (three of four)
        who = comment.place.owner if owner else comment.place.deputy
        slow = self.chance.random() < 0.06  # noqa: PLR2004 (some are late)
        hours = self.chance.uniform(9, 20) if slow else self.chance.uniform(0.2, 6.5)
        when = self.working(at, hours)
        if comment.kind in ("question", "complaint"):
            self._reply(item, who, comment.answer, when)
        elif comment.kind == "thanks" and self.chance.random() < 0.6:  # noqa: PLR2004
            self._answer(item, who, comment.answer or self.talkers.thanked(), when)
        else:
            why = self.talkers.why_passed_by()
            self.story.at(when, partial(_pass_by, item, who, why))

    def _reply(self, item: Item, who: Actor, text: str, when: datetime) -> None:
        if self.chance.random() < 0.15:  # noqa: PLR2004 (some take longer to find out)
            self.story.at(when, partial(self._promise, item, who, text))
        else:
            self._answer(item, who, text, when)

    def _answer(self, item: Item, who: Actor, text: str, when: datetime) -> None:
        self.story.at(when, partial(self._order, item, who, text))

    def _order(self, item: Item, who: Actor, text: str, at: datetime) -> None:
        signed = text + drafts.beginning(who.person)
        outgoing = inbox.answer(item, signed, actor=who, at=at)
        self._posted(item, outgoing.pk, who, at)

    def _promise(self, item: Item, who: Actor, text: str, at: datetime) -> None:
        signed = (
            "Hej! Det tar jag reda på. Jag återkommer till dig här senare i veckan."
            + drafts.beginning(who.person)
        )
        day = timezone.localtime(self.calendar.add_working_days(at, 4)).date()
        outgoing = inbox.promise(item, signed, day, actor=who, at=at)
        self._posted(item, outgoing.pk, who, at)
        self._answer(item, who, text, self.working(at, self.chance.uniform(8, 31)))

    def _posted(self, item: Item, outgoing: int, who: Actor, at: datetime) -> None:
        """Let the person post it at the platform a few minutes later, and say so."""
        url = f"{item.channel.url}/svar/{outgoing}"
        later = at + timedelta(minutes=self.chance.randrange(1, 6))
        self.story.at(later, partial(_post_by_hand, outgoing, who, url))

    def _forgotten(self, comments: list[Comment]) -> frozenset[int]:
        """Choose the questions that somebody should have answered by now."""
        first, last = self.now - timedelta(days=24), self.now - timedelta(days=5)
        asked = [
            n
            for n, c in enumerate(comments)
            if c.kind in ("question", "complaint") and first < c.at < last
        ]
        return frozenset(self.chance.sample(asked, FORGOTTEN))

    def _name(self, place: Place) -> str:
        return f"{place.channel.site}:{next(self._names):06d}"


def _item(  # noqa: PLR0913 (what a platform shows of a post)
    name: str,
    author: str,
    text: str,
    at: datetime,
    url: str,
    parent: str | None,
    *,
    own: bool = False,
) -> PlatformItem:
    handle = author.lower().replace(" ", ".")
    return PlatformItem(
        remote_id=name,
        parent_id=parent,
        root_id=parent,
        kind=ItemKind.REPLY if parent else ItemKind.POST,
        author=Author(handle=handle, display_name=author, remote_id=handle),
        text=text,
        published_at=at,
        url=url,
        public=True,
        own=own,
        raw={"id": name, "text": text, "author": author, "at": at.isoformat()},
    )


def _tick(place: Place, who: Actor, at: datetime) -> None:
    watch.tick(place.channel, watch.today(at), actor=who, at=at)


def _pass_by(item: Item, who: Actor, why: str, at: datetime) -> None:
    inbox.pass_by(item, why=why, actor=who, at=at)


def _post_by_hand(outgoing: int, who: Actor, url: str, at: datetime) -> None:
    from uppsikt.sending.models import Outgoing

    inbox.post(Outgoing.objects.get(pk=outgoing), url=url, actor=who, at=at)


def _seal(at: datetime) -> None:
    ledger.sequence(at)
