"""Registering people in bulk: organs, deputies with seats, groups. Used at set-up and by imports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password

from lianxin.audit.services import record
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Refused
from lianxin.common.romanised import romanised
from lianxin.people.models import Account, Deputy, DeputyGroup, GroupMember, Organ, RoleHeld, Seat
from lianxin.people.permissions import only


@dataclass(frozen=True)
class NewOrgan:
    """An organ to register."""

    code: str
    name: str
    short_name: str
    kind: str
    level: str
    division_code: str


@dataclass(frozen=True)
class NewSeat:
    """A seat of a new deputy."""

    level: str
    body_code: str
    term: str
    constituency: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True)
class NewDeputy:
    """A deputy to register; `username` is given where the person signs in."""

    name: str
    division_code: str
    seats: tuple[NewSeat, ...]
    sex: str = ""
    born_year: int | None = None
    occupation: str = ""


@dataclass(frozen=True)
class NewRole:
    """A role to grant to an account."""

    account: UUID
    role: Role
    place: str
    unit: str = ""


def organs_register(*, actor: Actor, organs: Sequence[NewOrgan], home6: str) -> int:
    """Register organs that are not there yet; return how many."""
    have = set(Organ.objects.values_list("code", flat=True))
    new = [Organ(home6=home6, **vars(organ)) for organ in organs if organ.code not in have]
    Organ.objects.bulk_create(new)
    record(
        actor=actor,
        tag="people.organs_register",
        kind="organ",
        target=home6,
        home6=home6,
        facts={"count": len(new)},
    )
    return len(new)


def accounts_register(*, actor: Actor, people: Sequence[tuple[str, str]], home6: str) -> list[Account]:
    """Register (username, display name) pairs without a password; each sets one with an administrator."""
    closed = make_password(None)
    rows = [Account(username=username, display_name=name, password=closed) for username, name in people]
    Account.objects.bulk_create(rows)
    record(
        actor=actor,
        tag="people.accounts_register",
        kind="account",
        target=home6,
        home6=home6,
        facts={"count": len(rows)},
    )
    return rows


def roles_register(*, actor: Actor, roles: Sequence[NewRole], home6: str, since: date) -> None:
    """Grant roles in bulk."""
    RoleHeld.objects.bulk_create(
        [
            RoleHeld(
                account_id=row.account,
                role=row.role,
                place=row.place,
                unit=row.unit,
                valid_from=since,
                granted_by=actor.id,
            )
            for row in roles
        ]
    )
    record(
        actor=actor,
        tag="people.roles_register",
        kind="account",
        target=home6,
        home6=home6,
        facts={"count": len(roles)},
    )


def deputies_register(
    *, actor: Actor, deputies: Sequence[NewDeputy], home6: str, prefix: str
) -> list[Deputy]:
    """Register deputies under numbers of the system; each gets an account that is opened later."""
    first = Deputy.objects.filter(home6=home6).count() + 1
    cards = [f"{home6}-{place:04d}" for place in range(first, first + len(deputies))]
    names = [f"{prefix}{place:04d}" for place in range(1, len(deputies) + 1)]
    return deputies_enter(actor=actor, deputies=list(zip(cards, names, deputies, strict=True)), home6=home6)


def deputies_enter(
    *, actor: Actor, deputies: Sequence[tuple[str, str, NewDeputy]], home6: str
) -> list[Deputy]:
    """Enter (card number, username, person), each with a closed account and his seats."""
    accounts = accounts_register(
        actor=actor, people=[(username, one.name) for _, username, one in deputies], home6=home6
    )
    rows = [
        Deputy(
            home6=home6,
            division_code=person.division_code,
            account=account,
            name=person.name,
            sex=person.sex,
            born_year=person.born_year,
            occupation=person.occupation,
            pinyin=romanised(person.name),
            card_number=card,
        )
        for (card, _, person), account in zip(deputies, accounts, strict=True)
    ]
    Deputy.objects.bulk_create(rows)
    people = [person for _, _, person in deputies]
    Seat.objects.bulk_create(
        [
            Seat(deputy=row, **vars(seat))
            for row, person in zip(rows, people, strict=True)
            for seat in person.seats
        ]
    )
    record(
        actor=actor,
        tag="people.deputies_register",
        kind="deputy",
        target=home6,
        home6=home6,
        facts={"count": len(rows)},
    )
    return rows


def groups_register(*, actor: Actor, groups: Sequence[tuple[str, str, Sequence[Deputy]]], home6: str) -> int:
    """Register (name, division, members) groups; the first member leads."""
    for name, division_code, members in groups:
        group = DeputyGroup.objects.create(
            home6=home6, division_code=division_code, name=name, leader=members[0]
        )
        GroupMember.objects.bulk_create([GroupMember(group=group, deputy=member) for member in members])
    record(
        actor=actor,
        tag="people.groups_register",
        kind="deputy_group",
        target=home6,
        home6=home6,
        facts={"count": len(groups)},
    )
    return len(groups)


def account_open(
    *,
    actor: Actor,
    account: Account,
    username: str,
    display_name: str,
    encoded: str,
    home6: str,
    email: str = "",
    is_demo: bool = False,
) -> None:
    """Give a registered account its name and (encoded) password; only a demo account may keep it."""
    only(actor, Role.SYSTEM_ADMIN)
    if is_demo and not settings.LIANXIN_DEMO:
        raise Refused("演示账号只能在演示模式下建立。")
    account.username, account.display_name, account.email = username, display_name, email
    account.is_demo, account.must_change_password = is_demo, not is_demo
    account.password = encoded
    account.save()
    record(actor=actor, tag="people.account_open", kind="account", target=account.id, home6=home6)


def deputy_rename(*, actor: Actor, deputy: Deputy, name: str) -> None:
    """Correct a deputy's name."""
    deputy.name, deputy.pinyin = name, romanised(name)
    deputy.save(update_fields=["name", "pinyin"])
    record(actor=actor, tag="people.deputy_rename", kind="deputy", target=deputy.id, home6=deputy.home6)
