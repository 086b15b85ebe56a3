"""What stands in the letters of a matter: hand-over, reply, urging."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.documents.services import letter_issue
from lianxin.handling.models import Assignment, Reply, Urging
from lianxin.people.selectors import deputy_names, organ_name
from lianxin.regions.selectors import place_name

NUMERALS = "一二三四五六七八九十"
URGING_TITLES = {"reminder": "催办单", "supervision": "督办单", "talk": "约谈建议"}


def reply_letter_store(*, actor: Actor, assignment: Assignment, reply: Reply) -> UUID:
    """Issue the reply letter with the class in the upper right corner; return the letter's id."""
    names = list(deputy_names(assignment.deputies).values()) if assignment.deputies else []
    content = _letter(
        assignment,
        kind="reply",
        number=f"{organ_name(assignment.unit_code)}函〔{clock.today().year}〕{reply.number}号",
        title=f"关于{assignment.matter_number}的答复",
        body=_reply_body(assignment, reply),
        addressee="、".join(f"{name}代表" for name in names) or "来件群众",
        class_mark=reply.reply_class,
        publish=reply.publish_level,
        contact=f"{reply.contact_person} {reply.contact_phone}".strip(),
        signature=organ_name(assignment.unit_code),
        copies=["市人大常委会代表工作委员会"],
    )
    return _issue(assignment, "reply", content, signed_by=reply.signer_name)


def urging_letter_store(*, actor: Actor, assignment: Assignment, urging: Urging) -> UUID:
    """Issue one step of urging as a letter; return the letter's id."""
    due = f"{assignment.reply_due_on:%Y年%-m月%-d日}" if assignment.reply_due_on else ""
    content = _letter(
        assignment,
        kind=f"urge_{urging.kind}",
        number="",
        title=f"{URGING_TITLES[urging.kind]}：{assignment.title}",
        body=[
            f"{assignment.matter_number}「{assignment.title}」应于{due}前答复。",
            urging.reason,
            "请抓紧办理并按期答复。",
        ],
        addressee=organ_name(assignment.unit_code),
        signature=place_name(assignment.division_code) + "人大常委会办事机构",
    )
    return _issue(assignment, f"u_{urging.kind}"[:12], content)


def hand_over_letter_store(*, actor: Actor, assignment: Assignment) -> UUID:
    """Issue the hand-over letter (交办函、转办函); return the letter's id."""
    content = _letter(
        assignment,
        kind="hand_over",
        number="",
        title=f"关于交办{assignment.matter_number}的函",
        body=[
            f"现将「{assignment.title}」交由贵单位办理。",
            assignment.brief,
            *_numbered(assignment.demands),
            f"请于{assignment.reply_due_on:%Y年%-m月%-d日}前答复。" if assignment.reply_due_on else "",
        ],
        addressee=organ_name(assignment.unit_code),
        signature=place_name(assignment.division_code) + "人大常委会办事机构",
    )
    return _issue(assignment, "hand_over", content, signed_by=actor.name)


def _reply_body(assignment: Assignment, reply: Reply) -> list[str]:
    body = [reply.opening or f"您提出的「{assignment.title}」收悉，现答复如下。"]
    for place, answer in enumerate(reply.answers):
        if place < len(assignment.demands):
            body.append(f"{NUMERALS[place % 10]}、关于“{assignment.demands[place]}”")
        body.append(str(answer))
    if reply.promise_text:
        body.append(
            f"承诺事项：{reply.promise_text}，{reply.promise_due}前完成，责任人{reply.promise_person}。"
        )
    if reply.reason:
        body.append(f"暂不能解决的理由和依据：{reply.reason}")
    return [*body, "感谢您对我们工作的关心和支持。"]


def _numbered(demands: list[str]) -> list[str]:
    return [f"{place}. {demand}" for place, demand in enumerate(demands, start=1)]


def _letter(assignment: Assignment, **content: Any) -> dict[str, Any]:
    return {"organ": content["signature"], "date": str(clock.today()), "home6": assignment.home6, **content}


def _issue(assignment: Assignment, kind: str, content: dict[str, Any], signed_by: str = "") -> UUID:
    letter = letter_issue(
        home6=assignment.home6,
        matter_kind=assignment.matter_kind,
        matter_id=assignment.matter_id,
        part_id=assignment.id,
        kind=kind,
        content=content,
        signed_by=signed_by,
    )
    return letter.id
