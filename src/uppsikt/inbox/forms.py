"""What is asked on the pages of the inbox."""

from datetime import date, datetime
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.dateformat import format as written
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.channels import connecting
from uppsikt.channels.models import Channel
from uppsikt.governance.day_field import DayField
from uppsikt.governance.models import User
from uppsikt.inbox import drafts
from uppsikt.inbox.by_hand import PICTURES, Told
from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.listing import Reach
from uppsikt.inbox.models import Item
from uppsikt.platforms import ItemKind
from uppsikt.platforms.catalogue import SITES
from uppsikt.policy.words import N_
from uppsikt.records import media

MOMENT: Final = "%Y-%m-%dT%H:%M"
NO_ANSWER: Final = (
    N_("Thanks or praise"),
    N_("Only a sign or a name"),
    N_("Answered elsewhere in the thread"),
    N_("Not meant for us"),
)
LONGEST: Final = 100_000


class FilterForm(forms.Form):
    """What to look for in a list. Everything may be left open."""

    q = forms.CharField(label=gettext_lazy("Search the inbox"), required=False)
    kanal = forms.ChoiceField(label=gettext_lazy("Channel"), required=False)
    plattform = forms.ChoiceField(label=gettext_lazy("Platform"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    markta = forms.BooleanField(
        label=gettext_lazy("Only those with something to look at"), required=False
    )
    sena = forms.BooleanField(label=gettext_lazy("Only overdue"), required=False)

    def __init__(self, data: Any, reach: Reach) -> None:
        super().__init__(data, auto_id="filter-%s")
        sites = sorted({c.site for c in reach.channels.values()})
        self._choose("kanal", [(str(pk), c.name) for pk, c in reach.channels.items()])
        self._choose("plattform", [(s, _(SITES[s].label)) for s in sites])
        states = ItemLife.states.values()
        self._choose("status", [(s.name, str(s)) for s in states])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the types)
        field.choices = [("", _("All")), *choices]

    @property
    def chosen(self) -> dict[str, Any]:
        """Return what was asked for; a filter that is none is left out."""
        self.is_valid()
        return {k: v for k, v in self.cleaned_data.items() if v}

    @property
    def narrowed(self) -> bool:
        return bool(self.chosen.keys() - {"q"})


class AnswerForm(forms.Form):
    """An answer from the channel's account."""

    text = forms.CharField(
        label=gettext_lazy("Answer from the account"),
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 7, "data-draft": "answer"}),
        error_messages={"required": gettext_lazy("Write an answer first.")},
    )

    def __init__(self, data: Any, item: Item, user: User) -> None:
        super().__init__(
            data, initial={"text": _begun(item, user)}, auto_id="answer-%s"
        )
        most = connecting.connector(item.channel).max_length
        self.fields["text"].help_text = _(
            "Write to “du”. End with first name, title and unit. At most %(most)d signs"
        ) % {"most": most}


class PromiseForm(forms.Form):
    """Word that we get back, and by when."""

    promised_for = DayField(
        label=gettext_lazy("Answer no later than"),
    )
    text = forms.CharField(
        label=gettext_lazy("What we write"),
        max_length=LONGEST,
        strip=False,
        help_text=gettext_lazy("If you choose another day, change it in the text too."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, data: Any, item: Item, user: User, now: datetime) -> None:
        day = _latest(item, now)
        words = _("Hello! Thank you for writing. We get back to you by %(day)s.")
        text = words % {"day": written(day, "j F")} + drafts.beginning(user)
        initial = {"promised_for": day, "text": text}
        super().__init__(data, initial=initial, auto_id="promise-%s")


class PassByForm(forms.Form):
    """Why an item needs no answer: one of the common reasons, or own words."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why is no answer needed?"),
        widget=forms.RadioSelect,
        required=False,
    )
    why = forms.CharField(
        label=gettext_lazy("In your own words"), max_length=500, required=False
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="pass-%s")
        field = self.fields["reason"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the types)
        field.choices = [(r, _(r)) for r in NO_ANSWER]

    def clean(self) -> dict[str, Any]:
        """Ask for a reason of either kind."""
        told: dict[str, Any] = super().clean() or {}
        if not (told.get("reason") or told.get("why")):
            raise forms.ValidationError(_("Choose a reason, or write one."))
        return told

    @property
    def words(self) -> str:
        """Return the reason as it is kept."""
        chosen, why = self.cleaned_data["reason"], self.cleaned_data["why"]
        parts = (_(chosen) if chosen else "", why)
        return ". ".join(part for part in parts if part)


class PostedForm(forms.Form):
    """Where a text was posted by hand."""

    url = forms.URLField(
        label=gettext_lazy("Link to the answer"), max_length=500, assume_scheme="https"
    )


class WhyForm(forms.Form):
    """A reason for something, where the guideline asks for one."""

    why = forms.CharField(max_length=2000, required=False)

    @property
    def words(self) -> str:
        """Return the reason as it is kept; what cannot be kept is no reason."""
        self.is_valid()
        return str(self.cleaned_data.get("why", ""))


class EntryForm(forms.Form):
    """Something that a person saw at a platform that no program reads."""

    channel = forms.ModelChoiceField(
        Channel.objects.none(), label=gettext_lazy("Channel")
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        choices=(
            (ItemKind.REPLY.value, gettext_lazy("A comment")),
            (ItemKind.POST.value, gettext_lazy("A post")),
            (ItemKind.MESSAGE.value, gettext_lazy("A private message")),
        ),
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Paste it as it stands."),
    )
    author = forms.CharField(
        label=gettext_lazy("Written by"),
        max_length=200,
        help_text=gettext_lazy("The name as the platform shows it."),
    )
    published_at = forms.DateTimeField(
        label=gettext_lazy("When"),
        widget=forms.DateTimeInput(format=MOMENT, attrs={"type": "datetime-local"}),
        input_formats=[MOMENT, f"{MOMENT}:%S"],
    )
    url = forms.URLField(
        label=gettext_lazy("Link"),
        required=False,
        max_length=1000,
        assume_scheme="https",
        help_text=gettext_lazy("The same link twice becomes one item."),
    )
    picture = forms.FileField(
        label=gettext_lazy("Screenshot"),
        required=False,
        help_text=gettext_lazy(
            "PNG, JPEG or WebP. Never save or upload what may show the abuse of "
            "a child: take no picture, call the police."
        ),
    )

    def __init__(
        self, data: Any, files: Any, *, channels: list[int], now: datetime
    ) -> None:
        super().__init__(data, files, initial={"published_at": timezone.localtime(now)})
        field = self.fields["channel"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (for the types)
        rows = Channel.objects.filter(pk__in=channels).select_related("node")
        field.queryset = rows.order_by("name")

    def clean_picture(self) -> Any:
        """Refuse what is too large before any of it is read into memory."""
        picture = self.cleaned_data["picture"]
        limit = max(media.LARGEST[kind] for kind in PICTURES)
        if picture and picture.size > limit:
            words = _("The file is larger than %(limit)d MB, which is the most.")
            raise forms.ValidationError(words % {"limit": limit // media.MEBIBYTE})
        return picture

    @property
    def told(self) -> Told:
        """Return what the person saw."""
        told = self.cleaned_data
        kind = ItemKind(told["kind"])
        return Told(
            text=told["text"],
            author=told["author"],
            published_at=told["published_at"],
            url=told["url"],
            kind=kind,
            public=kind is not ItemKind.MESSAGE,
            picture=told["picture"].read() if told["picture"] else b"",
        )


class LateTickForm(forms.Form):
    """A day that was watched and not noted then."""

    day = DayField(
        label=gettext_lazy("Day"),
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=1000, required=False)


def _begun(item: Item, user: User) -> str:
    """Return what was written before it was stopped or failed, or a signed blank."""
    last = item.outgoing
    if last and last.status in ("stopped", "failed") and last.written_by_id == user.pk:
        return last.text
    return drafts.beginning(user)


def _latest(item: Item, now: datetime) -> date:
    due = item.full_due_at
    return timezone.localtime(due if due and due > now else now).date()
