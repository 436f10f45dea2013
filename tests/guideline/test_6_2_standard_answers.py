"""Section 6.2: standard answers are approved by another than who wrote them."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import SignedIn
from tests.inbox.conftest import browser as browser  # noqa: PLC0414 (a fixture)
from tests.inbox.conftest import home as home  # noqa: PLC0414 (a fixture)
from tests.inbox.conftest import item as item  # noqa: PLC0414 (a fixture)
from tests.inbox.conftest import now as now  # noqa: PLC0414 (a fixture)
from tests.inbox.tales import queries, shown
from uppsikt.checks.text import fill_ins
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node
from uppsikt.inbox import hints, modules
from uppsikt.inbox.models import Draft, Item, Module
from uppsikt.inbox.module_life import ModuleLife
from uppsikt.inbox.modules import Wording

pytestmark = pytest.mark.django_db
HOURS = Wording(
    name="Öppettider",
    text="Hej [förnamn]! Vi har öppet 10 till 18. Se [länk]",
    kind=Module.Kind.ORDINARY,
)
LINE = "\n\nAnna, bibliotekarie, Biblioteket"


@pytest.fixture
def hours(library: Node, cecilia: Actor, bea: Actor, monday: datetime) -> Module:
    """A standard answer that is approved."""
    module = modules.write(library, HOURS, actor=cecilia, at=monday)
    modules.propose(module, actor=cecilia, at=monday)
    modules.approve(module, actor=bea, at=monday)
    return module


@pytest.fixture
def bea(person: object, culture: Node, monday: datetime) -> Actor:
    from uppsikt.governance import actors
    from uppsikt.policy.roles import Role

    user = person("Bea", "kommunikatör", Role.COMMUNICATIONS_OFFICER, culture)  # type: ignore[operator]
    return actors.of(user, at=monday)


def test_who_wrote_a_standard_answer_does_not_approve_it(
    library: Node, cecilia: Actor, bea: Actor, monday: datetime
) -> None:
    module = modules.write(library, HOURS, actor=cecilia, at=monday)
    modules.propose(module, actor=cecilia, at=monday)

    with pytest.raises(moves.NotYours):
        modules.approve(module, actor=cecilia, at=monday)
    modules.approve(module, actor=bea, at=monday)

    assert module.state is ModuleLife.approved
    assert module.approved_at == monday


def test_only_the_communications_officers_approve(
    library: Node, anna: Actor, bengt: Actor, monday: datetime
) -> None:
    module = modules.write(library, HOURS, actor=anna, at=monday)
    modules.propose(module, actor=anna, at=monday)

    with pytest.raises(moves.NotYours):
        modules.approve(module, actor=bengt, at=monday)


def test_a_new_version_takes_over_when_it_is_approved_and_the_old_one_stays(
    hours: Module, item: Item, cecilia: Actor, bea: Actor, monday: datetime
) -> None:
    new = modules.follow(hours, actor=cecilia, at=monday)
    later = Wording(name="Öppettider", text="Vi har öppet till 20.", kind="ordinary")
    modules.revise(new, later, actor=cecilia, at=monday)
    with pytest.raises(modules.HasFollower):
        modules.follow(hours, actor=bea, at=monday)
    assert [m.pk for m in modules.usable(item, at=monday)] == [hours.pk]

    modules.propose(new, actor=cecilia, at=monday)
    modules.approve(new, actor=bea, at=monday)

    hours.refresh_from_db()
    assert (hours.state, new.number) == (ModuleLife.retired, 2)
    assert [m.pk for m in modules.usable(item, at=monday)] == [new.pk]
    with pytest.raises(moves.TooLate):
        modules.revise(new, later, actor=cecilia, at=monday)


def test_it_is_offered_where_it_holds_and_until_its_last_day(
    hours: Module, item: Item, school: Node, bea: Actor, monday: datetime
) -> None:
    Module.objects.filter(pk=hours.pk).update(valid_until=date(2026, 3, 2))
    assert [m.pk for m in modules.usable(item, at=monday)] == [hours.pk]
    assert not modules.usable(item, at=monday + timedelta(days=1))

    Module.objects.filter(pk=hours.pk).update(valid_until=None, node=school)
    assert not modules.usable(item, at=monday)
    Module.objects.filter(pk=hours.pk).update(node=school.parent.parent)  # type: ignore[union-attr]
    assert modules.usable(item, at=monday)


def test_it_is_put_in_with_what_is_known_and_asks_for_the_rest(
    browser: Client, hours: Module, item: Item, anna: Actor, monday: datetime
) -> None:
    page = reverse("item", args=[item.pk])
    assert "Öppettider" in shown(browser.get(page))
    begun = hints.beginning(item, anna.person)
    url = reverse("item-insert", args=[item.pk, "answer"])

    response = browser.post(url, {"text": begun, "module": hours.pk})

    assert response.status_code == 302
    text = Draft.objects.get().text
    assert text == f"Hej Kim! Vi har öppet 10 till 18. Se [länk]{LINE}"
    hours.refresh_from_db()
    assert hours.used == 1
    found = hints.read(text, item, anna.person, at=monday).advice
    assert "text.left_open" in [h.signal.rule for h in found]

    browser.post(url, {"text": f"Hej Kim!\nFörst detta.{LINE}", "module": hours.pk})
    text = Draft.objects.get().text
    assert text.startswith("Hej Kim!\nFörst detta.\n\nHej Kim! Vi har")
    assert text.count("Anna, bibliotekarie") == 1


def test_nothing_is_put_in_that_is_not_offered(
    browser: Client, hours: Module, item: Item
) -> None:
    Module.objects.filter(pk=hours.pk).update(status="retired")
    url = reverse("item-insert", args=[item.pk, "answer"])

    for told in ("", "x", str(hours.pk)):
        browser.post(url, {"text": "Mitt", "module": told})
        assert Draft.objects.get().text == "Mitt"


def test_what_nothing_fills_in_is_refused_by_name(
    library: Node, cecilia: Actor, monday: datetime
) -> None:
    odd = Wording(name="Fel", text="Hej [fornamn]!", kind="ordinary")

    with pytest.raises(modules.UnknownFillIn, match="fornamn"):
        modules.write(library, odd, actor=cecilia, at=monday)


@pytest.mark.parametrize(
    ("text", "known", "filled"),
    [
        ("Hej [förnamn]!", {"förnamn": "Kim"}, "Hej Kim!"),
        ("Hej [förnamn]!", {"förnamn": ""}, "Hej!"),
        ("Se [länk]", {}, "Se [länk]"),
        ("100 % och [dag]", {"dag": "3 mars"}, "100 % och 3 mars"),
        ("[fyll i tiden] [x", {}, "[fyll i tiden] [x"),
    ],
)
def test_a_text_is_filled_in(text: str, known: dict[str, str], filled: str) -> None:
    assert fill_ins.fill(text, known) == filled


def test_the_pages_lead_from_a_draft_to_an_approved_answer(
    cecilia: Actor, bea: Actor, library: Node, signed_in: SignedIn, now: datetime
) -> None:
    writer = signed_in(cecilia.person)
    told = {
        "node": library.pk,
        "name": "Parkering",
        "kind": "ordinary",
        "language": "sv",
        "text": "Du parkerar gratis.",
    }
    bad = writer.post(reverse("module-new"), told | {"text": "[nej]"})
    assert bad.status_code == 422
    assert "nej" in bad.content.decode()
    writer.post(reverse("module-new"), told)
    module = Module.objects.get()
    page = reverse("module", args=[module.pk])
    del told["node"]
    writer.post(page, told | {"text": "Du parkerar gratis i två timmar."})
    writer.post(reverse("module-act", args=[module.pk, "propose"]))
    assert "aria-disabled" in shown(writer.get(page))

    approver = signed_in(bea.person)
    approver.post(reverse("module-act", args=[module.pk, "approve"]))

    assert "Används" in shown(approver.get(page))
    listed = shown(
        approver.get(reverse("modules"), {"q": "timmar", "slag": "ordinary"})
    )
    assert "Parkering" in listed
    nothing = shown(approver.get(reverse("modules"), {"q": "finns inte"}))
    assert "Parkering" not in nothing
    approver.post(reverse("module-follow", args=[module.pk]))
    assert Module.objects.count() == 2


def test_the_list_costs_the_same_however_long(
    hours: Module,
    cecilia: Actor,
    bea: Actor,
    library: Node,
    signed_in: SignedIn,
    now: datetime,
) -> None:
    approver = signed_in(bea.person)
    few = queries(approver, reverse("modules"))
    for _n in range(5):
        modules.write(library, HOURS, actor=cecilia, at=now)

    assert queries(approver, reverse("modules")) == few
