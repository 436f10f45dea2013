"""Who gets a letter after a review: whoever is to change the card (R-4-4)."""

from datetime import datetime

from django.utils.translation import gettext as _

from uppsikt.channels import telling
from uppsikt.channels.models import Channel
from uppsikt.policy.roles import Role
from uppsikt.records import mail


def change_wanted(channel: Channel, *, why: str, at: datetime) -> None:
    """Tell the person responsible what the review asks to be changed."""
    told = {"channel": channel.name, "why": why}
    subject = _("Change the card of %(channel)s") % told
    body = _(
        "Your manager has reviewed the channel %(channel)s and asks for a change of "
        "its card.\n\n%(why)s\n\nSign in to Uppsikt and change the card under Channels."
    )
    for user in telling.nearest((Role.CHANNEL_OWNER,), channel, at):
        mail.ask(user.email, subject, body % told, at=at)
