"""履职制度登记: every kind of duty with its form, cycle and counting rule; a new one needs no code."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.common.errors import LianxinError
from lianxin.duties.models import Cycle, DutyKind
from lianxin.duties.permissions import may_edit_kinds
from lianxin.duties.selectors import kind_in_force, kind_versions, kinds_in_force, target_of
from lianxin.duties.services import KindForm, kind_add, kind_change, kind_end
from lianxin.duties.services.kinds import FLAGS, NUMBERS
from lianxin.regions.loading import CITY
from lianxin.rulebook.models import Institution
from lianxin.web.administration.parts import ADMINS, attempt, show
from lianxin.web.door import actor_of, for_roles

ROWS = 8
TYPES = (
    ("text", "一行字"),
    ("long_text", "一段话"),
    ("number", "数字"),
    ("date", "日期"),
    ("choice", "选一个"),
    ("yes_no", "是或否"),
)
FLAG_WORDS = (
    ("needs_proof", "要有佐证照片才计入"),
    ("needs_confirmation", "要受益人确认并核实才计入"),
    ("checks_copies", "提示疑似重复的文字"),
    ("may_be_private", "可以仅自己可见"),
)
NUMBER_WORDS = (("target", "每期目标（次）"), ("cap", "每期最多计入（次，0 为不限）"), ("points", "每次分值"))


@for_roles(*ADMINS, Role.OFFICE)
@never_cache
@require_GET
def kind_list(request: HttpRequest) -> HttpResponse:
    """List the kinds in force with their basis and rule."""
    year = clock.today().year
    rows = [(kind, target_of(kind, year)) for kind in kinds_in_force(settings.LIANXIN_HOME6)]
    titles = dict(Institution.objects.values_list("slug", "title"))
    page = {
        "rows": [(kind, target, titles.get(kind.institution, "")) for kind, target in rows],
        "may_edit": may_edit_kinds(actor_of(request)),
    }
    return show(request, "duty_kinds", "/administration/duties", page)


@for_roles(Role.SYSTEM_ADMIN)
@never_cache
@require_http_methods(["GET", "POST"])
def kind_new(request: HttpRequest) -> HttpResponse:
    """Add a kind; deputies see it in 「记一笔」 at once."""
    problem: LianxinError | None = None
    if request.method == "POST":
        problem = attempt(request, lambda: _add(request), _("已登记，代表在「记一笔」里马上就能用。"))
        if problem is None:
            return redirect("duty_kinds")
    page = {**_form(request.POST, None), "kind": None}
    return show(request, "duty_kind", "/administration/duties", page, problem)


def _add(request: HttpRequest) -> DutyKind:
    slug = request.POST.get("slug", "").strip() or f"kind_{uuid4().hex[:8]}"
    return kind_add(
        actor=actor_of(request),
        slug=slug,
        form=form_typed(request.POST),
        home6=settings.LIANXIN_HOME6,
        division_code=CITY,
        request_id=request.POST.get("request_id") or None,
    )


@for_roles(*ADMINS, Role.OFFICE)
@never_cache
@require_http_methods(["GET", "POST"])
def kind_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a kind with its versions; a change is next year's version."""
    home6, problem = settings.LIANXIN_HOME6, None
    kind = kind_in_force(slug, home6, clock.today())
    if request.method == "POST":
        problem = attempt(
            request, lambda: _change(request, slug), _("已记下，从下一年起执行；今年和以前的不变。")
        )
        if problem is None:
            return redirect("duty_kind", slug=slug)
    versions = list(kind_versions(home6, slug))
    page = {
        **_form(request.POST, versions[0]),
        "kind": kind,
        "versions": versions,
        "target": target_of(kind, clock.today().year),
        "may_edit": may_edit_kinds(actor_of(request)),
        "next_year": clock.today().year + 1,
    }
    return show(request, "duty_kind", "/administration/duties", page, problem)


def _change(request: HttpRequest, slug: str) -> DutyKind:
    actor, home6 = actor_of(request), settings.LIANXIN_HOME6
    if request.POST.get("act") == "end":
        return kind_end(actor=actor, slug=slug, home6=home6)
    return kind_change(actor=actor, slug=slug, form=form_typed(request.POST), home6=home6)


def form_typed(typed: QueryDict) -> KindForm:
    """Return what was typed as a kind."""
    counting: dict[str, Any] = {name: _number(typed.get(name, "")) for name in NUMBERS}
    counting |= {name: name in typed for name in FLAGS}
    return KindForm(
        name=typed.get("name", ""),
        basis=typed.get("basis", ""),
        mark=typed.get("mark", ""),
        purpose=typed.get("purpose", ""),
        institution=typed.get("institution", "")[:60],
        cycle=typed.get("cycle", ""),
        fields=[one for row in range(ROWS) if (one := _field(typed, row))],
        counting=counting,
        self_entered="self_entered" in typed,
    )


def _field(typed: QueryDict, row: int) -> dict[str, Any] | None:
    label = typed.get(f"label_{row}", "").strip()
    if not label:
        return None
    choices = typed.get(f"choices_{row}", "").replace("，", "、").replace(",", "、").split("、")
    return {
        "name": typed.get(f"name_{row}") or f"f{row + 1}",
        "label": label,
        "type": typed.get(f"type_{row}", ""),
        "required": f"required_{row}" in typed,
        "choices": [one.strip() for one in choices if one.strip()],
    }


def _number(typed: str) -> int:
    """Return a number that was typed; -1, which is refused with a sentence, where it is none."""
    typed = typed.strip() or "0"
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else -1


def _form(typed: QueryDict, kind: DutyKind | None) -> dict[str, Any]:
    """Return what the form shows: what was typed, or the newest version, or nothing yet."""
    form = form_typed(typed) if typed else _known(kind)
    fields = [dict(one) for one in form.fields]
    rows = [{**one, "choices": "、".join(one.get("choices", []))} for one in fields]
    return {
        "form": form,
        "field_rows": list(enumerate([*rows, *({} for _ in range(ROWS - len(rows)))])),
        "types": TYPES,
        "cycles": Cycle.choices,
        "flags": [(name, words, bool(form.counting.get(name))) for name, words in FLAG_WORDS],
        "numbers": [(name, words, form.counting.get(name) or 0) for name, words in NUMBER_WORDS],
        "institutions": Institution.objects.order_by("kind", "title").values_list("slug", "title"),
        "request_id": str(uuid4()),
    }


def _known(kind: DutyKind | None) -> KindForm:
    if kind is None:
        return KindForm(name="", basis="", counting={"points": 1, "target": 1})
    target = target_of(kind, clock.today().year)
    return KindForm(
        name=kind.name,
        basis=kind.basis,
        mark=kind.mark,
        purpose=kind.purpose,
        institution=kind.institution,
        cycle=kind.cycle,
        fields=kind.fields,
        counting={**kind.counting, "target": target},
        self_entered=kind.self_entered,
    )
