"""What is asked on the pages of moderation. No form of the special path has a file."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from uppsikt.channels.models import Channel
from uppsikt.inbox.models import Item
from uppsikt.moderation import measures
from uppsikt.moderation.actions import Decision
from uppsikt.moderation.models import Case, Report
from uppsikt.moderation.removing import Proof
from uppsikt.moderation.reporting import ReportOrder
from uppsikt.moderation.telling import Answer
from uppsikt.platforms import ReportCategory
from uppsikt.policy.grounds import Ground
from uppsikt.records import media

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

FEW_ROWS = forms.Textarea(attrs={"rows": 3})
MOST_BYTES = max(media.LARGEST.values())


def not_too_large(upload: "UploadedFile[Any]") -> None:
    """Refuse what is larger than any kind that is taken, before any of it is read."""
    if (upload.size or 0) > MOST_BYTES:
        words = _("The file is larger than %(limit)d MB, which is the most.")
        limit = {"limit": MOST_BYTES // media.MEBIBYTE}
        raise forms.ValidationError(words, params=limit)


PICTURE = forms.ClearableFileInput(
    attrs={"accept": "image/png,image/jpeg,image/webp,application/pdf"}
)


class FoundForm(forms.Form):
    """How the municipality learnt of it."""

    THROUGH = (
        ("round", _("We saw it on our round")),
        ("public", _("Somebody told us")),
        ("platform", _("The platform told us")),
    )

    through = forms.ChoiceField(
        label=_("How did we learn of it?"), choices=THROUGH, widget=forms.RadioSelect
    )
    knowledge_at = forms.DateTimeField(
        label=_("When did we learn of it?"),
        help_text=_("The clock to the removal runs from here. Not later than now."),
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
        ),
        input_formats=["%Y-%m-%dT%H:%M"],
    )


class DecideForm(forms.Form):
    """A decision to remove on one ground, with what that ground asks for."""

    obvious = forms.BooleanField(
        label=_("It is obvious that it is a crime by this ground"), required=False
    )
    motive = forms.CharField(
        label=_("Why does it come under this ground?"),
        help_text=_("What it says must be the reason, never the opinion in itself."),
        widget=FEW_ROWS,
        max_length=4000,
    )
    milder = forms.CharField(
        label=_("Would something milder do?"),
        help_text=_("For example to ask the author to put it otherwise. Why not?"),
        widget=FEW_ROWS,
        max_length=4000,
    )
    measure = forms.ChoiceField(label=_("How?"), widget=forms.RadioSelect)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, ground: Ground, item: Item, *args: object, **kw: object) -> None:
        super().__init__(*args, **kw)  # type: ignore[arg-type]
        self.ground = ground
        self.offers = list(measures.offered(item))
        choice = self.fields["measure"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 (for the types)
        choice.choices = [(o.measure, o.measure.label) for o in self.offers]
        choice.initial = self.offers[0].measure
        self.fields["version"].initial = item.versions_seen
        if ground.motive == "none":
            del self.fields["motive"]
        del self.fields["milder" if ground.statutory else "obvious"]

    @property
    def decision(self) -> Decision:
        """Return what was decided."""
        told = self.cleaned_data
        return Decision(
            self.ground.code,
            Case.Measure(told["measure"]),
            motive=told.get("motive", ""),
            milder=told.get("milder", ""),
            obvious=told.get("obvious"),
            version=told["version"],
        )


class NoticeForm(forms.Form):
    """The text that tells the author."""

    text = forms.CharField(
        label=_("To the author, in public below what was removed"),
        widget=forms.Textarea(attrs={"rows": 7}),
        max_length=10_000,
    )


class PostedForm(forms.Form):
    """Where the notice stands at the platform, by a person's own eyes."""

    url = forms.URLField(
        label=_("Link to the notice"),
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"inputmode": "url"}),
    )


class ImpossibleForm(forms.Form):
    """Why the author cannot be told."""

    why = forms.CharField(
        label=_("Why can the author not be told?"),
        help_text=_("For example: the account is gone, or it would be dangerous."),
        widget=FEW_ROWS,
        max_length=2000,
    )


class OrderReportForm(forms.Form):
    """What the program shall report to the platform."""

    CATEGORIES = (
        (ReportCategory.ILLEGAL.value, _("Against the law")),
        (ReportCategory.HARASSMENT.value, _("Threat or harassment")),
        (ReportCategory.SEXUAL.value, _("Sexual")),
        (ReportCategory.SPAM.value, _("Advertising or spam")),
        (ReportCategory.MISLEADING.value, _("Misleading, or a false account")),
        (ReportCategory.RULES.value, _("Against the platform's own rules")),
        (ReportCategory.OTHER.value, _("Something else")),
    )

    category = forms.ChoiceField(label=_("What is it?"), choices=CATEGORIES)
    reason = forms.CharField(
        label=_("What shall the platform read?"), widget=FEW_ROWS, max_length=2000
    )

    @property
    def order(self) -> ReportOrder:
        """Return what is to be reported."""
        told = self.cleaned_data
        return ReportOrder(ReportCategory(told["category"]), told["reason"])


class ReportForm(forms.Form):
    """Whether it is reported to one of the two."""

    made = forms.TypedChoiceField(
        label=_("Is it reported?"),
        choices=(("yes", _("Yes")), ("no", _("No"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reference = forms.CharField(
        label=_("Reference number"), required=False, max_length=200
    )
    why = forms.CharField(
        label=_("Why not?"), required=False, widget=FEW_ROWS, max_length=2000
    )

    def __init__(self, to: Report.To, *args: object, **kw: object) -> None:
        super().__init__(*args, **{"auto_id": f"{to}_%s", **kw})  # type: ignore[arg-type]
        self.to = to

    def clean(self) -> dict[str, object]:
        """Refuse a no without its reason."""
        told = super().clean() or {}
        if told.get("made") is False and not str(told.get("why", "")).strip():
            self.add_error("why", _("Write why it is not reported."))
        return told

    @property
    def answer(self) -> Answer:
        """Return what was answered."""
        told = self.cleaned_data
        return Answer(self.to, told["made"], told["reference"], told["why"])


class PictureForm(forms.Form):
    """A person's own screenshot."""

    picture = forms.FileField(
        label=_("Your screenshot"),
        help_text=_("PNG, JPEG, WebP or PDF, with the comment and its author in view."),
        widget=PICTURE,
        validators=[not_too_large],
    )


class ProofForm(forms.Form):
    """What shows that it is removed: a second picture, or why there is none."""

    second = forms.FileField(
        label=_("Screenshot after the removal"),
        required=False,
        widget=PICTURE,
        validators=[not_too_large],
    )
    why_none = forms.CharField(
        label=_("No picture? Write why"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
    )

    def clean(self) -> dict[str, object]:
        """Ask for the one or the other."""
        told = super().clean() or {}
        if not (told.get("second") or str(told.get("why_none", "")).strip()):
            self.add_error("second", _("Upload a picture, or write why there is none."))
        return told

    @property
    def proof(self) -> Proof:
        """Return what was shown."""
        second = self.cleaned_data["second"]
        return Proof(second.read() if second else b"", self.cleaned_data["why_none"])


class SpecialForm(forms.Form):
    """The note of a special case: words and nothing else."""

    note = forms.CharField(
        label=_("Your note"),
        help_text=_(
            "Describe neutrally and without details. Never paste the address of the "
            "material."
        ),
        widget=forms.Textarea(attrs={"rows": 9}),
        max_length=10_000,
    )
    hide = forms.BooleanField(
        label=_("Hide it at the platform at once"),
        help_text=_(
            "The program hides it without a picture and keeps nothing of it. Untick "
            "it only if the police have asked you to wait."
        ),
        required=False,
        initial=True,
    )

    def __init__(self, *args: object, hides: bool = False, **kw: object) -> None:
        super().__init__(*args, **kw)  # type: ignore[arg-type]
        if not hides:
            del self.fields["hide"]


class SpecialHereForm(SpecialForm):
    """A special case about something that is not in the program."""

    channel = forms.ModelChoiceField(Channel.objects.none(), label=_("Channel"))
    field_order = ("channel", "note")

    def __init__(self, channels: object, *args: object, **kw: object) -> None:
        super().__init__(*args, **kw)  # type: ignore[arg-type]
        choice = self.fields["channel"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 (for the types)
        choice.queryset = channels  # type: ignore[assignment]


class AddForm(forms.Form):
    """More to a special case's note."""

    more = forms.CharField(label=_("Add to the note"), widget=FEW_ROWS, max_length=4000)
