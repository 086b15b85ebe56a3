"""The first screen of a unit's clerk and of its head."""

from __future__ import annotations

from django.db.models import Count
from django.utils.translation import gettext as _

from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.handling.models import Assignment, Reply
from lianxin.handling.workflow import State
from lianxin.insight import lists
from lianxin.insight.homes.congress import congress_waiting
from lianxin.insight.homes.shapes import Bar, Chart, Figure, Home, Recent, Todo, counted

VERBS = {
    State.ASSIGNED: ("待签收", "inbox", "签收"),
    State.ACCEPTED: ("待办理", "briefcase", "办理"),
    State.IN_HANDLING: ("办理中", "briefcase", "办理"),
    State.REPLY_DRAFTED: ("待签发", "stamp", "签发"),
}


def home(actor: Actor) -> Home:
    """Return a clerk's matters to take and handle, a head's replies to sign."""
    head = actor.has(Role.UNIT_HEAD)
    rows = list(lists.parts(actor, "open")[:60])
    todos = congress_waiting(actor)
    todos += [_todo(part) for part in rows if part.state in VERBS and _mine(part, head)]
    opened, soon, late = (lists.parts(actor, tab).count() for tab in ("open", "soon", "late"))
    return Home(
        todos,
        [
            Figure("在办", opened, "/unit/matters?tab=open"),
            Figure("15 日内到期", soon, "/unit/matters?tab=soon"),
            Figure("逾期", late, "/unit/matters?tab=late"),
            Figure("承诺待兑现", lists.promises(actor, "open").count(), "/unit/promises?tab=open"),
        ],
        _classes(actor) if head else _spent(rows),
        recent=_recent(actor),
    )


def _mine(part: Assignment, head: bool) -> bool:
    return (part.state == State.REPLY_DRAFTED) == head


def _todo(part: Assignment) -> Todo:
    kind, icon, verb = VERBS[State(part.state)]
    due = part.return_until if part.state == State.ASSIGNED else part.reply_due_on
    link = f"/unit/matters/{part.id}" + ("/sign" if part.state == State.REPLY_DRAFTED else "")
    return Todo(kind, icon, part.title, f"{part.matter_number} · {part.get_mode_display()}", verb, link, due)


def _spent(rows: list[Assignment]) -> Chart | None:
    """Return how much of its time each open matter has used (the clerk's strip of days)."""
    today = clock.today()
    bars = []
    for part in rows[:8]:
        if part.reply_due_on is None:
            continue
        whole = max(1, (part.reply_due_on - part.handed_over_on).days)
        used = (today - part.handed_over_on).days
        left = (part.reply_due_on - today).days
        words = _("还剩 %(n)s 天") % {"n": left} if left >= 0 else _("逾期 %(n)s 天") % {"n": -left}
        bars.append(Bar(part.matter_number or part.title[:10], min(100, 100 * used / whole), words))
    return Chart("时间用了多少", bars, "天") if bars else None


def _classes(actor: Actor) -> Chart | None:
    rows = (
        Reply.objects.filter(assignment__in=lists.parts(actor), state="signed")
        .values("reply_class")
        .annotate(count=Count("id"))
        .order_by("reply_class")
    )
    counts = [(_("%(letter)s 类") % {"letter": row["reply_class"]}, row["count"]) for row in rows]
    return counted("答复类别", counts)


def _recent(actor: Actor) -> list[Recent]:
    rows = lists.parts(actor, "done").order_by("-replied_on")[:4]
    return [
        Recent(row.title, str(row.get_state_display()), f"/unit/matters/{row.id}", row.replied_on)
        for row in rows
    ]
