"""重点任务: set by the city for its towns, reported by each town; older ones from the book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lianxin.audit.moving import Trail, move
from lianxin.audit.services import record
from lianxin.campaigns.key_tasks import KeyTask, KeyTaskEvent, KeyTaskPart
from lianxin.campaigns.models import Campaign
from lianxin.campaigns.permissions import may_open, may_part
from lianxin.campaigns.workflow import KEY_TASK, Part
from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Conflict, Denied, Invalid
from lianxin.common.writes import write
from lianxin.notifications.services import Channel, Recipient, enqueue
from lianxin.people.terms import refuse_ended_term
from lianxin.villages.hiding import hidden

TRAIL = Trail("key_task", "key_task")


@write
def key_task_open(  # noqa: PLR0913 - what a task says
    *,
    actor: Actor,
    home6: str,
    title: str,
    basis: str,
    aim: str,
    due_on: date,
    towns: Sequence[str],
    campaign: Campaign | None = None,
    request_id: str | None = None,
) -> KeyTask:
    """Set a task of this year for some towns, with the document it rests on."""
    if not may_open(actor):
        raise Denied("只有人大代工委可以下达重点任务。")
    _said(title, basis, aim, due_on, towns)
    year = clock.today().year
    if KeyTask.objects.filter(home6=home6, year=year, title=title.strip()).exists():
        raise Conflict("今年已经有同名的重点任务。")
    task = KeyTask.objects.create(
        home6=home6,
        division_code=f"{home6}000000",
        year=year,
        title=title.strip(),
        basis=basis.strip(),
        aim=aim.strip()[:2000],
        due_on=due_on,
        campaign=campaign,
    )
    parts = [KeyTaskPart(home6=home6, division_code=town, task=task) for town in dict.fromkeys(towns)]
    KeyTaskPart.objects.bulk_create(parts)
    facts = {"towns": len(parts)}
    record(actor=actor, tag="key_task.open", kind="key_task", target=task.id, home6=home6, facts=facts)
    for part in parts:
        _tell_town(part)
    return task


def _said(title: str, basis: str, aim: str, due_on: date, towns: Sequence[str]) -> None:
    errors = {}
    if not 4 <= len(title.strip()) <= 80:
        errors["title"] = "请写任务的名称，4 到 80 个字。"
    if not 4 <= len(basis.strip()) <= 160:
        errors["basis"] = "请写依据的文件，有文号的写上文号。"
    if len(aim.strip()) < 10:
        errors["aim"] = "请写清要做到什么，至少 10 个字。"
    if due_on <= clock.today():
        errors["due_on"] = "完成期限要晚于今天。"
    if not towns:
        errors["towns"] = "请至少选一个镇。"
    if errors:
        raise Invalid("有几项还没填好，写的字都还在。", fields=errors)


def _tell_town(part: KeyTaskPart) -> None:
    enqueue(
        to=Recipient.role(Role.PRESIDIUM, part.division_code),
        subject="市人大下达了一项重点任务",
        text="请按期报进展。",
        link=f"/campaigns/work/{part.task_id}",
        about_kind="key_task",
        about_id=part.task_id,
        home6=part.home6,
        dedupe=f"key_task:{part.pk}",
        channels=(Channel.IN_APP,),
    )


@write
def part_report(*, actor: Actor, row: KeyTaskPart, note: str, request_id: str | None = None) -> KeyTaskPart:
    """A town says how far it is."""
    return _step(actor, row, "report", note)


@write
def part_finish(*, actor: Actor, row: KeyTaskPart, note: str, request_id: str | None = None) -> KeyTaskPart:
    """A town says that its part is done, and by what one sees it."""
    return _step(actor, row, "finish", note)


@write
def part_reopen(*, actor: Actor, row: KeyTaskPart, note: str, request_id: str | None = None) -> KeyTaskPart:
    """The city sends a part back: it is not done yet."""
    return _step(actor, row, "reopen", note)


STEPS = {"report": part_report, "finish": part_finish, "reopen": part_reopen}


def _step(actor: Actor, row: KeyTaskPart, act: str, note: str) -> KeyTaskPart:
    if not may_part(actor, act, row):
        raise Denied("进展由本镇报，退回由市人大代工委办。")
    refuse_ended_term(row.task.due_on, row.home6)
    words = note.strip()
    if not 6 <= len(words) <= 500:
        raise Invalid("还没有报上，写的字都还在。", fields={"note": "写 6 到 500 个字：做了什么，还差什么。"})
    said, to = hidden(words)[0], KEY_TASK.next_state(row.state, act)
    changes: dict[str, Any] = {} if act == "reopen" else {"words": said, "said_on": clock.today()}
    return move(row, actor=actor, act=act, to=to, trail=TRAIL, note=said, **changes)


@dataclass(frozen=True, slots=True)
class OldTask:
    """A task as an older book holds it; `done` is town → the day and the words it was done with."""

    year: int
    title: str
    basis: str
    aim: str
    towns: tuple[str, ...]
    done: Mapping[str, tuple[date, str]]
    campaign: Campaign | None = None


def key_tasks_register(*, actor: Actor, home6: str, rows: Sequence[OldTask]) -> int:
    """Enter older tasks with what each town did; one record for the batch."""
    if not may_open(actor):
        raise Denied("只有人大代工委可以补录重点任务。")
    tasks = KeyTask.objects.bulk_create([_old(home6, one) for one in rows])
    pairs = zip(tasks, rows, strict=True)
    parts = KeyTaskPart.objects.bulk_create(
        [_old_part(task, one, town) for task, one in pairs for town in one.towns]
    )
    KeyTaskEvent.objects.bulk_create(
        [
            KeyTaskEvent(part=part, actor_name=actor.name, act="register", to_state=part.state)
            for part in parts
        ]
    )
    facts = {"count": len(tasks), "parts": len(parts)}
    record(actor=actor, tag="key_task.register", kind="key_task", target=home6, home6=home6, facts=facts)
    return len(tasks)


def _old(home6: str, one: OldTask) -> KeyTask:
    return KeyTask(
        home6=home6,
        division_code=f"{home6}000000",
        year=one.year,
        title=one.title,
        basis=one.basis,
        aim=one.aim,
        due_on=date(one.year, 12, 20),
        campaign=one.campaign,
    )


def _old_part(task: KeyTask, one: OldTask, town: str) -> KeyTaskPart:
    said_on, words = one.done.get(town, (None, ""))
    state = Part.DONE if said_on else Part.OPEN
    return KeyTaskPart(
        home6=task.home6, division_code=town, task=task, state=state, words=words, said_on=said_on
    )
