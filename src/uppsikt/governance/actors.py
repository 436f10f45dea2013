"""Who acts. Built once at the edge, with the roles that hold at that moment."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from uppsikt.governance.models import Assignment, User
from uppsikt.policy.roles import READS_RESTRICTED, SEES_CONTENT, Role


class NobodyThere(Exception):
    """The act needs a person, and the clock tried it."""


@dataclass(frozen=True)
class Actor:
    """A person with their roles, each at a node's path; or the clock."""

    name: str
    user: User | None
    grants: tuple[tuple[Role, str], ...]

    def roles_at(self, path: str) -> frozenset[Role]:
        """Return the roles held at `path` or above it."""
        return frozenset(r for r, reach in self.grants if path.startswith(reach))

    @cached_property
    def sees(self) -> tuple[str, ...]:
        """Return the paths whose content the actor may see."""
        return tuple(sorted({p for r, p in self.grants if r in SEES_CONTENT}))

    @property
    def person(self) -> User:
        """Return the person who acts; raise `NobodyThere` when it is the clock."""
        if self.user is None:
            raise NobodyThere
        return self.user

    def reads_restricted(self, path: str) -> bool:
        """Tell whether the actor may open restricted evidence at `path`."""
        return bool(self.roles_at(path) & READS_RESTRICTED)

    def has(self, *roles: Role) -> bool:
        """Tell whether the actor holds any of `roles`, anywhere."""
        return any(role in roles for role, _ in self.grants)


CLOCK: Final = Actor("clock", None, ((Role.CLOCK, ""),))


def of(user: User, *, at: datetime) -> Actor:
    """Return `user` as an actor with the roles that hold at `at`."""
    name = f"user:{user.pk}"
    if not user.is_active:
        return Actor(name, user, ())
    held = Assignment.objects.holding(at).filter(user=user).select_related("node")
    return Actor(name, user, tuple((Role(a.role), a.node.path) for a in held))
