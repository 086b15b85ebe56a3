"""调整: what happens to a project during the year is decided by the right body (规定第十八条)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from lianxin.ballots.quorum import passing_share, quorum_share
from lianxin.common import clock
from lianxin.common.actor import SYSTEM, Actor
from lianxin.common.errors import Conflict, Invalid, Refused
from lianxin.common.writes import write
from lianxin.projects.models import Change, ChangeKind, Level, Project
from lianxin.projects.rules import Body, Shares, carried, decision_stands, is_large_sum, is_long_shift
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


@dataclass(frozen=True, slots=True)
class News:
    """What a change would make of a project; what is empty stays as it is."""

    amount: int | None = None
    due_on: date | None = None
    place: str = ""
    goals: str = ""

    def fields(self) -> dict[str, Any]:
        """Return the columns of the project that change."""
        found = {"amount": self.amount, "due_on": self.due_on, "place": self.place, "goals": self.goals}
        return {name: new for name, new in found.items() if new}


@write
def change_propose(
    *,
    actor: Actor,
    project: Project,
    kind: str,
    cause: str,
    news: News = News(),  # noqa: B008 - it is frozen
    request_id: str | None = None,
) -> Project:
    """Ask for a change with its cause, one at a time; a small one is reported and done."""
    if kind not in ChangeKind.values:
        raise Invalid("请选是哪一种调整。", fields={"kind": "请从列出的里选一个。"})
    words = long_enough(cause, 10, 500, "cause", "写明为什么要调整")
    news = _checked(news)
    wanted = news.fields()
    if kind == ChangeKind.CHANGE and not wanted:
        said = "新的资金、完成时限、地点或目标至少填一项。"
        raise Invalid("请写明改成什么。", fields={"new_due_on": said})
    small = kind == ChangeKind.CHANGE and is_small(project, news)
    made = {**wanted, **_kept(project, wanted)} if small else {}
    project_step(actor=actor, row=project, act="propose_change", facts={"kind": kind, "small": small}, **made)
    Change.objects.create(
        home6=project.home6,
        project=project,
        kind=kind,
        cause=words,
        **{f"new_{name}": new for name, new in wanted.items()},
        proposed_on=clock.today(),
        **({"body": REPORTED, "decided_on": clock.today(), "passed": True} if small else {}),
    )
    if small:
        tell_body(project, "有项目报告小幅调整", f"small:{project.id}:{clock.today()}")
        return project
    tell_body(project, "有项目提出调整，请提请法定机关决定", f"change:{project.id}:{clock.today()}")
    return project


def _checked(news: News) -> News:
    """Return what was typed without blanks around it; what is typed at all must say something."""
    place, goals = news.place.strip(), news.goals.strip()
    if place:
        place = long_enough(place, 2, 80, "new_place", "写明新的地点")
    if goals:
        goals = long_enough(goals, 4, 1000, "new_goals", "写明新的目标")
    return replace(news, place=place, goals=goals)


def is_small(project: Project, news: News) -> bool:
    """Say whether a change need only be reported: a little money or a few days, never place or goal.

    Both are measured against what was voted, or many small changes would make a large one unseen.
    """
    if news.place or news.goals:
        return False
    home6, due_on = project.home6, project.voted_due_on or project.due_on
    percent = value("project.major_change_percent", home6=home6)
    days = value("project.major_delay_days", home6=home6)
    amount = project.voted_amount or project.amount or 0
    if news.amount and is_large_sum(amount=amount, new_amount=news.amount, percent=percent):
        return False
    return not (news.due_on and is_long_shift(due_on=due_on, new_due_on=news.due_on, days=days))


def _kept(project: Project, wanted: dict[str, Any]) -> dict[str, Any]:
    """Return what was voted, to be kept beside what a small change makes of it."""
    names = [name for name in ("amount", "due_on") if name in wanted]
    return {f"voted_{name}": getattr(project, f"voted_{name}") or getattr(project, name) for name in names}


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
    """Return what a decided change makes of the project; from now on this is what was voted."""
    if change.kind != ChangeKind.CHANGE:
        return {}
    news = News(change.new_amount, change.new_due_on, change.new_place, change.new_goals).fields()
    return {**news, **{f"voted_{name}": None for name in ("amount", "due_on") if name in news}}
