"""What stands in the letters of a matter: hand-over, reply, urging.

A letter's content is plain data, fixed by a checksum when it is issued; `documents` prints it.
"""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.documents.letters import numeral
from lianxin.documents.services import letter_issue
from lianxin.handling import senders
from lianxin.handling.models import Assignment, Reply, Urging
from lianxin.handling.workflow import Mode
from lianxin.people.selectors import deputy_names, organ_name
from lianxin.rulebook.services import value

URGING_TITLES = {"reminder": "催办单", "supervision": "督办单", "talk": "约谈建议"}
URGING_ASKS = {
    "reminder": "请抓紧办理，并按期答复。",
    "supervision": "请说明没有按期答复的原因，提出办结时间，并由主要负责同志督促落实。",
    "talk": "建议约请贵单位主要负责同志当面说明办理情况。",
}
FEEDBACK_FORM = "人大代表建议办理情况征询意见表"


def reply_letter_store(*, actor: Actor, assignment: Assignment, reply: Reply) -> UUID:
    """Issue the reply letter with the class in the upper right corner; return the letter's id."""
    is_suggestion = assignment.matter_kind == "suggestion"
    recipients = _recipients(assignment)
    content = _letter(
        assignment,
        kind="reply",
        number=f"{senders.mark_of(assignment.unit_code)}函〔{clock.today().year}〕{reply.number}号",
        title=_reply_title(assignment, reply),
        body=_reply_body(assignment, reply),
        addressee="、".join(f"{one['name']}代表" for one in recipients) or senders.body_name(assignment),
        recipients=recipients,
        class_mark=reply.reply_class,
        publish=reply.publish_level,
        publish_reason=reply.publish_reason,
        contact=f"{reply.contact_person} {reply.contact_phone}".strip(),
        signature=organ_name(assignment.unit_code),
        copies=senders.copies_of(assignment) if is_suggestion else [],
        enclosures=[FEEDBACK_FORM] if is_suggestion else [],
        feedback=_feedback(assignment) if is_suggestion else None,
    )
    return _issue(assignment, "reply", content, signed_by=reply.signer_name)


def urging_letter_store(*, actor: Actor, assignment: Assignment, urging: Urging) -> UUID:
    """Issue one step of urging as a letter; return the letter's id."""
    content = _letter(
        assignment,
        kind=f"urge_{urging.kind}",
        number=_urging_number(urging),
        title=f"关于{_subject(assignment)}的{URGING_TITLES[urging.kind]}",
        body=[
            f"我们于{_day(assignment.handed_over_on)}交由贵单位办理的{_matter(assignment)}"
            f"《{assignment.title}》，应于{_day(assignment.reply_due_on)}前答复。",
            urging.reason,
            URGING_ASKS[urging.kind],
        ],
        addressee=organ_name(assignment.unit_code),
        signature=senders.body_name(assignment),
        copies=senders.oversight_of(assignment),
    )
    return _issue(assignment, f"u_{urging.kind}"[:12], content)


def hand_over_letter_store(*, actor: Actor, assignment: Assignment) -> UUID:
    """Issue the hand-over letter (交办函、转办函); return the letter's id."""
    word = "转办" if assignment.mode == Mode.TRANSFER else "交办"
    content = _letter(
        assignment,
        kind="hand_over",
        number="",
        title=f"关于{word}{_subject(assignment)}的函",
        body=_hand_over_body(assignment, word),
        addressee=organ_name(assignment.unit_code),
        signature=senders.body_name(assignment),
        copies=senders.oversight_of(assignment),
    )
    return _issue(assignment, "hand_over", content, signed_by=actor.name)


def _reply_title(assignment: Assignment, reply: Reply) -> str:
    what = "答复" if reply.version == 1 or not _signed_before(assignment) else "答复（更正）"
    return f"关于{_subject(assignment)}的{what}"


def _subject(assignment: Assignment) -> str:
    """Return the matter as titles name it: 市×届人大×次会议第×号建议."""
    if assignment.matter_kind != "suggestion":
        return _matter(assignment)
    number = re.search(r"(\d+)号$", assignment.matter_number)
    named = f"第{number[1]}号建议" if number else f"《{assignment.title}》"
    return f"{senders.congress_name(assignment)}{assignment.session}{named}"


def _urging_number(urging: Urging) -> str:
    if not urging.number:
        return ""
    return f"{URGING_TITLES[urging.kind][:2]}〔{urging.issued_on.year}〕{urging.number}号"


def _signed_before(assignment: Assignment) -> bool:
    return Reply.objects.filter(assignment=assignment, state="superseded").exists()


def _matter(assignment: Assignment) -> str:
    if assignment.matter_kind == "suggestion":
        return f"代表建议{assignment.matter_number}"
    if assignment.matter_kind == "forum":
        return f"代表意见{assignment.matter_number}号"
    return f"{assignment.matter_number}号事项" if assignment.matter_number else "社情民意事项"


def _reply_body(assignment: Assignment, reply: Reply) -> list[str]:
    number = f"（{assignment.matter_number}）" if assignment.matter_number else ""
    opening = f"您提出的《{assignment.title}》{number}收悉。现逐条答复如下："
    if assignment.matter_kind != "suggestion":
        opening = f"转来的社情民意《{assignment.title}》{number}收悉。现逐条答复如下："
    if assignment.matter_kind == "forum":
        opening = f"您在代表知情议政会上提出的意见{number}收悉。现答复如下："
    body = [reply.opening or opening]
    for place, answer in enumerate(reply.answers):
        if place < len(assignment.demands):
            body.append(f"{numeral(place + 1)}、关于“{assignment.demands[place]}”")
        body += str(answer).split("\n")
    if reply.promise_text and reply.promise_due:
        due, person = _day(reply.promise_due), reply.promise_person
        body.append(f"承诺事项：{reply.promise_text}，{due}前完成，责任人{person}。")
    if reply.reason:
        body.append(f"暂不能解决的理由和依据：{reply.reason}")
    return [*body, "感谢您对我们工作的关心和支持。"]


def _hand_over_body(assignment: Assignment, word: str) -> list[str]:
    role = {Mode.MAIN: "主办", Mode.ASSIST: "协办", Mode.SEPARATE: "分办"}.get(Mode(assignment.mode), "办理")
    body = [f"现将{_matter(assignment)}《{assignment.title}》{word}给贵单位{role}。"]
    if assignment.brief:
        body += ["一、基本情况", *assignment.brief.split("\n")]
    if assignment.demands:
        heading = f"{numeral(2 if assignment.brief else 1)}、请逐条办理的事项"
        body += [heading, *(f"{place}. {text}" for place, text in enumerate(assignment.demands, start=1))]
    if assignment.scope:
        body.append(f"贵单位负责的范围：{assignment.scope}")
    if assignment.note:
        body.append(f"交办意见：{assignment.note}")
    if assignment.confidential:
        body.append("代表要求保密：请不要对外透露是哪位代表提出的。")
    if assignment.wants_meeting:
        body.append("代表希望面商：请优先安排当面沟通。")
    return [*body, _terms(assignment)]


def _terms(assignment: Assignment) -> str:
    objection = f"不属于贵单位职责的，请于{_day(assignment.return_until)}前申请退办，不要自行转给其他单位。"
    due = _day(assignment.reply_due_on)
    if assignment.mode == Mode.ASSIST:
        return f"请于{due}前把协办意见交给主办单位。{objection}"
    contact = "答复前请与代表沟通，听取意见。" if assignment.needs_contact else ""
    return f"请于{due}前答复{_target(assignment)}。{contact}{objection}"


def _target(assignment: Assignment) -> str:
    """Return the target of the express lane beside the limit."""
    aim = assignment.deadlines.filter(what="target", replaced=False).first()
    return f"；这件走直通车，力争在{_day(aim.due_on)}前答复" if aim else ""


def _recipients(assignment: Assignment) -> list[dict[str, str]]:
    """Return who gets a reply of his own: each joint deputy, or the lead only (答复每位联名代表)."""
    ids = [str(one) for one in assignment.deputies]
    if not value("suggestion.reply_each_cosigner", home6=assignment.home6):
        ids = ids[:1]
    names = deputy_names(ids)
    return [{"deputy": one, "name": names[one]} for one in dict.fromkeys(ids) if one in names]


def _feedback(assignment: Assignment) -> dict[str, Any]:
    return {
        "number": assignment.matter_number,
        "title": assignment.title,
        "unit": organ_name(assignment.unit_code),
        "workdays": value("suggestion.evaluate_workdays", home6=assignment.home6),
        "to": senders.body_name(assignment),
    }


def _day(day: Any) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "规定的日期"


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
