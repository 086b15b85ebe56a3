"""Contact between the unit and the deputy (代表法第五十一条), and progress in between."""

from __future__ import annotations

from datetime import date

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Invalid
from lianxin.common.writes import write
from lianxin.handling.models import Assignment, Consultation, Progress
from lianxin.handling.services.deadlines import deadline_meet
from lianxin.handling.services.notices import tell_unit
from lianxin.handling.services.step import step


@write
def contact_record(
    *,
    actor: Actor,
    assignment: Assignment,
    held_on: date,
    form: str,
    persons: str,
    deputy_view: str,
    request_id: str | None = None,
) -> Assignment:
    """Record one contact: date, form, persons and what the deputy said."""
    if held_on > clock.today():
        raise Invalid("沟通日期不能晚于今天。", fields={"held_on": "请填实际沟通的日期。"})
    if held_on < assignment.handed_over_on:
        raise Invalid("交办以前的联系不算这次办理的沟通。", fields={"held_on": "请填交办以后沟通的日期。"})
    step(
        actor=actor,
        assignment=assignment,
        act="record_contact",
        facts={"form": form, "held_on": str(held_on)},
    )
    Consultation.objects.create(
        assignment=assignment, held_on=held_on, form=form, persons=persons, deputy_view=deputy_view
    )
    deadline_meet(
        kind=assignment.matter_kind,
        matter_id=assignment.matter_id,
        what="contact",
        on=held_on,
        assignment=assignment,
    )
    return assignment


@write
def contact_confirm(
    *, actor: Actor, assignment: Assignment, happened: bool, note: str = "", request_id: str | None = None
) -> Assignment:
    """The deputy says of the latest contact: it happened, or nobody contacted me."""
    step(actor=actor, assignment=assignment, act="confirm_contact", note=note, facts={"happened": happened})
    latest = (
        Consultation.objects.filter(assignment=assignment, confirmed=None).order_by("-created_at").first()
    )
    if latest is None:
        raise Conflict("没有等您确认的沟通记录。")
    waiting = Consultation.objects.filter(pk=latest.pk, confirmed=None)
    if waiting.update(confirmed=happened, confirmed_at=clock.now()) != 1:
        raise Conflict("这次沟通您已经确认过。")
    if not happened:
        tell_unit(
            assignment,
            f"代表说没有联系过：{assignment.title}",
            "请尽快与代表沟通；代表没有确认沟通以前，答复不能签发。",
            dedupe=f"contact_denied:{latest.pk}",
        )
    return assignment


@write
def progress_record(
    *, actor: Actor, assignment: Assignment, text: str, request_id: str | None = None
) -> Assignment:
    """Record what was done: research, consultation, progress."""
    step(actor=actor, assignment=assignment, act="record_progress")
    Progress.objects.create(assignment=assignment, on=clock.today(), text=text)
    return assignment
