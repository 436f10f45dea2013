"""What comes in: items and their versions, the signals, the clocks, the round."""

from uppsikt.inbox.models.conversation import (
    Conversation,
    Conversations,
    PrivateMessage,
    PrivateMessages,
)
from uppsikt.inbox.models.deed import Deed, Deeds
from uppsikt.inbox.models.draft import Draft, Drafts
from uppsikt.inbox.models.escalation import Escalation
from uppsikt.inbox.models.handing import MissedDay, Takeover
from uppsikt.inbox.models.item import DONE, OPEN, Item, Items
from uppsikt.inbox.models.lapse import Lapse, Lapses
from uppsikt.inbox.models.module import Module, Modules
from uppsikt.inbox.models.party import Judgement, Parties, Party
from uppsikt.inbox.models.pause import Pause, Pauses
from uppsikt.inbox.models.rota import RotaDay, RotaFeed, RotaTurn, Swap
from uppsikt.inbox.models.rule import SignalRule, Verdict
from uppsikt.inbox.models.sample import Mark, Sample, SampledAnswer
from uppsikt.inbox.models.terms import Calendar, CalendarVersion, ChannelTerms
from uppsikt.inbox.models.tick import Result, Tick, Ticks
from uppsikt.inbox.models.version import ItemSignal, ItemVersion

__all__ = [
    "DONE",
    "OPEN",
    "Calendar",
    "CalendarVersion",
    "ChannelTerms",
    "Conversation",
    "Conversations",
    "Deed",
    "Deeds",
    "Draft",
    "Drafts",
    "Escalation",
    "Item",
    "ItemSignal",
    "ItemVersion",
    "Items",
    "Judgement",
    "Lapse",
    "Lapses",
    "Mark",
    "MissedDay",
    "Module",
    "Modules",
    "Parties",
    "Party",
    "Pause",
    "Pauses",
    "PrivateMessage",
    "PrivateMessages",
    "Result",
    "RotaDay",
    "RotaFeed",
    "RotaTurn",
    "Sample",
    "SampledAnswer",
    "SignalRule",
    "Swap",
    "Takeover",
    "Tick",
    "Ticks",
    "Verdict",
]
