"""调整: what happens to a project during the year is decided by the right body (规定第十八条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from lianxin.ballots.quorum import passing_share, quorum_share
from lianxin.common import clock
from lianxin.common.actor import SYSTEM, Actor
from lianxin.common.errors import Conflict, Invalid, Refused
from lianxin.common.writes import write
from lianxin.projects.models import Change, ChangeKind, Level, Project
from lianxin.projects.rules import Body, Shares, carried, decision_stands, is_major_change
from lianxin.projects.services.step import project_step
from lianxin.projects.services.telling import tell_body, tell_supervisors, tell_unit
from lianxin.projects.services.words import long_enough
from lianxin.rulebook.selectors import value

REPORTED = "reported"
"""Where a change was so small that nobody had to decide it."""
BODY_WORDS = {Body.STANDING_COMMITTEE: "市人大常委会", Body.CONGRESS: "镇人民代表大会"}


@dataclass(frozen=True, slots=True)
class Decision:
    """How a body decided: who, with how many, under which paper."""

    body: str
    members: int
    present: int
    votes_for: int
    paper_number: str
    decided_on: date


def right_body(project: Project) -> Body:
    """Return who decides about this project: county standing committee, town congress (规定第十八条)."""
    level = "county" if project.round.level == Level.CITY else "town"
    return Body(value("project.adjust_body", home6=project.home6)[level])


@write
def change_propose(
    *,
    actor: Actor,
    project: Project,
    kind: str,
    cause: str,
    new_amount: int | None = None,
    new_due_on: date | None = None,
    request_id: str | None = None,
) -> Project:
    """Ask for a change with its cause, one at a time; a small one is reported and done."""
    if kind not in ChangeKind.values:
        raise Invalid("请选是哪一种调整。", fields={"kind": "请从列出的里选一个。"})
    words = long_enough(cause, 10, 500, "cause", "写明为什么要调整")
    if kind == ChangeKind.CHANGE and new_amount is None and new_due_on is None:
        raise Invalid("请写明改成什么。", fields={"new_due_on": "新的资金或新的完成时限至少填一项。"})
    small = _is_small(project, kind, new_amount, new_due_on)
    news: dict[str, Any] = {"amount": new_amount} if small else {}
    project_step(actor=actor, row=project, act="propose_change", facts={"kind": kind, "small": small}, **news)
    Change.objects.create(
        home6=project.home6,
        project=project,
        kind=kind,
        cause=words,
        new_amount=new_amount,
        new_due_on=new_due_on,
        proposed_on=clock.today(),
        **({"body": REPORTED, "decided_on": clock.today(), "passed": True} if small else {}),
    )
    if small:
        tell_body(project, "有项目报告小幅调整", f"small:{project.id}:{clock.today()}")
        return project
    tell_body(project, "有项目提出调整，请提请法定机关决定", f"change:{project.id}:{clock.today()}")
    return project


def _is_small(project: Project, kind: str, new_amount: int | None, new_due_on: date | None) -> bool:
    """Say whether a change need only be reported: money within the share, nothing else."""
    percent = value("project.major_change_percent", home6=project.home6)
    return kind == ChangeKind.CHANGE and not is_major_change(
        amount=project.amount or 0,
        new_amount=new_amount or 0,
        percent=percent,
        other=new_due_on is not None or new_amount is None,
    )


@write
def change_decide(
    *, actor: Actor, project: Project, decision: Decision, request_id: str | None = None
) -> Project:
    """Enter the decision of the right body; another body's decision is refused."""
    change = project.changes.filter(decided_on=None).first()
    if change is None:
        raise Conflict("没有等决定的调整。")
    _check(project, decision)
    passed = _passed(project, decision)
    facts = {"body": decision.body, "for": decision.votes_for, "of": decision.members}
    project_step(actor=actor, row=project, act="decide_change", facts=facts)
    Change.objects.filter(pk=change.pk, decided_on=None).update(
        body=decision.body,
        members=decision.members,
        present=decision.present,
        votes_for=decision.votes_for,
        paper_number=decision.paper_number.strip()[:60],
        decided_on=decision.decided_on,
        passed=passed,
    )
    if passed:
        project_step(actor=SYSTEM, row=project, act=change.kind, **_new(change))
    tell_unit(project, "项目调整有了决定", f"changed:{change.id}")
    tell_supervisors(project, "您监督的项目调整有了决定", f"changed:{change.id}")
    return project


def _passed(project: Project, decision: Decision) -> bool:
    """Say whether the body agreed; refuse figures of a meeting that did not stand at all."""
    body, members = right_body(project), decision.members
    shares = shares_of(body, project.home6)
    said = decision_stands(
        members=members, present=decision.present, votes_for=decision.votes_for, body=body, shares=shares
    )
    if said and carried(members=members, votes_for=decision.votes_for, shares=shares):
        raise Refused(said)  # enough votes, but the meeting itself did not stand
    return said is None


def shares_of(body: Body, home6: str) -> Shares:
    """Return what a body needs of its members: a congress arts. 14 and 25, a standing committee art. 51."""
    if body is Body.CONGRESS:
        return Shares(quorum_share(home6), passing_share(home6))
    quorum, passing = (value(name, home6=home6) for name in ("committee.quorum", "committee.pass"))
    return Shares(Fraction(quorum), Fraction(passing))


def _check(project: Project, decision: Decision) -> None:
    body = right_body(project)
    if decision.body != body:
        words = f"这个项目的调整要由{BODY_WORDS[body]}决定。"
        raise Invalid(words, fields={"body": words})
    if len(decision.paper_number.strip()) < 4:
        raise Invalid("请写决定的文号。", fields={"paper_number": "请照文件写文号。"})
    if decision.decided_on > clock.today():
        raise Invalid("日期还没到。", fields={"decided_on": "请填作出决定那天。"})


def _new(change: Change) -> dict[str, Any]:
    if change.kind != ChangeKind.CHANGE:
        return {}
    found = {"amount": change.new_amount, "due_on": change.new_due_on}
    return {name: new for name, new in found.items() if new is not None}
