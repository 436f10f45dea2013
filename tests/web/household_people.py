"""The people of a household, and what they order: made by the real acts."""

from datetime import timedelta

from django.utils import timezone

from tests.conftest import GROUNDS, LONG_AGO, apply_for, fulfil, hand_over
from tests.web.fake_platform import HANDLE
from uppsikt.channels import actions as channels
from uppsikt.channels import connecting
from uppsikt.channels.models import Channel
from uppsikt.governance import actors, adopting
from uppsikt.governance.models import Assignment, Node, User
from uppsikt.policy.roles import Role
from uppsikt.sending import actions as sending
from uppsikt.sending.models import Outgoing

CREDENTIALS = {"identifier": HANDLE, "app_password": "aaaa-bbbb-cccc-dddd"}


def settle(server: str) -> None:
    """Let Anna's library have a channel at the platform on `server`."""
    adopting.adopt_packaged(
        "tyreso", decided_by="Kommundirektör", actor=actors.CLOCK, at=LONG_AGO
    )
    town = Node.plant(Node.Kind.MUNICIPALITY, "Exempelby kommun")
    library = Node.plant(Node.Kind.UNIT, "Biblioteket", town)
    anna = _person("Anna", Role.PUBLISHER, library)
    bengt = _person("Bengt", Role.LINE_MANAGER, library)
    cecilia = _person("Cecilia", Role.COMMUNICATIONS_OFFICER, library)
    channel = apply_for(library, anna, bengt, LONG_AGO)
    chief = actors.of(bengt, at=LONG_AGO)
    channels.approve(channel, confirmed=GROUNDS, actor=chief, at=LONG_AGO)
    fulfil(channel, anna, bengt, LONG_AGO)
    hand_over(channel, anna, cecilia, LONG_AGO)
    owner = actors.of(anna, at=LONG_AGO)
    channels.launch(channel, cut_over_at=LONG_AGO, actor=owner, at=LONG_AGO)
    told = {**CREDENTIALS, "server": server}
    connecting.connect(channel, told, actor=owner, at=timezone.now())
    # Reading is another test's: this server is only written to.
    channel.connection.__class__.objects.update(next_try_at=None)


def order(count: int) -> list[str]:
    """Let Anna order posts a minute ago, so that they are due."""
    channel = Channel.objects.get()
    at = timezone.now() - timedelta(minutes=1)
    anna = actors.of(User.objects.get(first_name="Anna"), at=at)
    texts = [f"Nyhet nummer {n} från biblioteket" for n in range(count)]
    for number, text in enumerate(texts):
        letter = sending.Letter(text, Outgoing.Kind.POST, f"test:{number}")
        sending.order(channel, letter, actor=anna, at=at)
    return texts


def _person(name: str, role: Role, node: Node) -> User:
    user = User.objects.create_user(
        f"{name.lower()}@exempelby.example", first_name=name, title="x", unit="y"
    )
    Assignment.objects.create(user=user, role=role, node=node, starts_at=LONG_AGO)
    return user
