"""Found Exempelby in an empty installation, by the acts that people really make.

python -m tests.browser.cast HANDLE     the library's account at its platform
Prints what a test must know, as JSON.
"""

import json
import sys
from datetime import datetime, timedelta
from typing import Any

import django

PASSWORD = "hav-sten-lampa-9"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
WITH_CODES = "cecilia"
ADDRESSES = {
    "bluesky": "https://bsky.app/profile/",
    "facebook": "https://www.facebook.com/",
}


def main(handle: str) -> None:
    """Found the town and print who lives there."""
    django.setup()
    sys.stdout.write(json.dumps(found(handle)))


def found(handle: str) -> dict[str, Any]:
    """Make places, people and channels; return their keys by name."""
    from django.utils import timezone

    from uppsikt.governance import actors, adopting

    now = timezone.now()
    at = now - timedelta(days=3)
    adopting.adopt_packaged(
        "tyreso",
        {"privacy_notice": "https://www.exempelby.example/personuppgifter"},
        decided_by="Kommundirektör",
        actor=actors.CLOCK,
        at=now - timedelta(days=400),
    )
    places = _places()
    people = _people(places, at)
    library = _channel(places["library"], people, ("bluesky", handle), at)
    pool = _channel(places["pool"], people, ("facebook", "exempelbybadet"), at)
    return {
        "people": {name: user.pk for name, user in people.items()},
        "nodes": {name: node.pk for name, node in places.items()},
        "channels": {"library": library.pk, "pool": pool.pk},
    }


def _places() -> dict[str, Any]:
    from uppsikt.governance.models import Node

    kinds = Node.Kind
    municipality = Node.plant(kinds.MUNICIPALITY, "Exempelby kommun")
    culture = Node.plant(kinds.DEPARTMENT, "Kultur och fritid", municipality)
    return {
        "municipality": municipality,
        "culture": culture,
        "library": Node.plant(kinds.UNIT, "Biblioteket", culture),
        "pool": Node.plant(kinds.UNIT, "Badhuset", culture),
        "school": Node.plant(kinds.DEPARTMENT, "Utbildning", municipality),
    }


def _people(places: dict[str, Any], at: datetime) -> dict[str, Any]:
    """Return everybody by name, in every role that a person can have."""
    from allauth.account.models import EmailAddress
    from allauth.mfa.totp.internal import auth as totp

    from uppsikt.governance.models import Assignment, User
    from uppsikt.policy.roles import Role

    everybody = (
        ("Anna", "bibliotekarie", Role.PUBLISHER, "library"),
        ("Bengt", "enhetschef", Role.LINE_MANAGER, "culture"),
        ("Cecilia", "kommunikatör", Role.COMMUNICATIONS_OFFICER, "culture"),
        ("David", "rektor", Role.LINE_MANAGER, "school"),
        ("Rut", "registrator", Role.REGISTRAR, "municipality"),
        ("Karin", "kommunikationschef", Role.COMMUNICATIONS_DIRECTOR, "municipality"),
        ("Kim", "kommunikationsstrateg", Role.COMMUNICATIONS_OFFICE, "municipality"),
        ("Gunnar", "kommundirektör", Role.MUNICIPAL_DIRECTOR, "municipality"),
        ("Frida", "förvaltningschef", Role.DEPARTMENT_DIRECTOR, "culture"),
        ("Arvid", "arkivarie", Role.ARCHIVIST, "municipality"),
        ("Disa", "dataskyddsombud", Role.DATA_PROTECTION_OFFICER, "municipality"),
        ("Rebecka", "revisor", Role.AUDITOR, "municipality"),
        ("Sara", "systemförvaltare", Role.SYSTEM_ADMINISTRATOR, "municipality"),
        ("Ella", "badvakt", Role.EMPLOYEE, "pool"),
        ("Olga", "simlärare", Role.EMPLOYEE, "pool"),
        ("Oskar", "simlärare", Role.EMPLOYEE, "pool"),
        ("Nils", "badmästare", Role.EMPLOYEE, "pool"),
    )
    people = {}
    for name, title, role, place in everybody:
        user = User.objects.create_user(
            f"{name.lower()}@exempelby.example",
            PASSWORD,
            first_name=name,
            title=title,
            unit=places[place].name,
        )
        EmailAddress.objects.create(
            user=user, email=user.email, verified=True, primary=True
        )
        Assignment.objects.create(
            user=user, role=str(role), node=places[place], starts_at=at
        )
        people[name.lower()] = user
    totp.TOTP.activate(people[WITH_CODES], SECRET)
    return people


def _channel(
    unit: Any, people: dict[str, Any], account: tuple[str, str], at: datetime
) -> Any:
    """Apply for a channel that Anna is to answer for, approve it and launch it."""
    from tests.conftest import CARD, GROUNDS, fulfil, hand_over
    from uppsikt.channels import actions as channels
    from uppsikt.channels import starting
    from uppsikt.governance import actors

    anna, bengt, cecilia = (
        actors.of(people[name], at=at) for name in ("anna", "bengt", "cecilia")
    )
    site, handle = account
    application = channels.Application(
        site=site,
        handle=handle,
        url=ADDRESSES[site] + handle,
        name=unit.name,
        owner=people["anna"],
        deputy=people["bengt"],
        card=CARD,
    )
    channel = channels.apply(unit, application, actor=cecilia, at=at)
    channels.approve(channel, confirmed=GROUNDS, actor=bengt, at=at)
    fulfil(channel, people["anna"], people["bengt"], at)
    hand_over(channel, people["anna"], people["cecilia"], at)
    [notice] = channel.start_notices.all()
    starting.receive(notice, actor=cecilia, at=at)
    anna = actors.of(people["anna"], at=at)
    channels.launch(channel, cut_over_at=at, actor=anna, at=at)
    return channel


if __name__ == "__main__":
    main(sys.argv[1])
