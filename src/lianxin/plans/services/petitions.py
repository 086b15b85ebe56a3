"""提请: draft, chairpersons' meeting, letter to the committee, what came back."""

from __future__ import annotations

from datetime import date
from typing import Any

from lianxin.audit.moving import Trail, event_add
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied
from lianxin.common.numbers import next_number
from lianxin.common.writes import write
from lianxin.handling.senders import region_name
from lianxin.plans.letters import petition_letter
from lianxin.plans.models import DocumentLevel, Petition, PetitionText
from lianxin.plans.permissions import may_petition, registers
from lianxin.plans.services.documents import Received, document_attach, document_register
from lianxin.plans.services.step import step, words
from lianxin.plans.services.telling import tell_leaders, tell_office
from lianxin.plans.workflow import PETITION, PetitionFacts
from lianxin.rulebook.deadlines import due_for

TRAIL = Trail("petition", "petition")
LINK = "/plans/petitions"


@write
def petition_draft(
    *, actor: Actor, place: str, title: str, text: str, request_id: str | None = None
) -> Petition:
    """Begin a petition with its first text."""
    if not registers(actor, place):
        raise Denied("只有人大代工委可以起草提请。")
    said = words(title, "title", least=6, most=120, what="标题")
    body = words(text, "text", least=20, most=8000, what="提请的内容")
    row = Petition.objects.create(home6=place[:6], division_code=place, title=said)
    _text_add(actor, row, body)
    event_add(row, actor=actor, act="draft", old="", trail=TRAIL)
    return row


@write
def petition_revise(
    *, actor: Actor, petition: Petition, text: str, request_id: str | None = None
) -> Petition:
    """Write the next version of the text."""
    body = words(text, "text", least=20, most=8000, what="提请的内容")
    _step(actor, petition, "revise")
    _text_add(actor, petition, body)
    return petition


def _text_add(actor: Actor, row: Petition, body: str) -> None:
    PetitionText.objects.create(
        home6=row.home6,
        division_code=row.division_code,
        petition=row,
        version=row.texts.count() + 1,
        text=body,
        by_name=actor.name,
    )


@write
def petition_propose(*, actor: Actor, petition: Petition, request_id: str | None = None) -> Petition:
    """Ask the chairpersons' meeting."""
    _step(actor, petition, "propose")
    tell_leaders(
        petition, f"请安排主任会议：{petition.title}", _link(petition), f"propose:{_count(petition)}"
    )
    return petition


@write
def petition_schedule(
    *, actor: Actor, petition: Petition, agenda_on: date, request_id: str | None = None
) -> Petition:
    """Put it on the agenda of a meeting."""
    facts = PetitionFacts(clock.today(), agenda_on)
    return _step(actor, petition, "schedule", facts, agenda_on=agenda_on)


@write
def petition_decide(
    *, actor: Actor, petition: Petition, act: str, note: str = "", request_id: str | None = None
) -> Petition:
    """Record what the chairpersons decided: agreed, sent back or refused, the latter two with a reason."""
    said = note.strip() if act == "agree" else words(note, "note", least=4, most=500, what="理由")
    back = {"agenda_on": None} if act == "send_back" else {}
    _step(actor, petition, act, note=said, **back)
    subject = f"主任会议{PETITION.acts[act].verb}：{petition.title}"
    tell_office(petition, subject, _link(petition), f"{act}:{_count(petition)}")
    return petition


@write
def petition_send(*, actor: Actor, petition: Petition, request_id: str | None = None) -> Petition:
    """Number the letter, issue it, and count the days to the answer."""
    today = clock.today()
    PETITION.next_state(petition.state, "send", _facts(petition))
    number = _number(petition)
    petition.number = number
    letter = petition_letter(petition, petition.texts.latest("version").text, signed_by=actor.name)
    due = due_for("petition.answer_workdays", today, home6=petition.home6)
    more: dict[str, Any] = {"number": number, "letter": letter.pk, "sent_on": today, "due_on": due.on}
    return _step(actor, petition, "send", None, {"number": number}, **more)


def _number(row: Petition) -> str:
    year = clock.today().year
    count = next_number(home6=row.home6, series=f"petition:{row.division_code}", year=year)
    return f"人大常报〔{year}〕{count}号"


@write
def petition_urge(*, actor: Actor, petition: Petition, note: str, request_id: str | None = None) -> Petition:
    """Note that the committee's office was asked how it stands."""
    return _step(actor, petition, "urge", note=words(note, "note", least=2, most=300, what="问了谁、怎么说"))


@write
def petition_issue(
    *,
    actor: Actor,
    petition: Petition,
    number: str,
    issued_on: date,
    data: bytes | None = None,
    request_id: str | None = None,
) -> Petition:
    """Register what the committee issued: the document with its number, day and file."""
    said = words(number, "number", least=4, most=40, what="市委文号")
    facts = PetitionFacts(clock.today(), sent_on=petition.sent_on, answered_on=issued_on)
    PETITION.next_state(petition.state, "issue", facts)
    title = (
        petition.title.removeprefix("关于提请下发")
        .removesuffix("的请示")
        .removesuffix("的报告")
        .strip("《》")
    )
    issuer = f"中共{region_name(petition.home6)}委员会"
    paper = Received(
        DocumentLevel.COMMITTEE,
        title,
        issuer,
        said,
        issued_on,
        clock.today(),
        f"由{petition.number}提请下发。",
    )
    document = document_register(actor=actor, place=petition.division_code, paper=paper)
    if data:
        document_attach(actor=actor, document=document, data=data)
    _step(actor, petition, "issue", facts, {"document": str(document.pk)}, outcome=document)
    tell_leaders(petition, f"市委已下发（{said}）：{title}", _link(petition), "issued")
    return petition


@write
def petition_decline(
    *, actor: Actor, petition: Petition, note: str, request_id: str | None = None
) -> Petition:
    """Register that the committee did not take it up, and why."""
    _step(actor, petition, "decline", note=words(note, "note", least=4, most=500, what="未采纳的理由"))
    tell_leaders(petition, f"市委未采纳：{petition.title}", _link(petition), "declined")
    return petition


@write
def petition_withdraw(*, actor: Actor, petition: Petition, request_id: str | None = None) -> Petition:
    """Give it up before the chairpersons have met."""
    return _step(actor, petition, "withdraw")


def _facts(row: Petition) -> PetitionFacts:
    return PetitionFacts(clock.today(), row.agenda_on, row.sent_on)


def _step(
    actor: Actor,
    row: Petition,
    act: str,
    rule_facts: PetitionFacts | None = None,
    facts: dict[str, Any] | None = None,
    note: str = "",
    **changes: Any,
) -> Petition:
    return step(
        row,
        actor=actor,
        act=act,
        table=PETITION,
        may=may_petition,
        trail=TRAIL,
        rule_facts=rule_facts or _facts(row),
        note=note,
        facts=facts,
        **changes,
    )


def _link(row: Petition) -> str:
    return f"{LINK}/{row.pk}"


def _count(row: Petition) -> int:
    return row.events.count()
