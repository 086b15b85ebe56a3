"""Who acts: all that the lower rooms know of a person.

A role is held in a place for a time. `RoleIn` carries the place as a 12-digit division code and,
for people who speak for a handling unit, the unit's code. Times are checked where actors are
made (`people`), so an `Actor` holds only what is valid now.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """Roles of people at the doors; labels live in `people`."""

    DEPUTY = "deputy"
    LEADER = "leader"
    KEEPER = "keeper"
    GRID_WORKER = "grid_worker"
    PRESIDIUM = "presidium"
    OFFICE = "office"
    VILLAGE = "village"
    VILLAGE_SUPERVISOR = "village_supervisor"
    UNIT_CLERK = "unit_clerk"
    UNIT_HEAD = "unit_head"
    OVERSIGHT = "oversight"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDITOR = "auditor"


class ActorKind(StrEnum):
    """What kind of thing acts."""

    ACCOUNT = "account"
    RESIDENT = "resident"
    MACHINE = "machine"
    SYSTEM = "system"


def place_prefix(code: str) -> str:
    """Return the part of a 12-digit division code that all places inside it share."""
    for width in (2, 4, 6, 9):
        if set(code[width:]) <= {"0"}:
            return code[:width]
    return code


def covers(place: str, code: str) -> bool:
    """Say whether `code` lies in `place` (both 12-digit division codes)."""
    return code.startswith(place_prefix(place))


@dataclass(frozen=True, slots=True)
class RoleIn:
    """One role, held in one place (and for one unit, where the role speaks for a unit)."""

    role: Role
    place: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or machine that acts, with the roles that are valid at this moment."""

    id: UUID | None
    name: str
    kind: ActorKind = ActorKind.ACCOUNT
    roles: tuple[RoleIn, ...] = field(default=())

    def has(self, *roles: Role) -> bool:
        """Say whether the actor holds one of `roles` anywhere."""
        return any(held.role in roles for held in self.roles)

    def has_in(self, code: str, *roles: Role) -> bool:
        """Say whether the actor holds one of `roles` in a place that covers `code`."""
        return any(held.role in roles and covers(held.place, code) for held in self.roles)

    def places(self, *roles: Role) -> tuple[str, ...]:
        """Return the places in which the actor holds one of `roles`."""
        return tuple(sorted({held.place for held in self.roles if held.role in roles}))

    def units(self, *roles: Role) -> tuple[str, ...]:
        """Return the codes of the units that the actor speaks for in one of `roles`."""
        return tuple(sorted({held.unit for held in self.roles if held.unit and held.role in roles}))

    @property
    def scope(self) -> str:
        """Return the key under which this actor's client request ids are unique."""
        return f"{self.kind}:{self.id or self.name}"


RESIDENT = Actor(id=None, name="resident", kind=ActorKind.RESIDENT)
SYSTEM = Actor(id=None, name="system", kind=ActorKind.SYSTEM)
