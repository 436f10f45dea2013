"""The life of a hand-over of administrator rights: given, confirmed (R-4-9)."""

from django.utils.translation import gettext_lazy as _

from uppsikt.policy.lifecycle import Lifecycle, State, begins


class HandoverLife(Lifecycle, kind="handover"):
    """Whoever gives the rights notes it, and whoever got them confirms it."""

    given = State(_("Not confirmed yet"))
    confirmed = State(_("Confirmed"))
    recalled = State(_("Recalled"))

    give = begins(given, _("Note that the rights are handed over"))
    confirm = given.to(confirmed, _("Confirm that I have the rights"))
    recall = given.to(recalled, _("Recall the note"))
