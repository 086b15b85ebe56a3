"""Corrections of the roll: a deputy's particulars, a unit's name, a unit that is no more."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.common.romanised import romanised
from lianxin.common.writes import write
from lianxin.enrolment.models import SheetKind
from lianxin.enrolment.permissions import may_bring, may_deputy
from lianxin.enrolment.rules import UNIT_COLUMNS, Unit, read_unit
from lianxin.people.models import Deputy, Organ
from lianxin.regions.selectors import names_within

TAKEN = "已经有这个名称的单位了。"


@write
def deputy_correct(
    *,
    actor: Actor,
    deputy: Deputy,
    name: str,
    home: str,
    occupation: str = "",
    request_id: str | None = None,
) -> Deputy:
    """Correct name, home (by its full name) and occupation; the account shows the new name too."""
    if not may_deputy(actor, "correct", deputy):
        raise Denied("这位代表的名册不归您登记。")
    code = names_within(f"{deputy.home6}000000").get(home.strip(), "")
    fields = {}
    if not 2 <= len(name.strip()) <= 20:
        fields["name"] = "请写 2 到 20 个字。"
    if not code:
        fields["home"] = "请写市、镇或村的全名；两个镇有同名的村，写成镇名加村名。"
    if len(occupation.strip()) > 40:
        fields["occupation"] = "请写在 40 个字以内。"
    if fields:
        raise Invalid("还没有改，请看每一项的提示。", fields=fields)
    deputy.name, deputy.pinyin = name.strip(), romanised(name.strip())
    deputy.division_code, deputy.occupation = code, occupation.strip()
    deputy.save(update_fields=["name", "pinyin", "division_code", "occupation"])
    if deputy.account is not None:
        deputy.account.display_name = deputy.name
        deputy.account.save(update_fields=["display_name"])
    record(actor=actor, tag="people.deputy_correct", kind="deputy", target=deputy.id, home6=deputy.home6)
    return deputy


@write
def unit_rename(
    *, actor: Actor, unit: Organ, name: str, short_name: str, request_id: str | None = None
) -> Organ:
    """Give a unit its new name (after a reform of departments); what it handles stays with it."""
    _may(actor, unit)
    cells = dict(zip(UNIT_COLUMNS, (name, short_name, "市", ""), strict=True))
    said = read_unit(cells, {}, f"{unit.home6}000000")
    if not isinstance(said, Unit):
        keys = {"单位全称": "name", "简称": "short_name"}
        raise Invalid(
            "还没有改，请看每一项的提示。",
            fields={keys[one.partition("：")[0]]: one.partition("：")[2] for one in said},
        )
    if Organ.objects.filter(home6=unit.home6, name=said.name).exclude(pk=unit.pk).exists():
        raise Conflict(TAKEN)
    unit.name, unit.short_name = said.name, said.short_name
    try:
        with transaction.atomic():
            unit.save(update_fields=["name", "short_name"])
    except IntegrityError:
        raise Conflict(TAKEN) from None
    _on_record(actor, unit, "people.organ_rename")
    return unit


@write
def unit_close(*, actor: Actor, unit: Organ, request_id: str | None = None) -> Organ:
    """Take a unit off the list to which matters are handed; what it has in hand stays with it."""
    _may(actor, unit)
    if not Organ.objects.filter(pk=unit.pk, is_active=True).update(is_active=False):
        raise Refused("这个单位已经停用了。")
    unit.refresh_from_db()
    _on_record(actor, unit, "people.organ_close")
    return unit


def _may(actor: Actor, unit: Organ) -> None:
    if not may_bring(actor, SheetKind.UNITS, f"{unit.home6}000000"):
        raise Denied("单位名册由人大代工委登记。")


def _on_record(actor: Actor, unit: Organ, tag: str) -> None:
    facts = {"name": unit.name, "at": str(clock.today())}
    record(actor=actor, tag=tag, kind="organ", target=unit.code, home6=unit.home6, facts=facts)
