"""Pages of the inbox: the list with an item beside it, approvals, entering by hand."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from uppsikt.governance import download, moves, rules
from uppsikt.governance.request import Request
from uppsikt.inbox import (
    actions,
    answer_page,
    drafting,
    handling,
    listing,
    silence,
)
from uppsikt.inbox.by_hand import AlreadyHere, NotYet, SealedOff
from uppsikt.inbox.drafting import Writer
from uppsikt.inbox.entry_form import EntryForm
from uppsikt.inbox.filter_form import FilterForm
from uppsikt.inbox.item_page import ItemPage
from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.listing import Page, Reach, Tab
from uppsikt.inbox.models import Item, ItemVersion
from uppsikt.inbox.rows import Row, rows
from uppsikt.policy.roles import Right
from uppsikt.policy.words import N_
from uppsikt.records import asking, ledger
from uppsikt.records.media import NotWhatItSays
from uppsikt.sending import approving
from uppsikt.sending.life import OutgoingLife
from uppsikt.sending.models import Outgoing

if TYPE_CHECKING:
    from uppsikt.records.openings import JsonValue

HIGHEST_PAGE: Final = 10_000
APPROVALS: Final = 25
SHOWN_WITH: Final = (
    "channel__node",
    "outgoing",
    "claimed_by",
    "assigned_to",
    "duplicate_of",
)
SEALED: Final = N_(
    "This is a special case, so nothing of it is taken in. Take no picture of it, save "
    "nothing and do not share the link. Talk to the person responsible for the channel."
)


@dataclass(frozen=True)
class Shown:
    """The list as the address asks for it."""

    reach: Reach
    tab: Tab
    filters: FilterForm
    page: Page
    counts: dict[Tab, int]

    @property
    def query(self) -> str:
        """Return what is searched for, or ""."""
        return str(self.filters.chosen.get("q", ""))


@require_GET
def inbox(request: Request) -> HttpResponse:
    """Show the list, and beside it the item that comes first."""
    shown = _list(request)
    first = shown.page.items[0] if shown.page.items else None
    whole = visible(request, first.pk) if first else None
    return render(request, "inbox/inbox.html", context(request, shown, whole))


@require_GET
def item(request: Request, pk: int) -> HttpResponse:
    """Show one item, and beside it the list that it stands in."""
    it = visible(request, pk)
    told = context(request, _list(request), it)
    return render(request, "inbox/item.html", told)


def again(request: Request, it: Item, status: int = 422, **forms: Any) -> HttpResponse:
    """Show the item once more with a form that was filled in, and what it lacks."""
    told = context(request, _list(request), it) | forms
    return render(request, "inbox/item.html", told, status=status)


@require_GET
def approvals(request: Request) -> HttpResponse:
    """Show what colleagues wrote and somebody must approve (R-6.2-6)."""
    waiting = Outgoing.objects.visible_to(request.actor).filter(
        status=OutgoingLife.awaiting.name
    )
    waiting = waiting.exclude(items__secluded=True).order_by("written_at", "pk")
    found = waiting.select_related("channel__node", "written_by")
    found = found.prefetch_related("items__channel__node")
    pages = Paginator(found, APPROVALS)
    shown = pages.get_page(_number(request.GET.get("page", "")))
    texts = list(shown.object_list)
    refusals = moves.why_not_each(
        OutgoingLife.approve, texts, request.actor, at=request.now
    )
    rows = [
        {
            "outgoing": o,
            "item": next(iter(o.items.all()), None),
            "refused": refused,
            "read": approving.digest(o.text),
        }
        for o, refused in zip(texts, refusals, strict=True)
    ]
    told = {"rows": rows, "page": shown}
    return render(request, "inbox/approvals.html", told)


@require_http_methods(["GET", "POST"])
def enter(request: Request) -> HttpResponse:
    """Take in by hand what somebody saw at a platform."""
    reach = Reach.of(request.actor, at=request.now)
    enters = rules.in_force(request.now).holders(Right.ENTER)
    roles_at = request.actor.roles_at
    mine = [pk for pk, c in reach.channels.items() if roles_at(c.path) & enters]
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = EntryForm(*given, channels=mine, now=request.now)
    if form.is_valid() and (it := _entered(request, form)):
        return redirect("item", it.pk)
    status = 422 if form.errors else 200
    return render(request, "inbox/enter.html", {"form": form}, status=status)


@require_GET
def picture(request: Request, pk: int) -> HttpResponse:
    """Show the screenshot that a person entered with an item."""
    rows = ItemVersion.objects.filter(item__in=Item.objects.visible_to(request.actor))
    version = get_object_or_404(
        rows.select_related("picture__reading", "item__channel__node"), pk=pk
    )
    if version.picture is None:
        raise Http404
    if version.picture.restricted:
        _note_opening(request, version)
    return download.pictured(version.picture, uncovered="visa" in request.GET)


def _note_opening(request: Request, version: ItemVersion) -> None:
    """Let only who may read it open a restricted picture, and record who did (D-17)."""
    it, actor = version.item, request.actor
    if version.picture is None or not actor.reads_restricted(it.path):
        raise PermissionDenied
    told: dict[str, JsonValue] = {"opened": [version.picture.name]}
    ledger.append(
        "item.open_picture", it.subject, told, actor=actor.name, at=request.now
    )


def visible(request: Request, pk: int) -> Item:
    """Return an item that the person may see, with what its page needs; else 404."""
    rows = Item.objects.visible_to(request.actor)
    found = rows.select_related(*SHOWN_WITH)
    return get_object_or_404(found, pk=pk)


def context(request: Request, shown: Shown, it: Item | None) -> dict[str, Any]:
    """Return what the page of list and item shows."""
    guideline = rules.in_force(request.now)
    channels = shown.reach.channels.values()
    enters = guideline.holders(Right.ENTER)
    told: dict[str, Any] = {
        "shown": shown,
        "tabs": _tabs(shown),
        "rows": rows(shown.page.items, guideline, at=request.now),
        "writers": _writers(request, shown, it),
        "silent": silence.silent(channels, at=request.now),
        "heard": silence.heard(channels),
        "kept": request.GET.urlencode(),
        "enters": any(request.actor.roles_at(c.path) & enters for c in channels),
    }
    return told | (_page(request, shown, it) if it else {})


def _writers(request: Request, shown: Shown, it: Item | None) -> list[Writer]:
    """Return who else writes to what the page shows, by one question."""
    items = {row.pk for row in shown.page.items} | ({it.pk} if it else set())
    return drafting.writers(items, request.actor.user, at=request.now)


def _page(request: Request, shown: Shown, it: Item) -> dict[str, Any]:
    page = ItemPage(it, shown.reach, request.now)
    told: dict[str, Any] = {
        "page": page,
        "marks": [*page.places, *asking.hits(it.text, shown.query)],
        "row": Row(it, page.phase, request.now),
        "life": ItemLife,
        "remove_url": _remove_url(it),
        "faq_url": answer_page.frequent_url(page),
        "case_url": _case_url(it),
        "reopens": page.may_answer
        and it.status != ItemLife.promised.name
        and not it.removed_at,
        "refused": moves.why_not(ItemLife.answer, it, request.actor, at=request.now),
    }
    told |= handling.forms(it, request)
    mine = page.may_answer
    return told | (answer_page.forms(request, it, request.user) if mine else {})


def _list(request: Request) -> Shown:
    reach = Reach.of(request.actor, at=request.now)
    filters = FilterForm(request.GET, reach)
    counts = reach.counts()
    tab = _tab(request, reach, counts)
    number = _number(request.GET.get("page", ""))
    page = listing.page(reach, tab, filters.chosen, number, at=request.now)
    return Shown(reach, tab, filters, page, counts)


def _tab(request: Request, reach: Reach, counts: dict[Tab, int]) -> Tab:
    """Return the tab asked for; else one's own work, where there is any."""
    try:
        return Tab(request.GET.get("flik", ""))
    except ValueError:
        return Tab.MINE if reach.mine or counts[Tab.MINE] else Tab.ALL


def _number(asked: str) -> int:
    digits = asked.isascii() and asked.isdigit() and len(asked) < 6  # noqa: PLR2004
    return min(max(int(asked), 1), HIGHEST_PAGE) if digits else 1


def _tabs(shown: Shown) -> list[dict[str, Any]]:
    labels = {
        Tab.MINE: _("Mine"),
        Tab.ALL: _("My administration"),
        Tab.NOBODYS: _("Without anybody responsible"),
        Tab.REVIEW: _("To approve"),
        Tab.SNOOZED: _("Put aside"),
        Tab.DONE: _("Done"),
        Tab.EVERYTHING: _("Everything"),
    }
    return [
        {
            "value": tab.value,
            "label": label,
            "count": shown.counts.get(tab),
            "here": tab is shown.tab,
        }
        for tab, label in labels.items()
    ]


def _remove_url(it: Item) -> str:
    """Return where a removal begins; "" where one is under way, or no such page is."""
    if it.in_case:
        return ""
    try:
        return f"{reverse('case-new')}?item={it.pk}"
    except NoReverseMatch:
        return ""


def _case_url(it: Item) -> str:
    """Return where the case about the item is; "" where there is none."""
    return reverse("case", args=[it.in_case]) if it.in_case else ""


def _entered(request: Request, form: EntryForm) -> Item | None:
    """Take in what the form tells, or leave its fault on the form."""
    channel = form.cleaned_data["channel"]
    try:
        it = actions.enter(channel, form.told, actor=request.actor, at=request.now)
    except AlreadyHere as e:
        messages.info(request, _("This is in the inbox already. Here it is."))
        return e.item
    except SealedOff:
        form.add_error(None, _(SEALED))
    except NotYet:
        form.add_error("published_at", _("Give a time that has passed."))
    except NotWhatItSays as e:
        form.add_error("picture", _(e.reason.msgid) % e.reason.details)
    else:
        messages.success(request, _("It is in the inbox now, with its clock running."))
        return it
    return None
