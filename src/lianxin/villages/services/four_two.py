"""四议两公开 on the record: a matter is opened, then each step in its turn."""

from __future__ import annotations

from datetime import date

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.common.writes import write
from lianxin.rulebook.selectors import value
from lianxin.villages.four_two import Held, Step, following, refusal
from lianxin.villages.hiding import hidden
from lianxin.villages.models import FourTwo, FourTwoRecord, MeetingTopic
from lianxin.villages.permissions import may_open
from lianxin.villages.workflow import Meeting

CLOSED = (Meeting.DECIDED, Meeting.CARRYING_OUT, Meeting.SHOWN)


@write
def four_two_open(*, actor: Actor, village: str, title: str, request_id: str | None = None) -> FourTwo:
    """Begin a matter."""
    if not may_open(actor, village):
        raise Denied("只有本村村委会可以发起四议两公开。")
    if len(title.strip()) < 4:
        raise Invalid("请写清是什么事。", fields={"title": "至少 4 个字。"})
    row = FourTwo.objects.create(home6=village[:6], division_code=village, title=title.strip()[:120])
    _record(actor, row, "open")
    return row


@write
def four_two_note(  # noqa: PLR0913 - a step has its day and its totals
    *,
    actor: Actor,
    matter: FourTwo,
    step: str,
    held_on: date,
    text: str = "",
    members: int = 0,
    present: int = 0,
    in_favour: int = 0,
    topic: MeetingTopic | None = None,
    request_id: str | None = None,
) -> FourTwo:
    """Note a step; a later one stays locked until the one before is done."""
    if not may_open(actor, matter.division_code):
        raise Denied("只有本村村委会可以记四议两公开。")
    if step not in set(Step):
        raise Invalid("没有这一步。", fields={"step": "请刷新页面。"})
    if held_on > clock.today():
        raise Invalid("日期还没到。", fields={"held_on": "请填今天或以前的日期。"})
    done = dict(matter.records.values_list("step", "held_on"))
    held = Held(held_on, members, present, in_favour, _passed(matter, topic))
    said = refusal(Step(step), held, done, value("village.four_two_notice_days", home6=matter.home6))
    if said:
        raise Refused(said, fields={"held_on": said})
    if len(text.strip()) < 4 and step != Step.DECIDE:
        raise Invalid("请写一两句：议了什么、怎么定的。", fields={"text": "至少 4 个字。"})
    made = FourTwoRecord(
        matter=matter,
        step=step,
        held_on=held_on,
        members=members,
        present=present,
        in_favour=in_favour,
        text=hidden(text.strip()[:1000])[0],
        topic=topic if step == Step.DECIDE else None,
    )
    if FourTwoRecord.objects.filter(matter=matter, step=step).exists():
        raise Conflict("这一步已经记过了。")
    made.save(force_insert=True)
    if following({*done, step}) is None:
        FourTwo.objects.filter(pk=matter.pk).update(finished_on=held_on)
        matter.finished_on = held_on
    _record(actor, matter, step)
    return matter


def _passed(matter: FourTwo, topic: MeetingTopic | None) -> bool:
    """Say whether the topic is a decision of this village that has passed in a closed meeting."""
    return (
        topic is not None
        and bool(topic.passed)
        and topic.meeting.division_code == matter.division_code
        and topic.meeting.state in CLOSED
    )


def _record(actor: Actor, row: FourTwo, act: str) -> None:
    record(
        actor=actor,
        tag=f"village_four_two.{act}",
        kind="village_four_two",
        target=row.id,
        home6=row.home6,
    )
