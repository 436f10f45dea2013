"""Handing out a case as a package that a stranger can check."""

from datetime import datetime
from pathlib import Path

from uppsikt.governance import actors
from uppsikt.governance.models import User
from uppsikt.governance.moves import NotYours
from uppsikt.moderation import exporting
from uppsikt.moderation.models import Case
from uppsikt.moderation.special import SpecialPathOnly
from uppsikt.records import files, packing, vault
from uppsikt.web.commands.stops import ASKED_WRONGLY, NOT_WELL, Stop
from uppsikt.web.commands.verifying import in_swedish


def case(number: int, to: Path, *, by: str, at: datetime) -> Path:
    """Write the package of a case to `to`, in the name of the person `by`.

    Raises:
        Stop: there is no such case or person, they may not, or it is not sealed yet.
    """
    if to.exists():
        raise Stop(f"{to} finns redan. Välj ett annat namn.", code=ASKED_WRONGLY)
    person = User.objects.filter(email__iexact=by, is_active=True).first()
    wanted = Case.objects.filter(pk=number).first()
    if person is None or wanted is None:
        missing = f"någon person {by}" if person is None else f"något ärende {number}"
        raise Stop(f"Det finns inte {missing}.", code=ASKED_WRONGLY)
    data = _packed(wanted, person, at)
    files.write(to, lambda out: out.write(data))
    return to


def _packed(wanted: Case, person: User, at: datetime) -> bytes:
    actor = actors.of(person, at=at)
    try:
        package = exporting.pack_case(wanted, actor=actor, at=at)
        return vault.open_(package.blob)
    except SpecialPathOnly as fault:
        text = "Ett särskilt ärende lämnas inte ut på det här sättet."
        raise Stop(text, code=NOT_WELL) from fault
    except NotYours as refusal:
        raise Stop(in_swedish(refusal.reason), code=NOT_WELL) from refusal
    except packing.NotSealed as fault:
        text = (
            "Ärendet har poster som liggaren inte har förseglat än. Se att arbetaren "
            "är igång och försök igen om en stund."
        )
        raise Stop(text) from fault
    except (vault.Damaged, vault.Disposed) as fault:
        raise Stop(f"Ett underlag saknas eller är skadat ({fault}).") from fault
