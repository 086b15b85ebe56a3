"""A deputy's first screen."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from lianxin.common.actor import Actor
from lianxin.handling.models import Consultation
from lianxin.insight import lists
from lianxin.insight.homes.due import next_due
from lianxin.insight.homes.shapes import Chart, Figure, Home, Recent, Todo, counted
from lianxin.insight.homes.tiles import tiles_of
from lianxin.opinions.permissions import visible_to as opinions_visible
from lianxin.opinions.workflow import State as OpinionState
from lianxin.regions.selectors import place_name
from lianxin.suggestions import selectors as suggestions
from lianxin.suggestions.models import StateLabel, Suggestion
from lianxin.suggestions.workflow import State

VERBS = {
    State.REPLIED: ("答复评价", "stamp", "评价"),
    State.DRAFT: ("草稿", "file-pen-line", "接着写"),
    State.RETURNED: ("退回修改", "undo-2", "修改"),
    State.COSIGNING: ("联名中", "users", "看一看"),
}


def home(actor: Actor) -> Home:
    """Return invitations, replies to evaluate, contacts and promises to confirm, like opinions."""
    own = list(lists.own_suggestions(actor, "lead")[:200])
    tiles, height = tiles_of(actor)
    return Home(
        [*_invited(actor), *_own(own), *_contacts(actor), *_promises(actor), *_opinions(actor)],
        [
            Figure("领衔建议", lists.own_suggestions(actor, "lead").count(), "/deputy/suggestions?tab=lead"),
            Figure(
                "建议在办", lists.own_suggestions(actor, "going").count(), "/deputy/suggestions?tab=going"
            ),
            Figure("承诺待兑现", lists.promises(actor, "open").count(), "/deputy/promises?tab=open"),
            Figure("已兑现", lists.promises(actor, "fulfilled").count(), "/deputy/promises?tab=fulfilled"),
        ],
        _chart(actor),
        tiles,
        height,
        [
            Recent(row.title, str(row.get_state_display()), f"/deputy/suggestions/{row.id}", row.replied_on)
            for row in own
            if row.replied_on
        ][:4],
    )


def _invited(actor: Actor) -> list[Todo]:
    return [
        Todo(
            "联名邀请",
            "users",
            _("%(name)s代表邀请您联名「%(title)s」") % {"name": row.lead.name, "title": row.title},
            _("已有 %(n)s 位代表同意") % {"n": row.cosignatures.filter(state="confirmed").count()},
            "看一看",
            f"/deputy/suggestions/{row.id}/cosign",
        )
        for row in suggestions.invitations(actor)
    ]


def _own(own: list[Suggestion]) -> list[Todo]:
    waiting = [row for row in own if row.state in VERBS]
    due = next_due([row.id for row in waiting], what=["evaluate"])
    return [_own_todo(row, due) for row in waiting]


def _own_todo(row: Suggestion, due: dict[UUID, date]) -> Todo:
    kind, icon, verb = VERBS[State(row.state)]
    link = f"/deputy/suggestions/{row.id}" + ("/evaluate" if row.state == State.REPLIED else "")
    meta = f"{row.number or _('未编号')} · {row.get_state_display()}"
    return Todo(kind, icon, row.title, meta, verb, link, due.get(row.id))


def _contacts(actor: Actor) -> list[Todo]:
    going = {row.id: row for row in lists.own_suggestions(actor, "going")}
    asked = Consultation.objects.filter(
        assignment__matter_id__in=going, confirmed=None, assignment__ended=False
    )
    matters = dict.fromkeys(asked.values_list("assignment__matter_id", flat=True))
    return [
        Todo(
            "确认沟通",
            "message-square-reply",
            going[pk].title,
            going[pk].number or "",
            "确认",
            f"/deputy/suggestions/{pk}#contacts",
        )
        for pk in matters
    ]


def _promises(actor: Actor) -> list[Todo]:
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
        for row in lists.promises(actor, "proof")[:4]
    ]


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
    labels = dict(StateLabel.choices)
    rows = lists.own_suggestions(actor, "lead").order_by().values("state").annotate(count=Count("id"))
    counts = sorted(((str(labels[row["state"]]), row["count"]) for row in rows), key=lambda one: -one[1])
    return counted("我的建议到哪一步了", counts[:8])
