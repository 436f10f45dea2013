"""What is said of a person: name, title and unit, who writes it, and who reads it."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _

from uppsikt.governance import people
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User
from uppsikt.governance.moves import NotYours
from uppsikt.policy.words import N_, Message

if TYPE_CHECKING:
    from pydantic import JsonValue

FIELDS: Final = ("first_name", "last_name", "title", "unit", "signs_as_function")
# What the ledger keeps of a change; of a name only that it changed.
_TOLD: Final = ("title", "unit", "signs_as_function")


def changes(user: User, actor: Actor, *, at: datetime) -> bool:
    """Tell whether `actor` writes what is said of `user`: never one's own.

    It stands under the municipality's answers (R-6.2-7), so a colleague vouches for it.
    """
    return actor.user != user and _inside(actor, at).filter(pk=user.pk).exists()


@transaction.atomic
def change(
    user: User, told: Mapping[str, object], *, actor: Actor, at: datetime
) -> list[str]:
    """Change what is said of `user` and return the names of the fields that changed.

    Raises:
        NotYours: it is the actor's own, or somebody's whom they do not appoint.
    """
    if not changes(user, actor, at=at):
        raise NotYours(Message(N_("Ask the person's manager to change this.")))
    changed = [f for f in FIELDS if f in told and told[f] != getattr(user, f)]
    if not changed:
        return []
    for name in changed:
        setattr(user, name, told[name])
    user.save(update_fields=changed)
    facts: dict[str, JsonValue] = {"changed": [*changed]}
    facts |= {f: getattr(user, f) for f in changed if f in _TOLD}
    people.write("person.describe", user, facts, actor=actor, at=at)
    return changed


def known_to(actor: Actor, *, at: datetime) -> frozenset[int]:
    """Return those with a protected identity whose names the actor may read."""
    protected = _inside(actor, at).filter(signs_as_function=True)
    own = {actor.user.pk} if actor.user else set()
    return frozenset(protected.values_list("pk", flat=True)) | own


def called(user: User, known: frozenset[int]) -> str:
    """Return what to call `user` in a list, to one who reads the names of `known`."""
    if not user.signs_as_function or user.pk in known:
        return str(user)
    return ", ".join(filter(None, (user.title, user.unit))) or _("A colleague")


def suggested(actor: Actor, *, at: datetime) -> list[User]:
    """Return the colleagues to suggest to one who appoints; to others, nobody.

    Protected identities are suggested in their own place alone.
    """
    if not actor.has(*people.APPOINTERS):
        return []
    here = User.objects.filter(is_active=True).exclude(first_name="", last_name="")
    known = known_to(actor, at=at)
    rows = here.order_by("first_name", "last_name", "pk")
    return [u for u in rows if not u.signs_as_function or u.pk in known]


def _inside(actor: Actor, at: datetime) -> "people.Users":
    return people.reached_by(actor, people.APPOINTERS, at=at)
