"""Themed years: a plan, a row for each village, evidence, a summary at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from lianxin.audit.services import record
from lianxin.campaigns.models import Campaign, CampaignTask
from lianxin.campaigns.permissions import may_lead, may_open, may_task
from lianxin.campaigns.services.proofs import proofs_keep
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid
from lianxin.common.writes import write
from lianxin.people.terms import refuse_ended_term
from lianxin.villages.hiding import hidden
from lianxin.villages.models import VillageProfile


@write
def campaign_open(  # noqa: PLR0913 - what a plan says
    *,
    actor: Actor,
    home6: str,
    name: str,
    plan: str,
    wanted: str,
    due_on: date,
    request_id: str | None = None,
) -> Campaign:
    """Open a themed year with a row for each village and community."""
    if not may_open(actor):
        raise Denied("只有人大代工委可以发起主题年。")
    errors = {}
    if len(name.strip()) < 4:
        errors["name"] = "请写主题年的名称，至少 4 个字。"
    if len(plan.strip()) < 10:
        errors["plan"] = "请写清要做什么，至少 10 个字。"
    if len(wanted.strip()) < 4:
        errors["wanted"] = "请写清每个村交什么证明。"
    if due_on <= clock.today():
        errors["due_on"] = "完成期限要晚于今天。"
    if errors:
        raise Invalid("有几项还没填好，写的字都还在。", fields=errors)
    if Campaign.objects.filter(home6=home6, year=clock.today().year, name=name.strip()).exists():
        raise Conflict("今年已经有同名的主题年。")
    row = _made(home6, name, plan, wanted, due_on, clock.today().year)
    record(actor=actor, tag="campaign.open", kind="campaign", target=row.id, home6=home6)
    return row


def _made(  # noqa: PLR0913 - a row has as many columns
    home6: str, name: str, plan: str, wanted: str, due_on: date, year: int
) -> Campaign:
    row = Campaign.objects.create(
        home6=home6,
        division_code=f"{home6}000000",
        name=name.strip()[:60],
        year=year,
        plan=plan.strip()[:4000],
        wanted=wanted.strip()[:200],
        due_on=due_on,
    )
    codes = VillageProfile.objects.filter(home6=home6).values_list("division_code", flat=True)
    tasks = [CampaignTask(home6=home6, division_code=code, campaign=row) for code in codes]
    CampaignTask.objects.bulk_create(tasks, batch_size=500)
    return row


@write
def task_finish(
    *,
    actor: Actor,
    task: CampaignTask,
    evidence: str,
    files: Sequence[bytes] = (),
    request_id: str | None = None,
) -> CampaignTask:
    """Finish a village's part with its evidence, in words and, if it has them, photos or papers."""
    if not may_task(actor, "finish", task):
        raise Denied("只有本村村委会可以填这一项。")
    refuse_ended_term(task.campaign.due_on, task.home6)
    words = evidence.strip()
    if not 6 <= len(words) <= 1000:
        raise Invalid("请写清做了什么。", fields={"evidence": "写 6 到 1000 个字：做了什么，在哪里看得到。"})
    proofs_keep(actor, task, files)
    waiting = CampaignTask.objects.filter(pk=task.pk, done_on=None, campaign__closed_on=None)
    if waiting.update(evidence=hidden(words)[0], done_on=clock.today()) != 1:
        raise Conflict("这一项已经填过了，或者主题年已经结束。")
    task.refresh_from_db()
    facts = {"village": task.division_code}
    record(actor=actor, tag="campaign.task", kind="campaign", target=task.id, home6=task.home6, facts=facts)
    return task


@write
def campaign_close(*, actor: Actor, row: Campaign, summary: str, request_id: str | None = None) -> Campaign:
    """Close a themed year with its summary; what is not done stays shown."""
    if not may_lead(actor, "close", row):
        raise Denied("只有人大代工委可以结束主题年。")
    refuse_ended_term(row.due_on, row.home6)
    words = summary.strip()
    if len(words) < 10:
        raise Invalid("请写小结。", fields={"summary": "至少 10 个字。"})
    if (
        Campaign.objects.filter(pk=row.pk, closed_on=None).update(
            summary=words[:4000], closed_on=clock.today()
        )
        != 1
    ):
        raise Conflict("这个主题年已经结束了。")
    row.refresh_from_db()
    record(actor=actor, tag="campaign.close", kind="campaign", target=row.id, home6=row.home6)
    return row


def campaign_register(  # noqa: PLR0913 - an older book's columns
    *,
    actor: Actor,
    home6: str,
    name: str,
    plan: str,
    wanted: str,
    year: int,
    done: Mapping[str, tuple[date, str]],
    summary: str,
) -> Campaign:
    """Enter an older themed year with what each village had done; one record for the batch."""
    if not may_open(actor):
        raise Denied("只有人大代工委可以补录主题年。")
    row = _made(home6, name, plan, wanted, date(year, 12, 20), year)
    tasks = list(row.tasks.all())
    for task in tasks:
        if task.division_code in done:
            task.done_on, task.evidence = done[task.division_code]
    CampaignTask.objects.bulk_update(tasks, ["done_on", "evidence"], batch_size=500)
    row.summary, row.closed_on = summary, date(year, 12, 28)
    row.save(update_fields=["summary", "closed_on"])
    record(
        actor=actor,
        tag="campaign.register",
        kind="campaign",
        target=row.id,
        home6=home6,
        facts={"count": len(tasks), "done": len(done)},
    )
    return row
