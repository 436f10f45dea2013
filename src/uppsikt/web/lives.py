"""Every lifecycle that the guideline gives roles to, and what it is the life of."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from uppsikt.channels.card_life import CardLife
from uppsikt.channels.feedback_life import FeedbackLife
from uppsikt.channels.found_life import FoundLife
from uppsikt.channels.handover_life import HandoverLife
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.order_life import OrderLife
from uppsikt.channels.start_life import StartNoticeLife
from uppsikt.governance.exempting_life import ExemptionLife
from uppsikt.governance.proposal_life import ProposalLife
from uppsikt.inbox.lapse_life import LapseLife
from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.message_life import MessageLife
from uppsikt.inbox.module_life import ModuleLife
from uppsikt.inbox.sample_life import SampleLife
from uppsikt.inbox.talk_life import TalkLife
from uppsikt.moderation.life import CaseLife
from uppsikt.policy.lifecycle import Lifecycle
from uppsikt.sending.life import OutgoingLife

LIVES: Final[Mapping[type[Lifecycle], object]] = {
    ChannelLife: _("Channel"),
    CardLife: _("Change of the public card"),
    StartNoticeLife: _("Start-up notice"),
    HandoverLife: _("Hand-over of administrator rights"),
    OrderLife: _("Order by the head of communications"),
    FoundLife: _("Reported account"),
    FeedbackLife: _("Suggestion"),
    ItemLife: _("Message"),
    MessageLife: _("Private message"),
    LapseLife: _("Private opinion in our name"),
    SampleLife: _("Sample of answers"),
    TalkLife: _("Conversation"),
    ModuleLife: _("Standard answer"),
    CaseLife: _("Case"),
    OutgoingLife: _("Reply or notice"),
    ExemptionLife: _("Exemption"),
    ProposalLife: _("Version of the guideline"),
}
