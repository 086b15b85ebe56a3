"""Reminders, each told once: tasks near their day or past it, petitions without an answer."""

from __future__ import annotations

from datetime import date, timedelta

from lianxin.common import clock
from lianxin.plans.models import Petition, PlanTask
from lianxin.plans.rules import reminder
from lianxin.plans.services.telling import tell_leaders, tell_office, tell_owner
from lianxin.plans.workflow import PetitionState, Standing
from lianxin.rulebook.selectors import value

SAID = {"late": "任务逾期，请报进展或说明", "soon:1": "任务明天到期", "soon:7": "任务快到期"}


def plans_tick(today: date | None = None) -> int:
    """Tell owners and the office what is near or late; return how many were looked at."""
    day = today or clock.today()
    return _tasks(day) + _petitions(day)


def _tasks(today: date) -> int:
    rows = PlanTask.objects.filter(state=Standing.LIVE, due_on__lte=today + timedelta(days=31))
    for row in rows:
        days = [int(one) for one in value("plan.remind_days", home6=row.home6)]
        kind = reminder(row.due_on, today, days)
        if kind:
            _told(row, kind)
    return len(rows)


def _told(row: PlanTask, kind: str) -> None:
    link, key = f"/plans/tasks/{row.pk}", f"remind:{kind}:{row.due_on}"
    subject = f"{SAID.get(kind, '任务快到期')}：{row.text}"
    tell_owner(row, row.owner, subject, link, key)
    if kind == "late":
        tell_office(row, f"有任务逾期：{row.text}", link, key)


def _petitions(today: date) -> int:
    rows = Petition.objects.filter(state=PetitionState.SENT, due_on__lt=today)
    for row in rows:
        link, key = f"/plans/petitions/{row.pk}", f"late:{row.due_on}"
        tell_office(row, f"报市委的提请逾期没有答复，请催询：{row.title}", link, key)
        tell_leaders(row, f"报市委的提请逾期没有答复：{row.title}", link, key)
    return len(rows)
