"""The life of an order by the head of communications (R-3.2-1)."""

from django.utils.translation import gettext_lazy as _

from uppsikt.policy.lifecycle import Lifecycle, State, begins


class OrderLife(Lifecycle, kind="order"):
    """An order to change or close stands until it is carried out or withdrawn."""

    given = State(_("To be carried out"))
    carried_out = State(_("Carried out"))
    withdrawn = State(_("Withdrawn"))

    give = begins(given, _("Order a change or the closing"))
    carry_out = given.to(carried_out, _("It is carried out"))
    withdraw = given.to(withdrawn, _("Withdraw the order"))
