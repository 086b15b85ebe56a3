"""Hand-over (交办、转办): the beginning of every unit's part, and its end by withdrawal."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Invalid
from lianxin.handling.matters import Matter, Part
from lianxin.handling.models import Assignment, AssignmentEvent, Deadline
from lianxin.handling.rules import parts_problem
from lianxin.handling.services.deadlines import deadline_set
from lianxin.handling.services.notices import tell_oversight, tell_unit
from lianxin.handling.services.step import step
from lianxin.handling.workflow import ENDED, Mode
from lianxin.people.models import Deputy
from lianxin.people.selectors import accounts_with, organ_name, organ_of

RETURN_RULE = {
    "suggestion": "suggestion.return_workdays",
    "opinion": "opinion.object_workdays",
    "forum": "forum.return_workdays",
}


def hand_over(
    *,
    actor: Actor,
    matter: Matter,
    parts: Sequence[Part],
    note: str,
    round_number: int = 1,
    reply_rule: str = "suggestion.reply_months",
    beside: bool = False,
) -> list[Assignment]:
    """Give each unit its part with its due dates; call it inside the upper room's transaction.

    Three months run from the new hand-over date (代表法第五十一条 自交办之日起); the first date
    is kept beside it. `beside` gives a part beside others, whose division was checked before.
    """
    if not beside:
        check_parts(parts, each_scope=matter.needs_contact)
    return [_give(actor, matter, part, note, round_number, reply_rule) for part in parts]


WITHDRAWN_BY = {"suggestion": "代表已书面撤回", "opinion": "反映的人已撤回"}


def withdraw_all(*, actor: Actor, kind: str, matter_id: UUID, note: str) -> None:
    """End every open part of a matter and tell its unit."""
    for part in Assignment.objects.filter(matter_kind=kind, matter_id=matter_id).exclude(state__in=ENDED):
        step(actor=actor, assignment=part, act="withdraw", note=note)
        tell_unit(
            part, f"「{part.title}」已撤回", f"{WITHDRAWN_BY[kind]}，这件事不用再办。", dedupe="withdrawn"
        )


def check_parts(parts: Sequence[Part], *, each_scope: bool) -> None:
    """Refuse a division among units that the rules do not know; `each_scope` asks for written scopes."""
    units = [part.unit for part in parts]
    if not parts:
        raise Invalid("请选择承办单位。", fields={"parts": "请至少选一个单位。"})
    if len(set(units)) != len(units):
        raise Invalid("同一个单位不能既主办又协办，请改选。", fields={"parts": "有单位重复了。"})
    scopes = [part.scope if each_scope else "—" for part in parts]
    problem = parts_problem([part.mode for part in parts], scopes)
    if problem:
        raise Invalid(problem, fields={"parts": problem})
    for part in parts:
        if organ_of(part.unit) is None:
            raise Invalid("没有这个承办单位，请重新选择。", fields={"parts": f"找不到单位：{part.unit}"})


def _give(
    actor: Actor, matter: Matter, part: Part, note: str, round_number: int, reply_rule: str
) -> Assignment:
    today = clock.today()
    first = (
        Assignment.objects.filter(matter_kind=matter.kind, matter_id=matter.id)
        .order_by("first_handed_over_on")
        .values_list("first_handed_over_on", flat=True)
        .first()
    )
    given = Assignment.objects.create(
        home6=matter.home6,
        division_code=matter.division_code,
        matter_kind=matter.kind,
        matter_id=matter.id,
        matter_number=matter.number,
        title=matter.title,
        brief=matter.brief,
        demands=list(matter.demands),
        deputies=[str(deputy) for deputy in matter.deputies],
        needs_contact=matter.needs_contact,
        fast_track=matter.fast_track,
        confidential=matter.confidential,
        wants_meeting=matter.wants_meeting,
        session=matter.session,
        unit_code=part.unit,
        mode=part.mode,
        scope=part.scope,
        note=note,
        round=round_number,
        conflict=_conflict(matter, part.unit),
        handed_over_on=today,
        first_handed_over_on=first or today,
    )
    _start_clocks(given, reply_rule)
    _on_record(actor, given, note)
    tell_unit(
        given,
        f"新交办：{given.title}",
        "请按期签收；不属于本单位职责的，请在期限内申请退办。",
        dedupe="handed_over",
    )
    due = f"答复期限 {given.reply_due_on:%Y-%m-%d}。"
    words = f"已交办{organ_name(given.unit_code)}：{given.title}"
    tell_oversight(given, words, due, dedupe="handed_over")
    return given


def _start_clocks(given: Assignment, reply_rule: str) -> None:
    rule = "suggestion.assist_opinion_months" if given.mode == Mode.ASSIST else reply_rule
    to_return = _clock(given, "return", RETURN_RULE[given.matter_kind])
    to_reply = _clock(given, "reply", rule)
    if given.needs_contact and given.mode != Mode.ASSIST:
        contact = "express.contact_workdays" if given.fast_track else "suggestion.first_contact_workdays"
        _clock(given, "contact", contact)
        if given.fast_track and given.round == 1:
            _clock(given, "target", "express.reply_months")
    given.return_until, given.reply_due_on = to_return.due_on, to_reply.due_on
    given.save(update_fields=["return_until", "reply_due_on"])


def _clock(given: Assignment, what: str, rule: str) -> Deadline:
    return deadline_set(
        kind=given.matter_kind,
        matter_id=given.matter_id,
        home6=given.home6,
        what=what,
        rule=rule,
        start=given.handed_over_on,
        assignment=given,
    )


def _conflict(matter: Matter, unit: str) -> bool:
    """Say whether one of the matter's deputies speaks for the unit that is to handle it."""
    return (
        bool(matter.deputies)
        and Deputy.objects.filter(pk__in=matter.deputies, account__in=_people_of(unit)).exists()
    )


def _people_of(unit: str) -> list[UUID]:
    return [*accounts_with(Role.UNIT_HEAD, unit=unit), *accounts_with(Role.UNIT_CLERK, unit=unit)]


def _on_record(actor: Actor, given: Assignment, note: str) -> None:
    AssignmentEvent.objects.create(
        assignment=given,
        at=clock.now(),
        actor_id=actor.id,
        actor_name=actor.name,
        act="hand_over",
        to_state=given.state,
        note=note,
        facts={"unit": given.unit_code, "mode": given.mode, "round": given.round, "conflict": given.conflict},
    )
    record(
        actor=actor,
        tag="handling.hand_over",
        kind=given.matter_kind,
        target=given.matter_id,
        home6=given.home6,
        facts={
            "assignment": str(given.id),
            "unit": given.unit_code,
            "mode": str(given.mode),
            "round": given.round,
        },
    )
