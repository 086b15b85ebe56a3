"""Rows of staff: one administrator makes closed accounts, another one grants the roles (三员分立)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Denied, LianxinError, Refused
from lianxin.common.writes import write
from lianxin.enrolment.models import EnrolmentSheet, SheetKind
from lianxin.enrolment.permissions import sheets_visible_to
from lianxin.enrolment.rules import Staff, read_staff
from lianxin.enrolment.services.parts import Brought, Cells
from lianxin.people.loading import accounts_register
from lianxin.people.models import Account, Organ, RoleHeld, RoleLabel
from lianxin.people.permissions import APART
from lianxin.people.services import role_grant
from lianxin.regions.selectors import names_within

ANOTHER = "用户名：这个用户名已经是「{name}」的，请换一个；同一个人有几个角色，姓名和用户名要写得一样。"
HELD = "已经有这个角色了"


def roles_by_word() -> dict[str, str]:
    """Return the roles that a sheet may ask for; 三员 are made one by one, a deputy's comes with his seat."""
    apart = {one.value for one in (*APART, Role.DEPUTY)}
    return {str(label): value for value, label in RoleLabel.choices if value not in apart}


def take(actor: Actor, place: str, rows: Sequence[Cells]) -> Brought:
    """Make the accounts that are not there yet and keep what roles are asked for."""
    home6, brought = place[:6], Brought()
    places, roles, units = names_within(f"{home6}000000"), roles_by_word(), _units(home6)
    read = [(cells, read_staff(cells, places, roles, units)) for cells in rows]
    wanted = [said.username for _, said in read if isinstance(said, Staff)]
    known = {one.username: one for one in Account.objects.filter(username__in=wanted)}
    names = {username: one.display_name for username, one in known.items()}
    good: list[Staff] = []
    for cells, said in read:
        if isinstance(said, list):
            brought.refuse(cells, *said)
        elif names.setdefault(said.username, said.name) != said.name:
            brought.refuse(cells, ANOTHER.format(name=names[said.username]))
        elif said in good:
            brought.repeated += 1
        else:
            good.append(said)
    brought.taken = len(good)
    brought.asked = _asked(actor, home6, good, known)
    return brought


def _units(home6: str) -> dict[str, tuple[str, str]]:
    """Return the active units by full and short name; a short name that two share is left out."""
    rows = list(Organ.objects.filter(home6=home6, is_active=True))
    short = [one.short_name for one in rows]
    found = {one.name: (one.code, one.division_code) for one in rows}
    return {one.short_name: found[one.name] for one in rows if short.count(one.short_name) == 1} | found


def _asked(
    actor: Actor, home6: str, good: Sequence[Staff], known: dict[str, Account]
) -> list[dict[str, str]]:
    new = {one.username: one for one in good if one.username not in known}
    pairs = [(username, one.name) for username, one in new.items()]
    made = accounts_register(actor=actor, people=pairs, home6=home6) if pairs else []
    for account in made:
        account.email = new[account.username].email
    Account.objects.bulk_update(made, ["email"])
    accounts = known | {one.username: one for one in made}
    return [
        {
            "account": str(accounts[one.username].pk),
            "name": one.name,
            "username": one.username,
            "role": one.role,
            "place": one.place,
            "unit": one.unit,
        }
        for one in good
    ]


@write
def staff_grant(*, actor: Actor, sheet: EnrolmentSheet, request_id: str | None = None) -> EnrolmentSheet:
    """Grant what a sheet of staff asks for, once; who may not hold a role is told on the sheet."""
    if not (actor.has(Role.SECURITY_ADMIN) and sheets_visible_to(actor).filter(pk=sheet.pk).exists()):
        raise Denied("角色由安全管理员授予。")
    fresh = EnrolmentSheet.objects.filter(pk=sheet.pk, kind=SheetKind.STAFF, granted_at=None)
    if not fresh.update(granted_at=clock.now(), granted_by=actor.id):
        raise Refused("这一份已经授予过了。")
    sheet.refresh_from_db()
    sheet.asked = [{**one, "fault": _grant(actor, one)} for one in sheet.asked]
    sheet.save(update_fields=["asked"])
    facts = {"granted": sum(not one["fault"] for one in sheet.asked), "asked": len(sheet.asked)}
    record(
        actor=actor,
        tag="enrolment.grant",
        kind="enrolment_sheet",
        target=sheet.id,
        home6=sheet.home6,
        facts=facts,
    )
    return sheet


def _grant(actor: Actor, asked: dict[str, str]) -> str:
    """Grant one role; return what stands against it, or nothing."""
    account = Account.objects.get(pk=UUID(asked["account"]))
    place, unit, role = asked["place"], asked["unit"], Role(asked["role"])
    held = RoleHeld.objects.filter(account=account, role=role, place=place, unit=unit, valid_to=None)
    if held.exists():
        return HELD
    try:
        with transaction.atomic():
            role_grant(
                actor=actor, account=account, role=role, place=place, unit=unit, valid_from=clock.today()
            )
    except LianxinError as refusal:
        return refusal.message
    return ""
