"""Lists of channels: what is looked for, where each belongs, how each stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, Q, Value, When
from django.db.models.expressions import Combinable
from django.utils.text import slugify

from uppsikt.channels import grounds, known
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import Channel, Channels, Connection
from uppsikt.governance import rules
from uppsikt.governance.judging import Judge
from uppsikt.governance.models import Node
from uppsikt.platforms.catalogue import SITES
from uppsikt.policy import facts as f
from uppsikt.policy.facts import Facts
from uppsikt.policy.guideline import About, Control, Guideline
from uppsikt.policy.lifecycle import Move
from uppsikt.policy.verdict import Finding, Outcome

ON_A_PAGE: Final = 25
NEXT: Final[Mapping[str, Move]] = {
    ChannelLife.applied.name: ChannelLife.approve,
    ChannelLife.approved.name: ChannelLife.launch,
}
"""The move that each state waits for."""

_IN_ORDER: Final = (
    "applied",
    "found",
    "approved",
    "closing",
    "active",
    "paused",
    "closed",
    "declined",
    "withdrawn",
    "struck",
)
_BY_STATE: Final = Case(
    *(When(status=name, then=Value(place)) for place, name in enumerate(_IN_ORDER))
)
SORTS: Final[Mapping[str, tuple[str | Combinable, ...]]] = {
    "lage": (_BY_STATE, "name"),
    "namn": ("name",),
    "plattform": ("site", "name"),
    "hort": (F("connection__heard_at").asc(nulls_first=True), "name"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for in a list; what is not understood is left out."""

    words: str = ""
    site: str = ""
    department: str = ""
    status: str = ""
    sort: str = "lage"

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Wanted":
        """Return what the address asks for."""
        sort = asked.get("ordning", "")
        return cls(
            words=asked.get("q", "").replace("\x00", "").strip()[:200],
            site=_one_of(SITES, asked.get("plattform", "")),
            department=slugify(asked.get("forvaltning", "")),
            status=_one_of(ChannelLife.states, asked.get("status", "")),
            sort=sort if sort in SORTS else "lage",
        )

    @property
    def anything(self) -> bool:
        """Tell whether the list is narrowed at all."""
        return bool(self.words or self.site or self.department or self.status)


def _one_of(known_names: Mapping[str, object], asked: str) -> str:
    return asked if asked in known_names else ""


@dataclass(frozen=True, slots=True)
class Places:
    """The places above the channels, fetched once."""

    nodes: Mapping[str, Node]

    @classmethod
    def fetch(cls) -> "Places":
        """Read every place but the channels themselves, by one query."""
        nodes = Node.objects.exclude(kind=Node.Kind.CHANNEL)
        return cls({str(node.pk): node for node in nodes})

    @property
    def departments(self) -> list[tuple[str, str]]:
        """Return each department's name in addresses and among people."""
        names = [n.name for n in self.nodes.values() if n.kind == Node.Kind.DEPARTMENT]
        return [(slugify(name), name) for name in sorted(names)]

    @property
    def municipality(self) -> str:
        return next((n.name for n in self.nodes.values() if n.parent_id is None), "")

    def department(self, channel: Channel) -> str:
        """Return the department that answers for the channel (R-3.1-1)."""
        above = self._above(channel)
        return next((n.name for n in above if n.kind == Node.Kind.DEPARTMENT), "")

    def unit(self, channel: Channel) -> str:
        """Return the place closest above the channel."""
        return self._above(channel)[-1].name

    def paths(self, department: str) -> list[str]:
        """Return the paths of the departments with that name in addresses."""
        found = (n for n in self.nodes.values() if n.kind == Node.Kind.DEPARTMENT)
        return [n.path for n in found if slugify(n.name) == department]

    def _above(self, channel: Channel) -> list[Node]:
        ids = channel.node.path.split("/")[:-2]
        return [self.nodes[one] for one in ids]


def matching(channels: Channels, wanted: Wanted, places: Places) -> Channels:
    """Keep the channels that are looked for, in the order asked for."""
    for word in wanted.words.split():
        named = Q(name__icontains=word) | Q(handle__icontains=word)
        channels = channels.filter(named | Q(purpose__icontains=word))
    if wanted.site:
        channels = channels.filter(site=wanted.site)
    if wanted.status:
        channels = channels.filter(status=wanted.status)
    if wanted.department:
        below = Q(pk__in=[])
        for path in places.paths(wanted.department):
            below |= Q(node__path__startswith=path)
        channels = channels.filter(below)
    return channels.order_by(*SORTS[wanted.sort], "pk").select_related("node")


@dataclass(frozen=True, slots=True)
class Row:
    """A channel in the staff's list, and how it stands."""

    channel: Channel
    department: str
    owner: str
    deputy: str
    holders: int
    unguarded: int
    connection: Connection | None
    findings: int


def page_of(channels: Channels, number: str | None) -> Page[Channel]:
    """Return one page of channels, each with its way to the platform."""
    with_way = channels.select_related("node", "connection")
    return Paginator(with_way, ON_A_PAGE).get_page(number)


def rows(channels: Sequence[Channel], places: Places, *, at: datetime) -> list[Row]:
    """Return how each channel stands, by a fixed number of queries."""
    judge = Judge(rules.in_force(at), at)
    facts = known.of(channels, at=at)
    return [_row(c, facts[c.pk], places, judge) for c in channels]


def _row(channel: Channel, facts: Facts, places: Places, judge: Judge) -> Row:
    def told(fact: f.Fact) -> f.Value:
        seen = facts.get(fact, judge.at)
        return seen.value if seen else ""

    without = told(f.HOLDERS_WITHOUT_TWO_FACTOR)
    return Row(
        channel=channel,
        department=places.department(channel),
        owner=str(told(f.OWNER)),
        deputy=str(told(f.DEPUTY)),
        holders=int(str(told(f.ACCESS_HOLDERS) or 0)),
        unguarded=len(without) if isinstance(without, tuple) else 0,
        connection=getattr(channel, "connection", None),
        findings=len(open_findings(channel, facts, judge)),
    )


def open_findings(channel: Channel, facts: Facts, judge: Judge) -> list[Finding]:
    """Return what is to be done about the channel: before its next move, or now.

    What is counted from comments and cases is not asked here: it is not known on this
    floor, and silence is no finding.
    """
    asked = _asked(channel, judge.guideline)
    found = judge.judge(asked, facts, path=channel.path)
    if channel.status in NEXT:
        return [x for x in found if x.verdict.stops]
    return [x for x in found if _is_open(x, facts)]


def _asked(channel: Channel, guideline: Guideline) -> list[Control]:
    """Return the binding demands that matter where the channel is in its life.

    The grounds that a manager confirms are the decision itself: nothing to do before.
    """
    if channel.state is ChannelLife.applied:
        gating = guideline.gating(str(ChannelLife.approve))
        asked = [c for c in gating if not grounds.is_one(c)]
    elif channel.status in NEXT:
        asked = guideline.gating(str(NEXT[channel.status]))
    elif channel.is_open:
        asked = guideline.about(About.CHANNEL)
    else:
        asked = []
    return [control for control in asked if control.force.binding]


def _is_open(finding: Finding, facts: Facts) -> bool:
    verdict = finding.verdict
    if verdict.outcome is not Outcome.NOT_ASSESSED:
        return verdict.outcome in (Outcome.NOT_MET, Outcome.DUE)
    wants = verdict.wants
    return bool(finding.control.attested_by) or (
        wants is not None and wants.name in facts.known
    )
