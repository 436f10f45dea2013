"""The life of a conversation in private: does it carry a single matter (D-32)?

No single matter is handled in social media (FL 6 and 7 §§): it is moved to a channel
where the person is known to us and what is said is protected.
"""

from django.utils.translation import gettext_lazy as _

from uppsikt.policy.lifecycle import Lifecycle, State, begins, either


class TalkLife(Lifecycle, kind="conversation"):
    """Talk of this and that; a single matter, until it is moved; or looked at: none."""

    going = State(_("Conversation"))
    matter = State(_("Single matter"))
    moved = State(_("Moved to a safe channel"))
    cleared = State(_("No single matter"))

    begin = begins(going, _("Begun"))
    mark = either(going, moved, cleared).to(matter, _("This is a single matter"))
    move = either(going, matter).to(moved, _("It is moved to a safe channel"))
    clear = either(going, matter).to(cleared, _("It is no single matter"))
