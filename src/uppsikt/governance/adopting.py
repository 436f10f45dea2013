"""Taking a guideline into force: a decision, a file in the vault, a moment."""

from datetime import datetime
from importlib.resources import files

from django.db import transaction

from uppsikt.governance import rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Adoption
from uppsikt.records import ledger, vault


@transaction.atomic
def adopt_packaged(
    name: str, *, decided_by: str, actor: Actor, at: datetime
) -> Adoption:
    """Take the guideline file `name` that the program ships into force from `at`.

    The file's bytes are kept, so that what was in force can be shown later (R-0-5).
    """
    guideline = rules.packaged(name)
    source = files("uppsikt.policy") / "guidelines" / f"{name}.toml"
    blob = vault.keep(source.read_bytes(), "application/toml", at=at)
    told = {"guideline": guideline.id, "file": blob.name, "decided_by": decided_by}
    entry = ledger.append(
        "guideline.adopt", f"guideline:{name}", told, actor=actor.name, at=at
    )
    return Adoption.objects.create(
        guideline=name,
        source=blob,
        starts_at=at,
        decided_by=decided_by,
        registry_number=guideline.registry_number,
        entry=entry,
    )
