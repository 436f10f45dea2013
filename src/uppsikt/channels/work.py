"""What the worker does for channels: decisions become PDF, sealed beside the page.

Safe to run twice: a decision is claimed, and one that has its PDF is due no more.
"""

from datetime import datetime
from functools import partial
from typing import Final

from django.db import transaction
from django.utils import translation

from uppsikt.channels import deciding, order_document, sealing
from uppsikt.channels.models import Decision
from uppsikt.policy.words import N_, Message
from uppsikt.records import darkroom, leasing, vault
from uppsikt.records.camera import BrowserMissing
from uppsikt.records.picture import Needle, NotInPicture, NotReached

AT_ONCE: Final = 10
PDF: Final = "application/pdf"
FULL: Final = Message(N_("The disk is full, so nothing could be kept."))


def print_decisions(now: datetime) -> int:
    """Make the PDF of each decision that waits for one; return how many were tried."""
    waiting = Decision.objects.filter(pdf=None).select_related(
        "page", "step__by", "channel__node", "registration"
    )
    return leasing.each(waiting, _print, now, at_most=AT_ONCE)


def _print(decision: Decision, now: datetime) -> None:
    try:
        _keep(decision, _printed(decision, now), now)
    except (BrowserMissing, NotReached, NotInPicture) as fault:
        leasing.put_off(decision, now, str(fault.message))
    except vault.NoRoom:
        leasing.put_off(decision, now, str(FULL))


def _printed(decision: Decision, now: datetime) -> bytes:
    """Return the sealed page on paper, once it is proved to show the decision."""
    with translation.override("sv"):
        sentence, by = _sentence(decision), str(decision.step.by or "")
    needle = Needle(sentence, by, f"#{sealing.SUBJECT_ID}")
    html = vault.open_(decision.page).decode()
    clock = partial(_same, now)
    return darkroom.camera().photograph_html(html, needle, clock=clock).pdf


def _sentence(decision: Decision) -> str:
    """Return what was decided, as it stands on the page."""
    if decision.step.move == order_document.GIVEN:
        return order_document.of(decision).sentence
    return deciding.read(decision.channel, decision.step).sentence


def _same(now: datetime) -> datetime:
    return now


@transaction.atomic
def _keep(decision: Decision, pdf: bytes, now: datetime) -> None:
    blob = vault.keep(pdf, PDF, at=now)
    decision.registration.files.add(blob)
    Decision.objects.filter(pk=decision.pk).update(pdf=blob)
    leasing.settle(decision)
