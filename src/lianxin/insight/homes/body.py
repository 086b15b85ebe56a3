"""The first screen of the office of the congress and of a town presidium."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.contacts.selectors import open_alarms
from lianxin.handling.models import Assignment
from lianxin.handling.permissions import visible_to as parts_visible
from lianxin.handling.workflow import State as Part
from lianxin.insight.homes.congress import congress_lists, congress_todos
from lianxin.insight.homes.counting import Told, Waiting, waiting_of
from lianxin.insight.homes.due import next_due
from lianxin.insight.homes.guidance import guidance_lists, guidance_todos
from lianxin.insight.homes.shapes import Bar, Chart, Figure, Home, Recent, Todo
from lianxin.insight.homes.tiles import tiles_of
from lianxin.opinions.selectors import access_requests
from lianxin.people.selectors import organ_name
from lianxin.suggestions import selectors as suggestions
from lianxin.suggestions.figures import rate_counts, rates_from
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.permissions import visible_to
from lianxin.suggestions.workflow import State

VERBS = {
    State.SUBMITTED: ("待审核", "file-text", "审核"),
    State.REGISTERED: ("待交办", "send", "交办"),
    State.EVALUATED: ("不满意", "frown", "研究"),
}
WAITING = ("review", "assign", "dissatisfied")


def home(actor: Actor) -> Home:
    """Return papers to review, to hand over, to have handled anew, returns to decide."""
    waiting, returns = suggestions.suggestions_waiting(actor, WAITING, limit=24), _returns(actor)
    matters = [*(row.id for row in waiting), *(part.matter_id for part in returns)]
    due = next_due(matters, what=["review", "assign", "rehandle_order", "reassign"])
    year = clock.today().year
    counts = visible_to(actor).aggregate(**suggestions.figure_counts(actor), **rate_counts(year))
    told = waiting_of(alarms=Waiting(open_alarms(actor)), **guidance_lists(actor), **congress_lists(actor))
    tiles, height = tiles_of(actor)
    return Home(
        [
            *_broken(told.get("alarms")),
            *_asks(actor),
            *congress_todos(actor, told),
            *guidance_todos(told),
            *(_paper(row, due) for row in waiting),
            *(_return(part, due) for part in returns),
        ],
        [
            Figure("待审核", counts["review"], "/office/suggestions?tab=review"),
            Figure("办理中", counts["handling"], "/office/suggestions?tab=handling"),
            Figure("跟踪督办", counts["tracking"], "/office/suggestions?tab=tracking"),
            Figure("建议总数", counts["total"], "/office/suggestions?tab="),
        ],
        _rates(counts, year),
        tiles,
        height,
        _recent(actor),
    )


def _paper(row: Suggestion, due: dict[UUID, date]) -> Todo:
    kind, icon, verb = VERBS[State(row.state)]
    lead = _("%(name)s代表") % {"name": row.lead.name}
    meta = f"{row.number or _('未编号')} · {lead}"
    link = f"/office/suggestions/{row.id}" + ("/assign" if row.state == State.REGISTERED else "")
    return Todo(kind, icon, row.title, meta, verb, link, due.get(row.id))


def _asks(actor: Actor) -> list[Todo]:
    """Return requests to see who said a thing, or a sealed text: a second person decides."""
    return [
        Todo(
            "申请查看",
            "shield-check",
            _("有人申请查看 %(number)s") % {"number": ask.opinion.number},
            ask.opinion.station.name,
            "审批",
            f"/station/opinions/{ask.opinion_id}",
        )
        for ask in access_requests(actor)[:6]
    ]


def _returns(actor: Actor) -> list[Assignment]:
    return list(parts_visible(actor).filter(state=Part.RETURN_REQUESTED, matter_kind="suggestion")[:6])


def _return(part: Assignment, due: dict[UUID, date]) -> Todo:
    link, unit = f"/office/suggestions/{part.matter_id}", organ_name(part.unit_code)
    return Todo("申请退办", "undo-2", part.title, unit, "决定", link, due.get(part.matter_id))


def _broken(told: Told | None) -> list[Todo]:
    """Return broken links of contact: one line, the list is behind it."""
    if told is None:
        return []
    title = _("有 %(n)s 处联系断了，请安排接替的人") % {"n": told.number}
    return [Todo("缺联", "bell-ring", title, _("结对连心"), "安排", "/office/pairing/broken", clock.today())]


def _rates(counts: dict[str, int], year: int) -> Chart:
    bars = [
        Bar(
            rate.name,
            rate.percent or 0,
            f"{rate.percent}%" if rate.percent is not None else "还没有",
            f"{rate.definition}（{rate.numerator}／{rate.denominator}）",
        )
        for rate in rates_from(counts)
    ]
    return Chart(_("%(year)s 年办理情况") % {"year": year}, bars, "%")


def _recent(actor: Actor) -> list[Recent]:
    rows = suggestions.suggestions_page(actor, tab="evaluation", limit=4)
    return [
        Recent(row.title, str(row.get_state_display()), f"/office/suggestions/{row.id}", row.replied_on)
        for row in rows
    ]
