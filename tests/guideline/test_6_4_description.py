"""OSL 4 kap. 2 §: the section on social media is made from the register (D-13)."""

from datetime import datetime

from tests.conftest import SignedIn
from tests.guideline.test_3_1_local_decisions import MINOR
from uppsikt.channels.models import Channel
from uppsikt.governance import actors, local_decisions
from uppsikt.governance.local_decisions import Kind
from uppsikt.governance.models import Node, User
from uppsikt.policy.roles import Role


def page(client: object, address: str) -> str:
    answer = client.get(address)  # type: ignore[attr-defined]
    assert answer.status_code == 200
    content: str = answer.content.decode()
    return content


def test_the_description_says_what_the_law_asks_for(
    library_channel: Channel,
    municipality: Node,
    anna_user: User,
    signed_in: SignedIn,
    monday: datetime,
) -> None:
    client = signed_in(anna_user)
    told = page(client, "/allmanna-handlingar/")

    assert library_channel.url in told
    assert "21 kap. 1 §" in told
    assert "Inget gallras" in told
    assert "serie KS" in told

    keeper = User.objects.create_user("ark@exempelby.example", first_name="Ark")
    keeper.assignments.create(role=Role.ARCHIVIST, node=municipality, starts_at=monday)
    local_decisions.decide(
        Kind.DISPOSAL,
        municipality,
        MINOR,
        actor=actors.of(keeper, at=monday),
        at=monday,
    )
    text = page(client, f"/allmanna-handlingar/{municipality.pk}.txt")
    assert "2 månader" in text
    assert MINOR.diary_number in text
    assert "<" not in text
    html = page(client, f"/allmanna-handlingar/{municipality.pk}.html")
    assert html.startswith("<!doctype html>")
    assert client.get(f"/allmanna-handlingar/{municipality.pk}.exe").status_code == 404


def test_a_committees_channels_are_in_its_own_description_and_no_other(
    library_channel: Channel,
    municipality: Node,
    anna_user: User,
    signed_in: SignedIn,
) -> None:
    board = Node.plant(Node.Kind.COMMITTEE, "Kulturnämnden", municipality)
    node = library_channel.node
    node.path = f"{board.path}{node.pk}/"
    node.save(update_fields=["path"])
    client = signed_in(anna_user)

    theirs = page(client, f"/allmanna-handlingar/?myndighet={board.pk}")
    ours = page(client, f"/allmanna-handlingar/?myndighet={municipality.pk}")

    assert library_channel.url in theirs
    assert library_channel.url not in ours
