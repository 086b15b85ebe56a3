"""The registry of duties: a new kind is data; a changed rule begins with the next year."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lianxin.audit.services import record as on_record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid
from lianxin.common.writes import write
from lianxin.duties.fields import form_errors
from lianxin.duties.models import Cycle, DutyKind
from lianxin.duties.permissions import may_edit_kinds
from lianxin.duties.selectors import kind_in_force

FLAGS = ("needs_proof", "needs_confirmation", "checks_copies", "may_be_private")
NUMBERS = ("points", "cap", "target")


@dataclass(frozen=True, slots=True)
class KindForm:
    """What an administrator says of a kind."""

    name: str
    basis: str
    mark: str = "A"
    purpose: str = ""
    institution: str = ""
    cycle: str = Cycle.YEAR
    fields: Sequence[Mapping[str, Any]] = ()
    counting: Mapping[str, Any] = field(default_factory=dict)
    self_entered: bool = True


@write
def kind_add(
    *,
    actor: Actor,
    slug: str,
    form: KindForm,
    home6: str,
    division_code: str,
    request_id: str | None = None,
) -> DutyKind:
    """Add a kind that deputies can use from this moment on."""
    _may(actor)
    if not re.fullmatch(r"[a-z][a-z0-9_]{2,39}", slug):
        raise Invalid("编号不对。", fields={"slug": "请用小写英文字母、数字和下划线，至少 3 位。"})
    if DutyKind.objects.filter(home6=home6, slug=slug).exists():
        raise Invalid("这个编号已经有了。", fields={"slug": "请换一个编号，或去修改已有的那一类。"})
    _check(form)
    year = date(clock.today().year, 1, 1)
    kind = DutyKind.objects.create(
        home6=home6, division_code=division_code, slug=slug, valid_from=year, **_columns(form)
    )
    _tell(actor, kind, "kind_add")
    return kind


@write
def kind_change(
    *, actor: Actor, slug: str, form: KindForm, home6: str, request_id: str | None = None
) -> DutyKind:
    """Write next year's version of a kind; this year and the years before keep theirs."""
    _may(actor)
    _check(form)
    today = clock.today()
    now, begins = kind_in_force(slug, home6, today), date(today.year + 1, 1, 1)
    if now.valid_to is not None and now.valid_to < begins:
        raise Conflict("这一类已经停用。")
    DutyKind.objects.filter(pk=now.pk).update(valid_to=begins)
    kind, _ = DutyKind.objects.update_or_create(
        home6=home6,
        slug=slug,
        valid_from=begins,
        defaults={**_columns(form), "valid_to": None},
        create_defaults={
            **_columns(form),
            "division_code": now.division_code,
            "version": now.version + 1,
            "built_in": now.built_in,
            "order": now.order,
        },
    )
    _tell(actor, kind, "kind_change")
    return kind


@write
def kind_end(*, actor: Actor, slug: str, home6: str, request_id: str | None = None) -> DutyKind:
    """End a kind with this year; what was recorded under it stays."""
    _may(actor)
    today = clock.today()
    kind, ends = kind_in_force(slug, home6, today), date(today.year + 1, 1, 1)
    if kind.built_in:
        raise Conflict("随系统带来的制度不能停用，可以把目标改为 0。")
    DutyKind.objects.filter(home6=home6, slug=slug, valid_from__gte=ends).delete()
    DutyKind.objects.filter(pk=kind.pk).update(valid_to=ends)
    kind.refresh_from_db()
    _tell(actor, kind, "kind_end")
    return kind


def _may(actor: Actor) -> None:
    if not may_edit_kinds(actor):
        raise Denied("只有系统管理员可以登记履职制度。")


def _check(form: KindForm) -> None:
    wrong: dict[str, str] = {}
    if not 2 <= len(form.name.strip()) <= 20:
        wrong["name"] = "名称请写 2 到 20 个字。"
    if not form.basis.strip() or len(form.basis) > 200:
        wrong["basis"] = "写明文件名称和条款，没有就写「本地约定」。"
    if form.mark not in {"K", "L", "A"}:
        wrong["mark"] = "请从法定、参照、本地约定中选一项。"
    elif form.mark == "K" and not re.search(r"第[一二三四五六七八九十百零\d]+条", form.basis):
        wrong["basis"] = "法定依据要写明文件和第几条。"
    if form.cycle not in Cycle.values:
        wrong["cycle"] = "请选每年、每季度或每月。"
    if said := form_errors(list(form.fields)):
        wrong["fields"] = said
    if any(not 0 <= int(form.counting.get(name) or 0) <= 1000 for name in NUMBERS):
        wrong["counting"] = "分值、上限和目标请填 0 到 1000 的整数。"
    if wrong:
        raise Invalid("有几项还没填好，请看每一项的提示。", fields=wrong)


def _columns(form: KindForm) -> dict[str, Any]:
    counting: dict[str, Any] = {name: int(form.counting.get(name) or 0) for name in NUMBERS}
    counting |= {name: bool(form.counting.get(name)) for name in FLAGS}
    return {
        "name": form.name.strip(),
        "purpose": form.purpose.strip()[:120],
        "institution": form.institution,
        "basis": form.basis.strip(),
        "mark": form.mark,
        "cycle": form.cycle,
        "fields": [dict(one) for one in form.fields],
        "counting": counting,
        "self_entered": form.self_entered,
    }


def _tell(actor: Actor, kind: DutyKind, tag: str) -> None:
    facts = {"slug": kind.slug, "version": kind.version, "from": str(kind.valid_from)}
    on_record(actor=actor, tag=f"duty.{tag}", kind="duty_kind", target=kind.id, home6=kind.home6, facts=facts)
