"""What is asked of a person who weighs private messages, or enters one more."""

from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.channels.models import Channel
from uppsikt.inbox.by_hand import Told
from uppsikt.inbox.entry_form import LONGEST, MOMENT
from uppsikt.inbox.message_life import MessageLife
from uppsikt.inbox.models import Conversation, Item
from uppsikt.inbox.picture_field import PictureField, shown
from uppsikt.inbox.weighing import Weighed
from uppsikt.platforms import ItemKind

WAYS: Final = {m.name: m for m in (MessageLife.register, MessageLife.keep)} | {
    MessageLife.belittle.name: MessageLife.belittle
}
_EXPLAINED: Final = {
    MessageLife.register.name: gettext_lazy(
        "Register: it concerns a matter, or may hold something secret"
    ),
    MessageLife.keep.name: gettext_lazy(
        "Keep in order here: it can be found again, and nothing in it is secret"
    ),
    MessageLife.belittle.name: gettext_lazy(
        "Of minor importance: a thank-you, or a question that anybody could ask"
    ),
}


class WeighForm(forms.Form):
    """Which messages, which way, and what the diary is told."""

    messages = forms.MultipleChoiceField(
        label=gettext_lazy("Which messages?"),
        widget=forms.CheckboxSelectMultiple,
        required=True,
        error_messages={"required": gettext_lazy("Choose at least one message.")},
    )
    way = forms.ChoiceField(
        label=gettext_lazy("What is to be done with them?"),
        choices=list(_EXPLAINED.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what is to be done.")},
    )
    title = forms.CharField(
        label=gettext_lazy("What it concerns, briefly"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "Stands in the diary, which anybody may read. Name nobody and nothing "
            "secret. Needed only to register."
        ),
    )
    secret = forms.BooleanField(
        label=gettext_lazy("Something in it may be secret"),
        required=False,
        help_text=gettext_lazy(
            "For example about health, social care or a pupil. Then it is registered "
            "with a mark of secrecy, and few may read it."
        ),
    )

    def __init__(self, data: Any, choices: list[tuple[str, str]]) -> None:
        chosen = [value for value, _label in choices]
        super().__init__(data, initial={"messages": chosen})
        field = self.fields["messages"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 (types)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Ask what it concerns of what is registered; keep no secret here only."""
        told = super().clean() or {}
        way = told.get("way")
        if way == MessageLife.register.name and not told.get("title", "").strip():
            self.add_error("title", _("Write what it concerns, for the diary."))
        if way == MessageLife.keep.name and told.get("secret"):
            words = _("What may be secret must be registered (OSL 5 kap. 1 §).")
            self.add_error("way", words)
        return told

    @property
    def weighed(self) -> Weighed:
        """Return what the person has found."""
        told = self.cleaned_data
        return Weighed(WAYS[told["way"]], told["title"].strip(), told["secret"])

    @property
    def chosen(self) -> list[int]:
        """Return the keys of the messages that were ticked."""
        return [int(pk) for pk in self.cleaned_data["messages"]]


class MoreForm(forms.Form):
    """One more message of a conversation at a platform that no program reads."""

    direction = forms.ChoiceField(
        label=gettext_lazy("Who wrote it?"),
        choices=(
            ("in", gettext_lazy("The one we write with")),
            ("out", gettext_lazy("We did")),
        ),
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Paste it as it stands."),
    )
    published_at = forms.DateTimeField(
        label=gettext_lazy("When"),
        widget=forms.DateTimeInput(format=MOMENT, attrs={"type": "datetime-local"}),
        input_formats=[MOMENT, f"{MOMENT}:%S"],
    )
    picture = PictureField()

    def __init__(self, data: Any, files: Any, *, now: datetime) -> None:
        told = {"published_at": timezone.localtime(now), "direction": "in"}
        super().__init__(data, files, initial=told, auto_id="more-%s")

    def told_in(self, talk: Conversation) -> Told:
        """Return the message as a part of `talk`; ours answers what waits there."""
        told = self.cleaned_data
        own = told["direction"] == "out"
        return Told(
            text=told["text"],
            author=talk.party or "?",
            published_at=told["published_at"],
            kind=ItemKind.MESSAGE,
            public=False,
            picture=shown(told["picture"]),
            own=own,
            root=talk.root_id,
            parent=_waiting(talk) if own else "",
        )


def _waiting(talk: Conversation) -> str:
    """Return the name of the newest message in `talk` that waits for an answer."""
    rows = Item.objects.open().filter(message__conversation=talk)
    newest = rows.order_by("-published_at").values_list("remote_id", flat=True)
    return newest.first() or ""


class TalkFilter(forms.Form):
    """What to look for among conversations: a channel, a decision; never a person."""

    kanal = forms.ChoiceField(label=gettext_lazy("Channel"), required=False)
    beslut = forms.ChoiceField(label=gettext_lazy("Decision"), required=False)

    def __init__(self, data: Any, channels: list[Channel]) -> None:
        super().__init__(data, auto_id="filter-%s")
        self._choose("kanal", [(str(c.pk), c.name) for c in channels])
        states = MessageLife.states.values()
        self._choose("beslut", [(s.name, str(s)) for s in states])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the types)
        field.choices = [("", _("All")), *choices]

    @property
    def chosen(self) -> dict[str, Any]:
        """Return what was asked for; a filter that is none is left out."""
        self.is_valid()
        return {k: v for k, v in self.cleaned_data.items() if v}
