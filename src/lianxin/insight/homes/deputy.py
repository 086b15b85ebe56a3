"""A deputy's first screen: what is to do, four figures, the year's bars, the households' ring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from lianxin.activities.selectors import minutes_owed
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.contacts.models import Pairing
from lianxin.contacts.selectors import own_households
from lianxin.duties.assessing.scoring import kept_score
from lianxin.duties.assessing.selectors import own_files
from lianxin.handling.models import Consultation
from lianxin.insight import lists
from lianxin.insight.homes.congress import congress_lists, congress_todos
from lianxin.insight.homes.contacts import HOUSEHOLDS, called_on
from lianxin.insight.homes.counting import Told, Waiting, waiting_of
from lianxin.insight.homes.shapes import Bar, Chart, Figure, Home, Recent, Todo
from lianxin.leaving.selectors import waiting_for
from lianxin.opinions.permissions import visible_to as opinions_visible
from lianxin.opinions.workflow import State as OpinionState
from lianxin.regions.selectors import place_name
from lianxin.stations.selectors import turns_of
from lianxin.stations.workflow import Turn
from lianxin.suggestions.models import Commitment
from lianxin.suggestions.workflow import ENDED, State

if TYPE_CHECKING:
    from lianxin.insight.lists import Paper

MY_DAYS = "/station/my-days"
VERBS = {
    State.REPLIED: ("答复评价", "stamp", "评价"),
    State.DRAFT: ("草稿", "file-pen-line", "接着写"),
    State.RETURNED: ("退回修改", "undo-2", "修改"),
    State.COSIGNING: ("联名中", "users", "看一看"),
}


def home(actor: Actor) -> Home:
    """Return what waits for a deputy; each list is read once and gives its figures as well."""
    mine = list(lists.deputy_papers(actor))
    own = [row for row in mine if row.is_lead]
    going = [row for row in own if row.state not in ENDED]
    promises = list(lists.promises(actor))
    homes = list(own_households(actor))
    return Home(
        [
            *(_invited(row) for row in mine if row.is_invited),
            *(_own_todo(row) for row in own if row.state in VERBS),
            *_contacts(going),
            *_promises(promises),
            *_visits(homes),
            *_turns(actor),
            *_owed(actor),
            *_opinions(actor),
        ],
        [
            Figure("领衔建议", len(own), "/deputy/suggestions?tab=lead"),
            Figure("建议在办", len(going), "/deputy/suggestions?tab=going"),
            Figure("承诺待兑现", _open(promises), "/deputy/promises?tab=open"),
            Figure("结对的户", len(homes), HOUSEHOLDS),
        ],
        _chart(actor),
        recent=[
            Recent(row.title, str(row.get_state_display()), f"/deputy/suggestions/{row.id}", row.replied_on)
            for row in own
            if row.replied_on
        ][:4],
        ring=sorted((called_on(one) for one in homes), reverse=True),
    )


def _open(promises: Iterable[Commitment]) -> int:
    return sum(row.state in lists.OPEN_PROMISES for row in promises)


def _invited(row: Paper) -> Todo:
    return Todo(
        "联名邀请",
        "users",
        _("%(name)s代表邀请您联名「%(title)s」") % {"name": row.lead.name, "title": row.title},
        _("已有 %(n)s 位代表同意") % {"n": row.agreed},
        "看一看",
        f"/deputy/suggestions/{row.id}/cosign",
    )


def _own_todo(row: Paper) -> Todo:
    kind, icon, verb = VERBS[State(row.state)]
    link = f"/deputy/suggestions/{row.id}" + ("/evaluate" if row.state == State.REPLIED else "")
    meta = f"{row.number or _('未编号')} · {row.get_state_display()}"
    return Todo(kind, icon, row.title, meta, verb, link, row.evaluate_by)


def _contacts(going: list[Paper]) -> list[Todo]:
    """Return talks that a unit has noted and the deputy has not confirmed."""
    known = {row.id: row for row in going}
    asked = Consultation.objects.filter(
        assignment__matter_id__in=known, confirmed=None, assignment__ended=False
    )
    matters: dict[UUID, None] = dict.fromkeys(asked.values_list("assignment__matter_id", flat=True))
    return [
        Todo(
            "确认沟通",
            "message-square-reply",
            known[pk].title,
            known[pk].number or "",
            "确认",
            f"/deputy/suggestions/{pk}#contacts",
        )
        for pk in matters
    ]


def _promises(rows: list[Commitment]) -> list[Todo]:
    return [
        Todo(
            "确认兑现",
            "handshake",
            row.item,
            row.suggestion.number or "",
            "确认",
            f"/deputy/suggestions/{row.suggestion_id}",
            row.due_on,
        )
        for row in rows
        if row.state == "proof_given"
    ][:4]


def _visits(homes: list[Pairing]) -> list[Todo]:
    """Return the households that nobody has called on for long, as one thing to do."""
    waiting = [one for one in homes if not called_on(one)]
    if not waiting:
        return []
    title = _("有 %(n)s 户该去走访了") % {"n": len(waiting)}
    return [Todo("该走访的户", "house", title, place_name(waiting[0].division_code), "走访", HOUSEHOLDS)]


def _turns(actor: Actor) -> list[Todo]:
    """Return the reception days that wait for the deputy's word."""
    turns = [one for one in turns_of(actor, since=clock.today()) if one.state == Turn.SCHEDULED]
    return [
        Todo("接待日", "clock", one.day.station.name, _("请确认来不来"), "确认", MY_DAYS, one.day.on)
        for one in turns[:2]
    ]


def _owed(actor: Actor) -> list[Todo]:
    """Return what waits in lists that are counted together: meetings, minutes, what to take over."""
    own = {"minutes": Waiting(minutes_owed(actor)), "taking": Waiting(waiting_for(actor))}
    told = waiting_of(**own, **congress_lists(actor))
    return [*congress_todos(actor, told), *_activities(told)]


def _activities(told: Mapping[str, Told]) -> list[Todo]:
    """Return minutes still owed and what somebody who leaves is to hand over, one line each."""
    found = []
    if "minutes" in told:
        title = _("有 %(n)s 次活动还没有交纪要") % {"n": told["minutes"].number}
        link = "/deputy/activities?tab=minutes"
        found.append(Todo("交纪要", "file-pen-line", title, _("小组活动"), "交纪要", link))
    if "taking" in told:
        title = _("有 %(n)s 项事请您接手") % {"n": told["taking"].number}
        found.append(Todo("离任移交", "hand-helping", title, _("请您说愿不愿意"), "看一看", "/leaving/mine"))
    return found


def _opinions(actor: Actor) -> list[Todo]:
    rows = opinions_visible(actor).filter(is_offered=True, state=OpinionState.RECORDED).order_by("-id")[:3]
    return [
        Todo(
            "相似民情",
            "messages-square",
            row.title,
            f"{row.number} · {place_name(row.division_code)}",
            "研判",
            f"/deputy/opinions/{row.id}",
        )
        for row in rows
    ]


def _chart(actor: Actor) -> Chart | None:
    """Return this year's eight bars as the file keeps them; the page behind says what counted and why."""
    year = clock.today().year
    file = own_files(actor).filter(year=year).first()
    if file is None:
        return None
    bars = [
        Bar(bar.label, 100 * float(bar.points) / bar.most, f"{float(bar.points):g}／{bar.most}")
        for bar in kept_score(file).bars
    ]
    return Chart(_("%(year)s 年履职") % {"year": year}, bars, "分", "/deputy/duty-score")
