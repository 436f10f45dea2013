"""Messages of the core as people read them, where they are stored or put in a form."""

from django.utils.translation import gettext as _

from uppsikt.policy.words import Message


def said(message: Message) -> str:
    """Return `message` in the language of whoever reads it, its details filled in."""
    details = {
        name: said(value) if isinstance(value, Message) else value
        for name, value in message.details.items()
    }
    return _(message.msgid) % details if details else _(message.msgid)
