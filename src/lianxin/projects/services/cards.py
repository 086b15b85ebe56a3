"""筛选: a project's card, the three opinions on it, candidate or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max

from lianxin.audit.moving import event_add
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied, Invalid
from lianxin.common.writes import write
from lianxin.people.selectors import organ_of
from lianxin.projects.models import CardOpinion, OpinionKind, Project, ProjectRound
from lianxin.projects.permissions import may, may_round
from lianxin.projects.services.step import NOT_YOURS, PROJECT_TRAIL, project_step, round_step
from lianxin.projects.services.words import long_enough

MOST_YUAN = 100_000_000_000


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a card (项目卡); money in yuan, empty while it is not known."""

    title: str
    place: str = ""
    need: str = ""
    content: str = ""
    amount: int | None = None
    fund_source: str = ""
    beneficiaries: int | None = None
    due_on: date | None = None
    unit_code: str = ""


def card_fields(card: Card) -> dict[str, Any]:
    """Return the checked columns of a card."""
    fields: dict[str, str] = {}
    if card.amount is not None and not 0 < card.amount <= MOST_YUAN:
        fields["amount"] = "投资估算请填大于零的数，单位是元。"
    if card.unit_code and organ_of(card.unit_code) is None:
        fields["unit_code"] = "请从列出的单位里选一个。"
    if fields:
        raise Invalid("项目卡有几项要改。", fields=fields)
    return {
        "title": long_enough(card.title, 4, 80, "title", "写明项目名称"),
        "place": card.place.strip()[:80],
        "need": long_enough(card.need, 4, 2000, "need", "写明为什么要办"),
        "content": long_enough(card.content, 4, 2000, "content", "写明办什么、办多少"),
        "amount": card.amount,
        "fund_source": card.fund_source.strip()[:80],
        "beneficiaries": card.beneficiaries,
        "due_on": card.due_on,
        "unit_code": card.unit_code,
    }


@write
def card_write(*, actor: Actor, row: ProjectRound, card: Card, request_id: str | None = None) -> Project:
    """Put a new card into the store (储备库)."""
    if not may_round(actor, "write_card", row):
        raise Denied(NOT_YOURS)
    fields = card_fields(card)
    round_step(actor=actor, row=row, act="write_card")
    last = row.projects.aggregate(last=Max("number"))["last"] or 0
    project = Project.objects.create(
        home6=row.home6, division_code=row.division_code, round=row, number=last + 1, **fields
    )
    facts = {"round": str(row.id), "number": project.number}
    event_add(project, actor=actor, act="write", old="", trail=PROJECT_TRAIL, facts=facts)
    return project


@write
def card_edit(*, actor: Actor, project: Project, card: Card, request_id: str | None = None) -> Project:
    """Change a card while it is in the store."""
    if not may(actor, "edit", project):
        raise Denied(NOT_YOURS)
    return project_step(actor=actor, row=project, act="edit", **card_fields(card))


@write
def opinion_give(
    *,
    actor: Actor,
    project: Project,
    kind: str,
    agrees: bool,
    text: str,
    organ: str,
    request_id: str | None = None,
) -> Project:
    """Record an opinion on a card; a later one of the same kind stands in its place."""
    if kind not in OpinionKind.values:
        raise Invalid("请选是哪一种意见。", fields={"kind": "请从列出的里选一个。"})
    words = long_enough(text, 4, 300, "text", "写明意见")
    by = long_enough(organ, 2, 60, "organ", "写明谁出的意见")
    project_step(actor=actor, row=project, act="give_opinion", facts={"kind": kind, "agrees": agrees})
    CardOpinion.objects.update_or_create(
        home6=project.home6,
        project=project,
        kind=kind,
        defaults={"agrees": agrees, "text": words, "organ": by, "given_on": clock.today()},
    )
    return project


@write
def project_nominate(*, actor: Actor, project: Project, request_id: str | None = None) -> Project:
    """Make a card a candidate: money known, all three opinions in favour."""
    return project_step(actor=actor, row=project, act="nominate")


@write
def project_withdraw(
    *, actor: Actor, project: Project, reason: str, request_id: str | None = None
) -> Project:
    """Leave a card out of the candidates, with the reason; its wishers read it by their code."""
    words = long_enough(reason, 6, 300, "reason", "写明为什么不列入候选")
    return project_step(actor=actor, row=project, act="withdraw", reason=words)


@write
def project_put_back(*, actor: Actor, project: Project, request_id: str | None = None) -> Project:
    """Put a candidate, or what was left out, back into the store, where its card can be changed."""
    return project_step(actor=actor, row=project, act="put_back", reason="")
