"""The laws behind the rules, as data: what each asks, where it stands, since when."""

import tomllib
from datetime import date
from functools import lru_cache
from importlib.resources import files

from pydantic import Field

from uppsikt.policy.guideline import Strict


class Provision(Strict):
    """One place in a law, in our own short words; `by` is the act that changed it."""

    where: str
    says: str
    since: date | None = None
    by: str = ""


class Law(Strict):
    """A law that binds the municipality in social media (D-35, R-8.4-1)."""

    id: str = Field(pattern=r"^[a-z][a-z-]*$")
    name: str
    short: str
    number: str
    in_force: date
    source: str = Field(pattern=r"^https://")
    rows: tuple[str, ...] = Field(min_length=1)
    provision: tuple[Provision, ...] = Field(min_length=1)
    usual_secrecy: tuple[str, ...] = ()

    @property
    def changed(self) -> date:
        """Return the day of its newest provision, or when it came into force."""
        return max(p.since or self.in_force for p in self.provision)


class NoSuchLaw(KeyError):
    """The register has no law by that name."""


class Register(Strict):
    law: tuple[Law, ...]


@lru_cache(maxsize=1)
def register() -> tuple[Law, ...]:
    """Return the laws that ship with the program, in the order they are shown."""
    text = (files("uppsikt.policy") / "laws.toml").read_text(encoding="utf-8")
    return Register.model_validate(tomllib.loads(text)).law


def named(name: str) -> Law:
    """Return the law called `name`; raise `NoSuchLaw` if there is none."""
    found = next((law for law in register() if law.id == name), None)
    if found is None:
        raise NoSuchLaw(name)
    return found
