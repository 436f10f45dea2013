"""What stands on the page of a closing, for the person who looks at it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render

from uppsikt.channels import closing as plans
from uppsikt.channels import staffing
from uppsikt.channels.card import Viewing
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import CONSULTED, Closing, Consultation
from uppsikt.channels.models.closing import STEPS
from uppsikt.duties import farewell
from uppsikt.duties.closing_forms import (
    DoneForm,
    FarewellForm,
    LastPictureForm,
    OpinionForm,
    PlanForm,
    PostedForm,
)
from uppsikt.governance import moves, rules
from uppsikt.governance.judging import Judge
from uppsikt.governance.models import ROLE_LABELS
from uppsikt.governance.request import Request
from uppsikt.inbox.models import Item
from uppsikt.moderation.models import ENDED, Case
from uppsikt.policy.lifecycle import Move
from uppsikt.policy.roles import Role
from uppsikt.policy.verdict import Finding, Outcome
from uppsikt.policy.words import Message

Given = Mapping[str, BaseForm]


@dataclass(frozen=True, slots=True)
class Hearing:
    """One who must be heard: what was said, or the form to say it in."""

    role: Role
    said: list[Consultation]
    form: OpinionForm | None

    @property
    def label(self) -> object:
        return ROLE_LABELS[self.role]


@dataclass(frozen=True, slots=True)
class Step:
    """A point of the checklist, and whether it is done."""

    name: str
    label: object
    done: bool


def show(request: Request, closing: Closing, given: Given) -> HttpResponse:
    """Show the page; `given` are forms that came back."""
    context = {
        "closing": closing,
        "channel": closing.channel,
        "hearings": _hearings(request, closing, given),
        "findings": _findings(request, closing),
        **_plan(request, closing, given),
        **_farewell(request, closing, given),
        **_list(request, closing, given),
        **_end(request, closing),
    }
    status = 422 if given else 200
    return render(request, "duties/closing.html", context, status=status)


def _findings(request: Request, closing: Closing) -> list[Finding]:
    """Return how the closing stands on what the guideline says of it."""
    guideline, channel = rules.in_force(request.now), closing.channel
    controls = guideline.gating(str(ChannelLife.close))
    judge = Judge(guideline, request.now)
    found = judge.judge(controls, channel.facts(request.now), path=channel.path)
    return [x for x in found if x.verdict.outcome is not Outcome.NOT_APPLICABLE]


def _hearings(request: Request, closing: Closing, given: Given) -> list[Hearing]:
    mine = plans.sides_of(closing, request.actor) if closing.under_way else ()
    said = closing.consultations.select_related("user").order_by("at")
    return [
        Hearing(
            side,
            [c for c in said if c.role == side],
            _opinion(side, given) if side in mine else None,
        )
        for side in CONSULTED
    ]


def _opinion(side: Role, given: Given) -> OpinionForm:
    back = given.get("opinion")
    if isinstance(back, OpinionForm) and back.data.get("side") == side:
        return back
    return OpinionForm(initial={"side": side}, auto_id=f"{side}_%s")


def _plan(request: Request, closing: Closing, given: Given) -> dict[str, object]:
    blank = PlanForm(instance=closing, now=request.now)
    return {
        "plan": given.get("plan") or blank,
        "plan_refused": _refused(request, closing),
    }


def _refused(request: Request, closing: Closing) -> Message | None:
    try:
        plans.must_plan(closing, request.actor, at=request.now)
    except moves.NotYours as stop:
        return stop.reason
    return None


def _farewell(request: Request, closing: Closing, given: Given) -> dict[str, object]:
    text = farewell.proposed(closing, rules.in_force(request.now))
    first = {"text": text}
    by_hand = PostedForm(now=request.now, initial=first, auto_id="posted_%s")
    blank = FarewellForm(initial=first, auto_id="farewell_%s")
    return {
        "sends": farewell.sends(closing),
        "ordered": farewell.ordered(closing),
        "on_its_way": farewell.is_on_its_way(closing),
        "farewell": given.get("farewell") or blank,
        "posted": given.get("posted") or by_hand,
    }


def _list(request: Request, closing: Closing, given: Given) -> dict[str, object]:
    holders = plans.holders(closing)
    left = closing.left(len(holders))
    view = Viewing(closing.channel, request.actor, request.now)
    blank = DoneForm(now=request.now, closing=closing)
    return {
        "steps": [Step(n, label, n not in left) for n, label in STEPS.items()],
        "holders": holders,
        "revoke_refused": view.barred(staffing.must_revoke),
        "done": given.get("done") or blank,
        "picture": given.get("picture") or LastPictureForm(auto_id="picture_%s"),
        **_open(closing),
    }


def _open(closing: Closing) -> dict[str, object]:
    """Return what still waits for an answer or a decision: it outlives the channel."""
    items = Item.objects.open().filter(channel=closing.channel_id, secluded=False)
    cases = Case.objects.filter(channel=closing.channel_id).exclude(status__in=ENDED)
    return {"open_items": items.count(), "open_cases": cases.ordinary().count()}


def _end(request: Request, closing: Closing) -> dict[str, object]:
    def bar(move: Move) -> Message | None:
        channel, actor = closing.channel, request.actor
        return moves.why_not(move, channel, actor, at=request.now)

    return {
        "close_refused": bar(ChannelLife.close),
        "keep_refused": bar(ChannelLife.keep),
    }
