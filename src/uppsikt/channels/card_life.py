"""The life of a change of what the public reads about a channel (R-3.2-3)."""

from django.utils.translation import gettext_lazy as _

from uppsikt.policy.lifecycle import Lifecycle, State, begins


class CardLife(Lifecycle, kind="card"):
    """A change waits while the last decided text stays public, until it is decided."""

    waiting = State(_("Waiting for publication"))
    published = State(_("Published"))
    refused = State(_("Refused"))
    recalled = State(_("Recalled"))

    propose = begins(waiting, _("Propose a change of the public card"))
    issue = begins(published, _("Change the public card"))
    publish = waiting.to(published, _("Publish the change"))
    refuse = waiting.to(refused, _("Refuse the change"))
    recall = waiting.to(recalled, _("Recall the change"))
