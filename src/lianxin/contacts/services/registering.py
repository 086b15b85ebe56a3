"""Registering households, members of bodies and appointments, one by one or in bulk with the same checks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor, ActorKind, Role
from lianxin.common.errors import Denied, Invalid
from lianxin.common.numbers import next_numbers
from lianxin.common.sealing import new_wrapped_key, seal
from lianxin.common.writes import write
from lianxin.contacts.codes import slip_code, slip_hash
from lianxin.contacts.models import Answer, Consent, ConsentWay, ContactMember, Household, HouseholdKey
from lianxin.contacts.permissions import STAFF
from lianxin.contacts.services.terms import valid_until
from lianxin.people.models import Deputy
from lianxin.regions.selectors import division_names

PHONE = re.compile(r"^(1\d{10}|0\d{9,11}|\d{7,8})$")
GROUPS = range(1, 41)


@dataclass(frozen=True, slots=True)
class NewHousehold:
    """A household to register: 户主称呼, 村组; a telephone and an answer where it gave them."""

    division_code: str
    group_no: int
    name: str
    phone: str = ""
    answer: str = ""
    way: str = ConsentWay.PERSON.value


@dataclass(frozen=True, slots=True)
class NewMember:
    """A deputy who sits in a body whose members keep contacts."""

    deputy: Deputy
    body_code: str
    since: date


@write
def household_register(*, actor: Actor, new: NewHousehold, request_id: str | None = None) -> Household:
    """Register one household, with its answer where it has given one."""
    return households_register(actor=actor, rows=[new])[0]


def households_register(*, actor: Actor, rows: Sequence[NewHousehold]) -> list[Household]:
    """Register many households; one entry in the trail for all."""
    for new in rows:
        _check(actor, new)
    numbers = _numbers(rows)
    made, keys, consents = [], [], []
    for new, number in zip(rows, numbers, strict=True):
        row, key = _household(new, number)
        made.append(row)
        keys.append(key)
        consents += [_answer(actor, row, new)] if new.answer else []
    Household.objects.bulk_create(made, batch_size=500)
    HouseholdKey.objects.bulk_create(keys, batch_size=500)
    Consent.objects.bulk_create(consents, batch_size=500)
    _on_record(actor, "households_register", made[0].home6 if made else "", len(made), "household")
    return made


def members_register(*, actor: Actor, rows: Sequence[NewMember], home6: str) -> list[ContactMember]:
    """Note who sits in the standing committee and in the presidiums."""
    places = {row.body_code for row in rows}
    if actor.kind is not ActorKind.SYSTEM and not all(actor.has_in(one, Role.OFFICE) for one in places):
        raise Denied("组成人员、主席团成员名单由代工委登记。")
    made = [ContactMember(deputy=row.deputy, body_code=row.body_code, since=row.since) for row in rows]
    ContactMember.objects.bulk_create(made, batch_size=500)
    _on_record(actor, "members_register", home6, len(made), "contact_member")
    return made


@write
def member_account_link(
    *, actor: Actor, member: ContactMember, account_id: Any, request_id: str | None = None
) -> ContactMember:
    """Say by which account a member signs in where it is not the deputy's own."""
    if actor.kind is not ActorKind.SYSTEM and not actor.has_in(member.body_code, Role.OFFICE):
        raise Denied("组成人员、主席团成员名单由代工委登记。")
    member.account_id = account_id
    member.save(update_fields=["account_id"])
    _on_record(actor, "member_account_link", member.deputy.home6, 1, "contact_member")
    return member


def _check(actor: Actor, new: NewHousehold) -> None:
    problems = _problems(new)
    here = actor.kind is ActorKind.SYSTEM or actor.has_in(new.division_code, *STAFF)
    if "village" not in problems and not here:
        raise Denied("只能登记本镇的户。")
    if problems:
        raise Invalid("有几项还没填好，请看每一项的提示。", fields=problems)


def _problems(new: NewHousehold) -> dict[str, str]:
    problems: dict[str, str] = {}
    if not new.name.strip():
        problems["name"] = "请填怎么称呼户主，如「李大叔」。"
    if new.division_code.endswith("000") or new.division_code not in division_names():
        problems["village"] = "请选村或社区。"
    if new.group_no not in GROUPS:
        problems["group_no"] = "组号是 1 到 40。"
    if phone_bare(new.phone) and not PHONE.match(phone_bare(new.phone)):
        problems["phone"] = "手机号是 11 位数字，也可以不填。"
    if new.answer and new.answer not in Answer.values:
        problems["answer"] = "请选同意、希望更换或不参加。"
    if new.way not in ConsentWay.values:
        problems["way"] = "请选是怎么问的。"
    return problems


def phone_bare(phone: str) -> str:
    """Return a telephone number without spaces and dashes."""
    return re.sub(r"[\s-]", "", phone)


def _numbers(rows: Sequence[NewHousehold]) -> list[str]:
    """Number the households of each village on from its last."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, new in enumerate(rows):
        places[new.division_code].append(place)
    numbers = [""] * len(rows)
    for village, mine in places.items():
        series = f"household-{village}"
        taken = next_numbers(home6=village[:6], series=series, year=0, count=len(mine))
        for place, number in zip(mine, taken, strict=True):
            numbers[place] = f"{village[6:]}-{number:04d}"
    return numbers


def _household(new: NewHousehold, number: str) -> tuple[Household, HouseholdKey]:
    wrapped, phone = new_wrapped_key(), phone_bare(new.phone)
    row = Household(
        home6=new.division_code[:6],
        division_code=new.division_code,
        number=number,
        group_no=new.group_no,
        name=seal(new.name.strip()[:20], wrapped_key=wrapped),
        phone=seal(phone, wrapped_key=wrapped),
        has_phone=bool(phone),
    )
    row.code_hash = slip_hash(slip_code(row.id))
    return row, HouseholdKey(household_id=row.id, wrapped=wrapped)


def _answer(actor: Actor, row: Household, new: NewHousehold) -> Consent:
    today = clock.today()
    return Consent(
        household=row,
        answer=new.answer,
        way=new.way,
        answered_on=today,
        valid_until=valid_until(today, row.home6),
        recorded_by=actor.id,
    )


def _on_record(actor: Actor, tag: str, home6: str, count: int, kind: str) -> None:
    if count:
        record(
            actor=actor, tag=f"contacts.{tag}", kind=kind, target=home6, home6=home6, facts={"count": count}
        )
