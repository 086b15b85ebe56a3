"""The template of steps: the office words it, each change is a new version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lianxin.audit.services import record
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied, Invalid
from lianxin.common.writes import write
from lianxin.elections import steps as shipped
from lianxin.elections.models import StepTemplate
from lianxin.elections.permissions import may_word
from lianxin.elections.steps import Step
from lianxin.regions.loading import CITY

KEPT = ("key", "title", "words", "basis")


def template_now(home6: str) -> tuple[int, list[Step]]:
    """Return number and steps of the template in force; number 0 is the shipped one."""
    newest = StepTemplate.objects.filter(home6=home6).order_by("-number").first()
    if newest is None:
        return 0, [dict(step) for step in shipped.SHIPPED]
    return newest.number, list(newest.steps)


@write
def template_change(
    *,
    actor: Actor,
    home6: str,
    steps: Sequence[Step],
    reason: str,
    request_id: str | None = None,
) -> StepTemplate:
    """Word the steps anew for elections that begin from now on; running ones keep theirs (S19)."""
    if not may_word(actor):
        raise Denied("只有人大代工委可以改选举流程。")
    said = shipped.refusal(steps)
    if said:
        raise Invalid(said, fields={"steps": said})
    if len(reason.strip()) < 4:
        raise Invalid("请写改了什么、为什么改。", fields={"reason": "至少 4 个字。"})
    number, _ = template_now(home6)
    row = StepTemplate.objects.create(
        home6=home6,
        division_code=CITY,
        number=number + 1,
        steps=[_kept(step) for step in steps],
        reason=reason.strip()[:200],
        made_by=actor.id,
    )
    record(
        actor=actor,
        tag="election_template.change",
        kind="election_template",
        target=row.id,
        home6=home6,
        facts={"number": row.number, "steps": len(row.steps)},
    )
    return row


def _kept(step: Step) -> dict[str, Any]:
    """Return a step with its known fields; the basis of a step of the law stays that of the law."""
    law = next((one for one in shipped.SHIPPED if one["key"] == step["key"]), None)
    basis = law["basis"] if law else "本地流程：换届选举流程（示范文本）"
    return {**{name: str(step.get(name, "")).strip() for name in KEPT}, "basis": basis}
