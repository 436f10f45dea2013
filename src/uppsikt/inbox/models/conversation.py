"""Private messages: a conversation with one person, and each message in it."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from uppsikt.channels.models import Channel
from uppsikt.governance.models import LocalDecision, Moving, Node, User, below
from uppsikt.inbox.message_life import MessageLife
from uppsikt.inbox.models.item import Item
from uppsikt.inbox.talk_life import TalkLife
from uppsikt.policy.facts import Facts
from uppsikt.records.models import Blob, Registration
from uppsikt.sending.models import Outgoing

if TYPE_CHECKING:
    from uppsikt.governance.actors import Actor


class Conversations(models.QuerySet["Conversation"]):
    """Conversations, in the words people use of them."""

    def visible_to(self, actor: "Actor") -> Self:
        """Keep those at places the actor may see; none of which a part is sealed off.

        Nothing selects them by person and matter (D-16): by place and decision only.
        """
        return self.open_to_sight().filter(below(actor, "node__path"))

    def open_to_sight(self) -> Self:
        """Keep those of which no part is sealed off by a special case."""
        locked = PrivateMessage.objects.filter(
            conversation=OuterRef("pk"), item__secluded=True
        )
        return self.filter(~Exists(locked), sealed=False)


class Conversation(Moving):
    """Private messages with one person, both ways, at one place."""

    LIFE = TalkLife

    node = models.ForeignKey(Node, models.PROTECT, related_name="conversations")
    channel = models.ForeignKey(
        Channel, models.PROTECT, null=True, related_name="conversations"
    )
    # The platform's own name of it; or ours, where no platform has one.
    root_id = models.CharField(max_length=500)
    # Whom it is with, as the platform shows the name.
    party = models.CharField(max_length=200, blank=True)
    begun_at = models.DateTimeField()
    last_at = models.DateTimeField()
    # Locked for good, where what came in person had to go the special path (3.4).
    sealed = models.BooleanField(default=False)

    objects = Conversations.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["channel", "root_id"], name="one_conversation_per_root"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["node", "last_at"])]

    def __str__(self) -> str:
        return f"conversation {self.pk}"

    @property
    def path(self) -> str:
        return self.node.path

    def facts(self, at: datetime) -> Facts:
        """Return nothing: no control gates a move of a conversation."""
        return Facts()

    @property
    def place(self) -> str:
        """Return what people call where it is: the channel, or the department."""
        return self.channel.name if self.channel else self.node.name


class PrivateMessages(models.QuerySet["PrivateMessage"]):
    """Private messages, in the words people use of them."""

    def visible_to(self, actor: "Actor") -> Self:
        """Keep those of conversations that the actor may see."""
        seen = Conversation.objects.visible_to(actor)
        return self.filter(conversation__in=seen)

    def undecided(self) -> Self:
        """Keep what nobody has weighed yet; never what is sealed off."""
        rows = self.filter(status=MessageLife.undecided.name)
        return rows.filter(conversation__in=Conversation.objects.open_to_sight())

    def overdue(self, at: datetime) -> Self:
        """Keep what should have been weighed before `at`."""
        return self.undecided().filter(due_at__lt=at)


class PrivateMessage(Moving):
    """One message, in or out: which document it is, and what was decided of it.

    What it says lies where it came from: in the item, or in the text that we sent; or
    here, where it came to somebody in person.
    """

    LIFE = MessageLife

    conversation = models.ForeignKey(
        Conversation, models.PROTECT, related_name="messages"
    )
    item = models.OneToOneField(Item, models.PROTECT, null=True, related_name="message")
    outgoing = models.OneToOneField(
        Outgoing, models.PROTECT, null=True, related_name="message"
    )
    # What came to somebody on staff in person has no other place (D-12).
    text = models.TextField(blank=True)
    picture = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+")
    told_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="told_messages"
    )
    # Received (TF 2:9), or drawn up and dispatched (TF 2:10).
    direction = models.CharField(max_length=10, choices=Registration.Direction.choices)
    happened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    # What it holds may be secret: then it is registered, and read by few (D-31).
    secret = models.BooleanField(default=False)
    # Several that were decided together have one diary number.
    registration = models.ForeignKey(
        Registration, models.PROTECT, null=True, related_name="messages"
    )
    disposal = models.ForeignKey(
        LocalDecision, models.PROTECT, null=True, related_name="+"
    )

    objects = PrivateMessages.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(item__isnull=False)
                | Q(outgoing__isnull=False)
                | ~Q(text=""),
                name="a_message_says_something",
            ),
            models.CheckConstraint(
                condition=~Q(status="registered") | Q(registration__isnull=False),
                name="a_registered_message_is_in_the_diary",
            ),
            models.CheckConstraint(
                condition=~Q(status="in_order", secret=True),
                name="a_secret_is_registered",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"],
                condition=Q(status="undecided"),
                name="messages_to_decide",
            )
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"

    @property
    def path(self) -> str:
        return self.conversation.path

    @property
    def received(self) -> bool:
        return self.direction == Registration.Direction.RECEIVED

    @property
    def words(self) -> str:
        """Return what it says."""
        if self.item:
            return self.item.text
        return self.outgoing.text if self.outgoing else self.text

    @property
    def closed(self) -> bool:
        """Tell whether only those who read what is restricted may read it."""
        return self.secret or (self.item is not None and self.item.restricted)

    @property
    def changed_since(self) -> bool:
        """Tell whether its author has changed it since it was decided on."""
        changed = self.item.changed_at if self.item else None
        decided = self.decided_at
        return changed is not None and decided is not None and changed > decided

    def facts(self, at: datetime) -> Facts:
        """Return nothing: no control gates a move of a message."""
        return Facts()
