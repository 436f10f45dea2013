"""Which guideline is in force: the file that was kept when it was decided."""

from datetime import datetime
from functools import lru_cache
from importlib.resources import as_file, files

from uppsikt.governance.models import Adoption
from uppsikt.policy import guideline as policy
from uppsikt.policy.clocks import Span
from uppsikt.policy.guideline import Guideline
from uppsikt.records import vault
from uppsikt.records.models import Blob


class NoneInForce(Exception):
    """No guideline was in force at that moment (R-0-1)."""


def in_force(at: datetime) -> Guideline:
    """Return the guideline in force at `at`, as it was adopted (R-0-5).

    One question to the database: what a file says is read once for each process.

    Raises:
        NoneInForce: nothing was adopted before `at`.
        vault.Damaged: the adopted file is gone, or no longer what was kept.
    """
    adopted = Adoption.objects.filter(starts_at__lte=at).order_by("-starts_at")
    name = adopted.values_list("source_id", flat=True).first()
    if name is None:
        raise NoneInForce
    return _kept(name)


def of(adopted: Adoption) -> Guideline:
    """Return what a version said, whether it holds now or not.

    Raises:
        vault.Damaged: the adopted file is gone, or no longer what was kept.
    """
    return _kept(adopted.source_id)


@lru_cache(maxsize=32)
def _kept(name: str) -> Guideline:
    return policy.parse(vault.open_(Blob.objects.get(name=name)))


def packaged(name: str) -> Guideline:
    """Return the guideline file `name` that the program ships, to compare or adopt."""
    return policy.parse(packaged_file(name))


@lru_cache(maxsize=8)
def packaged_file(name: str) -> bytes:
    """Return the bytes of the guideline file `name` that the program ships.

    Raises:
        policy.Broken: there is no such file, or it is no guideline.
    """
    with as_file(files("uppsikt.policy") / "guidelines") as folder:
        return policy.whole(folder / f"{name}.toml")


def span(guideline: Guideline, name: str) -> Span:
    """Return parameter `name` as a span of time."""
    return Span.parse(guideline.text(name))
