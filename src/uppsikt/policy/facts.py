"""What can be known of a thing. Declared once, so a mistyped fact is an error."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from uppsikt.policy.words import N_

Value = bool | int | float | str | tuple[str, ...]


class UnknownFact(KeyError):
    """Nobody has declared a fact by this name."""


class WrongType(TypeError):
    """The value is not of the fact's type."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that can be known: its name, type and unit.

    Who may attest it is the guideline's to say (`attested_by` of a control).
    """

    name: str
    type: type
    label: str
    unit: str = ""

    def checked(self, value: object) -> Value:
        """Return `value` if it is of the fact's type, else raise `WrongType`."""
        if type(value) is list:
            value = tuple(value)
        if type(value) is not self.type:
            raise WrongType(f"{self.name} is {self.type.__name__}, not {value!r}")
        return value  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Seen:
    """One observation of a fact: what, when, by whom and how it was learnt."""

    fact: Fact
    value: Value
    at: datetime
    by: str = ""
    source: str = "register"
    entry: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of one thing, each fact's observations oldest first."""

    known: Mapping[str, tuple[Seen, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, seen: Iterable[Seen]) -> "Facts":
        """Return the facts that `seen` add up to."""
        known: dict[str, list[Seen]] = {}
        for one in sorted(seen, key=lambda s: s.at):
            known.setdefault(one.fact.name, []).append(one)
        return cls({name: tuple(rows) for name, rows in known.items()})

    def with_(self, more: Iterable[Seen]) -> "Facts":
        """Return these facts and `more`."""
        rows = [s for seen in self.known.values() for s in seen]
        return Facts.of([*rows, *more])

    def get(self, fact: Fact, at: datetime) -> Seen | None:
        """Return the latest observation of `fact` made no later than `at`."""
        rows = self.known.get(fact.name, ())
        return next((s for s in reversed(rows) if s.at <= at), None)


FACTS: Final[dict[str, Fact]] = {}


def _declare(name: str, kind: type, label: str, *, unit: str = "") -> Fact:
    if name in FACTS:
        raise ValueError(f"{name} is declared twice")
    FACTS[name] = Fact(name, kind, label, unit)
    return FACTS[name]


def named(name: str) -> Fact:
    """Return the fact called `name`; raise `UnknownFact` if nobody declared it."""
    try:
        return FACTS[name]
    except KeyError:
        raise UnknownFact(name) from None


# The register: read from the channel's own tables, never copied.
PLATFORM = _declare("platform", str, N_("Platform"))
STATUS = _declare("status", str, N_("Status"))
PURPOSE = _declare("purpose", str, N_("Purpose"))
PURPOSE_CODES = _declare("purpose_codes", tuple, N_("Purposes from the list"))
AUDIENCE = _declare("audience", str, N_("Target group"))
AUDIENCE_GROUPS = _declare("audience_groups", tuple, N_("Target groups from the list"))
GOAL = _declare("goal_contribution", str, N_("Contribution to the goals"))
BENEFIT = _declare("benefit", str, N_("Benefit to the target group"))
HOURS = _declare("hours_per_week", int, N_("Working hours"), unit="h/week")
OWNER = _declare("owner", str, N_("Person responsible"))
DEPUTY = _declare("deputy", str, N_("Substitute"))
ACCESS_HOLDERS = _declare(
    "access_holders", int, N_("People who can reach the account"), unit="people"
)
HOLDERS_WITHOUT_TWO_FACTOR = _declare(
    "holders_without_two_factor", tuple, N_("Access holders without two-factor")
)
HOLDERS_SEEN_GUARDED = _declare(
    "holders_seen_guarded", tuple, N_("Two-factor last seen, by access holder")
)
UNAUTHORISED_HOLDERS = _declare(
    "unauthorised_holders", tuple, N_("Can publish without being authorised")
)
UNAUTHORISED_REPRESENTATIVES = _declare(
    "unauthorised_representatives", tuple, N_("Answer without being authorised")
)
LEAVERS_WITH_ACCESS = _declare(
    "leavers_with_access", tuple, N_("Have left and still reach the account")
)
DAYS_WITHOUT_ANYBODY = _declare(
    "days_without_anybody", tuple, N_("Days on which nobody is there"), unit="dates"
)
RECOVERY_KNOWN_BY = _declare(
    "recovery_known_by", int, N_("Know where the recovery codes are"), unit="people"
)
SELF_CHECK = _declare("self_check", tuple, N_("Self-check"))
RISKS_SIGNED = _declare("risks_signed", str, N_("Decision on the platform's risks"))
RISKS_KNOWN = _declare("risks_known", int, N_("Risks in the register"), unit="risks")
MEASURES_LATE = _declare(
    "measures_late", int, N_("Measures that are late"), unit="measures"
)
JOINT_CONTROL = _declare(
    "joint_control", str, N_("Arrangement on joint control"), unit="date"
)
SCREENED = _declare("impact_screened", str, N_("Impact assessment considered"))
DESCRIPTION = _declare("description", str, N_("Public description"))
CONTACT = _declare("contact", str, N_("Contact for visitors"))
LISTED = _declare("listed", bool, N_("In the public list"))
CARD_CONFIRMED = _declare(
    "card_confirmed", str, N_("Public card last confirmed"), unit="date"
)
TOLD_AT_START = _declare("told_at_start", tuple, N_("Told at start-up"))

# What only a person can tell: attested, dated, and asked again.
RESOURCES = _declare("resources", bool, N_("Resources for the long term"))
TWO_FACTOR_HOW = _declare("two_factor_how", str, N_("Kind of two-factor"))
TWO_FACTOR = _declare("two_factor", bool, N_("Two-factor on the channel"))
CONTACT_CHECKED = _declare(
    "contact_checked", bool, N_("Contact details checked by the person responsible")
)
PIXEL_OFF = _declare("pixel_off", bool, N_("Tracking pixel switched off"))
VISUAL_IDENTITY = _declare("visual_identity", bool, N_("Follows the visual identity"))
ACCESS_LIST_TRUE = _declare("access_list_true", bool, N_("The list of access is true"))
RESPONSIBILITY = _declare(
    "responsibility_accepted", bool, N_("Responsibility accepted")
)

# The profile as it was read at the platform, or seen there by a person. A text that was
# seen is its fingerprint, so that a new version in force is seen to be another.
SENDER_STATED = _declare("sender_stated", bool, N_("Sender stated on the profile"))
DESCRIPTION_SHOWN = _declare(
    "description_shown", str, N_("Description on the profile"), unit="fingerprint"
)
CONTACT_SHOWN = _declare(
    "contact_shown", str, N_("Contact on the profile"), unit="fingerprint"
)
RULES_SHOWN = _declare(
    "rules_shown", str, N_("Rules for comments on the profile"), unit="fingerprint"
)
RULES_IMPOSSIBLE = _declare(
    "rules_impossible", str, N_("Why the rules cannot stand there")
)
VISIBILITY_SHOWN = _declare(
    "visibility_shown", str, N_("Who sees what you write"), unit="fingerprint"
)
PROFILE_CHANGED = _declare(
    "profile_changed", tuple, N_("Changes of the profile that nobody has owned to")
)
PROVED_TWO_WAY = _declare("proved_two_way", str, N_("Proved by links both ways"))

# Aggregates of items, ticks and cases: counted from their tables.
WATCHED_DAYS_MISSED = _declare(
    "watched_days_missed", int, N_("Days without a watch"), unit="days"
)
LAST_WATCHED = _declare("last_watched", str, N_("Last watched"), unit="date")
NOTHING_COMES_IN = _declare(
    "nothing_comes_in", bool, N_("Nothing can be written to the channel")
)
NEEDS_WATCH = _declare("needs_watch", bool, N_("Somebody must watch the channel"))
ON_DUTY = _declare("on_duty", str, N_("Has the watch today"))
WATCH_LEFT_OUT = _declare(
    "watch_left_out", tuple, N_("Not looked at in the latest watch")
)
ANSWERED_SHARE = _declare(
    "answered_share", float, N_("Questions that got an answer"), unit="per cent"
)
ASKING_SHARE = _declare(
    "asking_share", float, N_("Our posts that ask something"), unit="per cent"
)
FIRST_OVERDUE = _declare(
    "first_contact_overdue", int, N_("First contact overdue"), unit="items"
)
FULL_OVERDUE = _declare("answers_overdue", int, N_("Answers overdue"), unit="items")
REMOVALS_OVERDUE = _declare(
    "removals_overdue", int, N_("Removals overdue"), unit="cases"
)
UNREGISTERED = _declare(
    "removals_unregistered", int, N_("Removals not registered"), unit="cases"
)
LAPSES_OVERDUE = _declare(
    "own_texts_to_correct", int, N_("Texts of ours to correct"), unit="texts"
)
ANSWERS_SAMPLED = _declare(
    "answers_sampled", str, N_("Sample of the answers reviewed"), unit="date"
)
SAMPLES_SHORT = _declare(
    "samples_to_follow_up", int, N_("Samples with faults to follow up")
)
MATTERS_TO_MOVE = _declare(
    "matters_to_move", int, N_("Single matters in private messages")
)
MESSAGES_UNDECIDED = _declare(
    "messages_undecided", int, N_("Private messages that nobody decided on in time")
)
FEEDBACK_OVERDUE = _declare(
    "feedback_overdue", int, N_("Suggestions overdue"), unit="suggestions"
)
EVIDENCE = _declare("evidence_sealed", bool, N_("Evidence sealed"))
GROUND = _declare("ground", str, N_("Ground for removal"))
MOTIVE = _declare("motive", str, N_("Motive"))
SECOND_PERSON = _declare("second_person", str, N_("Second person"))
AUTHOR_TOLD = _declare("author_told", str, N_("Author told"))
DIARY_NUMBER = _declare("diary_number", str, N_("Diary number"))
REPORTS_DECIDED = _declare("reports_decided", bool, N_("Reports decided"))

# The municipality's own: its guideline, who answers for it, and the laws behind it.
OVERSIGHT_BY_REPORT = _declare(
    "oversight_by_report", str, N_("Decision to watch only on report")
)
GUIDELINE_NUMBER = _declare("guideline_number", str, N_("The decision's diary number"))
REVISION_EXPLAINED = _declare(
    "revision_explained", bool, N_("Said what the version changed")
)
GUIDELINE_VALID_UNTIL = _declare(
    "guideline_valid_until", str, N_("Decided until"), unit="date"
)
GUIDELINE_OWNERS = _declare(
    "guideline_owners", int, N_("People who own the guideline"), unit="people"
)
OFFICE_MEMBERS = _declare(
    "office_members", int, N_("People in the communications office"), unit="people"
)
GUIDELINE_EXAMINED = _declare(
    "guideline_examined", str, N_("Guideline last decided or reviewed")
)
CHANGE_WANTED = _declare("guideline_change_wanted", str, N_("A review asked for"))
CHANGE_PROPOSED = _declare("guideline_change_proposed", str, N_("Change proposed"))
LAWS_NEVER_CHECKED = _declare(
    "laws_never_checked", tuple, N_("Laws that nobody has looked at")
)
LAW_LEAST_CHECKED = _declare(
    "law_least_checked", str, N_("Law looked at the longest ago")
)

# Who has read the guideline in force: from the receipts.
NOT_READ_BY = _declare(
    "guideline_not_read_by", tuple, N_("Have not read the guideline in force")
)

# The start of a channel: what the manager confirms, what the officer gets, what the
# head of communications orders.
PURPOSE_CLEAR = _declare("purpose_clear", bool, N_("Clear purpose and target group"))
GOAL_CONFIRMED = _declare("goal_confirmed", bool, N_("Contributes to the goals"))
BENEFIT_CONFIRMED = _declare(
    "benefit_confirmed", bool, N_("Of benefit to the target group")
)
OWNER_CONFIRMED = _declare("owner_confirmed", bool, N_("Somebody is responsible"))
CONTINUITY_CONFIRMED = _declare(
    "continuity_confirmed", bool, N_("Several can run the channel")
)
OWNER_REACHES = _declare("owner_reaches", bool, N_("Who is responsible can reach it"))
START_NOTICE = _declare("start_notice", str, N_("Start-up notice"))
ADMIN_HANDED_TO = _declare(
    "admin_handed_to", tuple, N_("Have confirmed administrator rights")
)
ORDER_DUE = _declare("order_due", str, N_("Order to carry out by"), unit="date")

# What a chosen purpose asks for (R-2-3).
CRISIS_PLAN = _declare("crisis_plan", bool, N_("Crisis plan"))
COMMENTS_OPEN = _declare("comments_open", bool, N_("Comments are switched on"))

# A channel in use: what a review said, and what comes in and goes out.
LAUNCHED_ON = _declare("launched_on", str, N_("Launched"), unit="date")
CARD_CHANGED = _declare("card_changed", str, N_("Card last changed"), unit="date")
REVIEWED = _declare("channel_review", str, N_("Outcome of the review"))
STILL_PURPOSE = _declare("still_purpose", str, N_("The purpose is still true"))
STILL_AUDIENCE = _declare("still_audience", str, N_("The target group is still true"))
STILL_GOAL = _declare("still_goal", str, N_("It still contributes to the goals"))
STILL_BENEFIT = _declare("still_benefit", str, N_("It is still of benefit"))
STILL_RESOURCES = _declare("still_resources", str, N_("There are still resources"))
OWNER_VIEW = _declare("owner_view", str, N_("View of who is responsible"))
EVENTS_PER_WEEK = _declare("events_per_week", float, N_("Comes in"), unit="a week")
OWN_POSTS_PER_WEEK = _declare(
    "own_posts_per_week", float, N_("Own posts"), unit="a week"
)
OVERDUE_SHARE = _declare("overdue_share", float, N_("Answered late"), unit="per cent")
LAST_OWN_POST = _declare("last_own_post", str, N_("Last own post"), unit="date")
KEPT_SILENT = _declare("kept_silent", bool, N_("Kept although nothing is posted"))

# A channel that is being closed: read from its plan.
CONSULTED = _declare("consulted", tuple, N_("Have been heard"))
CLOSING_IMPACT = _declare("closing_impact", str, N_("What the closing may harm"))
CLOSING_REASON = _declare("closing_reason", str, N_("Reason for the public"))
CLOSES_ON = _declare("closes_on", str, N_("Closes on"), unit="date")
FAREWELL_ON = _declare("farewell_on", str, N_("Farewell posted"), unit="date")
CLOSING_LEFT = _declare("closing_left", int, N_("Left to do"), unit="points")
