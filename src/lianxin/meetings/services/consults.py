"""两说一商: planned at a station, both sides heard, a result that must be written, followed up."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid
from lianxin.common.writes import write
from lianxin.meetings.consults_workflow import CONSULT, Facts, Result
from lianxin.meetings.models import Consult, ConsultEvent
from lianxin.meetings.permissions import may_consult
from lianxin.meetings.services.step import FASTER, NOT_YOURS
from lianxin.notifications.services import Recipient, enqueue
from lianxin.people.models import Deputy
from lianxin.people.selectors import organ_of
from lianxin.rulebook.services import value


@write
def consult_plan(
    *,
    actor: Actor,
    division_code: str,
    title: str,
    held_on: date,
    place: str,
    deputy: UUID,
    unit: str,
    request_id: str | None = None,
) -> Consult:
    """Plan a 两说一商: what about, who speaks for the people, which department answers."""
    if not may_consult(actor, "plan", division_code):
        raise Denied("只有联络站、主席团和代工委可以约两说一商。")
    speaker = Deputy.objects.filter(pk=deputy, division_code__startswith=division_code[:6]).first()
    fields = {}
    if len(title.strip()) < 4:
        fields["title"] = "请写清商量什么事，至少 4 个字。"
    if len(place.strip()) < 2:
        fields["place"] = "请写在哪里谈。"
    if speaker is None:
        fields["deputy"] = "请选一位代表。"
    if organ_of(unit) is None:
        fields["unit"] = "请选一个部门。"
    if fields or speaker is None:
        raise Invalid("有几项还没填好。", fields=fields)
    row = Consult.objects.create(
        home6=division_code[:6],
        division_code=division_code,
        title=title.strip()[:80],
        held_on=held_on,
        place=place.strip()[:80],
        deputy=speaker,
        unit=unit,
        stages=list(value("consult.stages", home6=division_code[:6])),
    )
    _on_record(actor, row, "plan", "")
    _invite(row)
    return row


def _invite(row: Consult) -> None:
    about = {
        "subject": f"请参加两说一商：{row.title}"[:120],
        "text": f"{row.held_on.month}月{row.held_on.day}日，{row.place}。",
        "link": f"/forums/consults/{row.id}",
        "about_kind": "consult",
        "about_id": row.id,
        "home6": row.home6,
        "dedupe": f"consult:{row.id}",
    }
    enqueue(to=Recipient.unit(row.unit), **about)  # type: ignore[arg-type] # the same words to both
    if row.deputy.account_id:
        enqueue(to=Recipient.account(row.deputy.account_id), **about)  # type: ignore[arg-type] # as above


@write
def consult_say(
    *, actor: Actor, consult: Consult, act: str, words: str, request_id: str | None = None
) -> Consult:
    """Note what one side said: `say_first` or `say_second`."""
    told = words.strip()
    if not may_consult(actor, act, consult.division_code):
        raise Denied(NOT_YOURS)
    if not 5 <= len(told) <= 4000:
        raise Invalid("请记下怎么说的。", fields={"words": "写 5 到 4000 个字。"})
    name = "first_words" if act == "say_first" else "second_words"
    return _step(actor, consult, act, Facts(), **{name: told})


@write
def consult_settle(
    *,
    actor: Actor,
    consult: Consult,
    result: str,
    plan: str = "",
    next_step: str = "",
    follow_on: date | None = None,
    request_id: str | None = None,
) -> Consult:
    """Write the result: agreed with what was agreed, or not agreed with the next step; never neither."""
    facts = Facts(result, plan, next_step, trying=True)
    return _step(
        actor,
        consult,
        "settle",
        facts,
        result=result,
        plan=plan.strip() if result == Result.AGREED else "",
        next_step=next_step.strip(),
        follow_on=follow_on,
    )


@write
def consult_follow(*, actor: Actor, consult: Consult, words: str, request_id: str | None = None) -> Consult:
    """Note how the result was carried out."""
    if not may_consult(actor, "follow", consult.division_code):
        raise Denied(NOT_YOURS)
    if len(words.strip()) < 5:
        raise Invalid("请写落实得怎么样。", fields={"words": "至少 5 个字。"})
    return _step(actor, consult, "follow", Facts(), followed_words=words.strip()[:4000])


def _step(actor: Actor, consult: Consult, act: str, facts: Facts, **changes: Any) -> Consult:
    if not may_consult(actor, act, consult.division_code):
        raise Denied(NOT_YOURS)
    old = consult.state
    changes["state"] = CONSULT.next_state(old, act, facts)
    if Consult.objects.filter(pk=consult.pk, state=old).update(**changes) != 1:
        raise Conflict(FASTER)
    consult.refresh_from_db()
    _on_record(actor, consult, act, old, {"result": consult.result} if act == "settle" else None)
    return consult


def _on_record(actor: Actor, row: Consult, act: str, old: str, facts: dict[str, Any] | None = None) -> None:
    ConsultEvent.objects.create(
        consult=row,
        at=clock.now(),
        actor_id=actor.id,
        actor_name=actor.name,
        act=act,
        from_state=old,
        to_state=row.state,
        facts=facts or {},
    )
    record(actor=actor, tag=f"consult.{act}", kind="consult", target=row.id, home6=row.home6, facts=facts)
