"""The roll: three totals, the day the list is out, objections and proxies as numbers (arts. 13–15)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Invalid, NotFound
from lianxin.common.writes import write
from lianxin.elections.models import RollObjection, StepTick, VillageElection
from lianxin.elections.rules import objection_open
from lianxin.elections.services.step import step
from lianxin.elections.steps import own_keys
from lianxin.rulebook.calendar import due_after_days
from lianxin.rulebook.selectors import calendar_for, value

MOST = 100_000


@write
def roll_register(  # noqa: PLR0913 - the three kinds of art. 13
    *,
    actor: Actor,
    election: VillageElection,
    living_here: int,
    living_away: int = 0,
    from_outside: int = 0,
    outside_agreed: bool = False,
    request_id: str | None = None,
) -> VillageElection:
    """Note how many of each kind have registered; no name of a voter is kept."""
    numbers: dict[str, Any] = {
        "living_here": living_here,
        "living_away": living_away,
        "from_outside": from_outside,
    }
    wrong = {name: "请填 0 或更大的整数。" for name, count in numbers.items() if not 0 <= count <= MOST}
    if not sum(numbers.values()):
        wrong["living_here"] = "至少要有一名登记的村民。"
    if wrong:
        raise Invalid("人数请核对。", fields=wrong)
    return step(
        actor=actor,
        election=election,
        act="register",
        facts=numbers,
        outside_agreed=outside_agreed,
        **numbers,
    )


@write
def list_publish(
    *, actor: Actor, election: VillageElection, voting_on: date, request_id: str | None = None
) -> VillageElection:
    """Publish the list and name the election day, at least twenty days ahead (art. 14)."""
    return step(
        actor=actor,
        election=election,
        act="publish_list",
        facts={"voting_on": str(voting_on), "registered": election.registered},
        voting_on=voting_on,
        listed_on=clock.today(),
    )


@write
def day_move(
    *, actor: Actor, election: VillageElection, voting_on: date, request_id: str | None = None
) -> VillageElection:
    """Move the election day while the list is out."""
    if voting_on < clock.today():
        raise Invalid("投票日已经过了。", fields={"voting_on": "请填今天或以后的日期。"})
    return step(
        actor=actor,
        election=election,
        act="move_day",
        facts={"voting_on": str(voting_on)},
        voting_on=voting_on,
    )


@write
def objection_note(
    *,
    actor: Actor,
    election: VillageElection,
    asks_to_add: bool,
    received_on: date,
    request_id: str | None = None,
) -> VillageElection:
    """Note an objection to the roll; it has to come within five days of the list (art. 14)."""
    days = value("village.roll_objection_days", home6=election.home6)
    listed = election.listed_on
    if listed is None or not objection_open(listed_on=listed, received_on=received_on, days=days):
        words = f"对名单有不同意见，要在公布起 {days} 天内提出；过了期的，请镇里按举报调查。"
        raise Invalid(words, fields={"received_on": words})
    within = value("village.roll_decision_days", home6=election.home6)
    due = due_after_days(received_on, within, calendar_for(election.home6))
    row = RollObjection(
        election=election,
        asks_to_add=asks_to_add,
        received_on=received_on,
        due_on=due.on,
        due_trace=due.trace,
    )
    step(actor=actor, election=election, act="object", facts={"objection": str(row.id)})
    row.save(force_insert=True)
    return election


@write
def objection_decide(
    *,
    actor: Actor,
    election: VillageElection,
    objection: RollObjection,
    upheld: bool,
    request_id: str | None = None,
) -> VillageElection:
    """Decide an objection; one that is upheld adds a voter to the roll or takes one off."""
    step(
        actor=actor,
        election=election,
        act="decide_objection",
        facts={"objection": str(objection.id), "upheld": upheld},
    )
    mine = RollObjection.objects.filter(pk=objection.pk, election=election, decided_on=None)
    if mine.update(decided_on=clock.today(), upheld=upheld) != 1:
        raise Conflict("这件申诉已经作出决定了。")
    if upheld:
        change = 1 if objection.asks_to_add else -1
        roll = VillageElection.objects.filter(pk=election.pk)
        roll.filter(living_here__gte=-change).update(living_here=F("living_here") + change)
        election.refresh_from_db(fields=["living_here"])
    return election


@write
def proxies_publish(
    *,
    actor: Actor,
    election: VillageElection,
    proxies: int,
    most_for_one: int,
    written: bool,
    near_relative: bool,
    request_id: str | None = None,
) -> VillageElection:
    """Note that the proxies are on the board: written, to near relatives, few for one person (art. 15)."""
    cap = value("village.proxy_max", home6=election.home6)
    wrong = {}
    if not 0 <= proxies <= election.registered:
        wrong["proxies"] = f"委托投票的人数请填 0 到 {election.registered}。"
    if most_for_one > cap:
        wrong["most_for_one"] = f"一个人最多接受 {cap} 人委托，请请委托的人另找近亲属。"
    if proxies and not written:
        wrong["written"] = "委托要书面，口头的不算（第十五条）。"
    if proxies and not near_relative:
        wrong["near_relative"] = "只能委托本村有选举权的近亲属（第十五条）。"
    if wrong:
        raise Invalid("委托投票有几处不合规定。", fields=wrong)
    return step(
        actor=actor,
        election=election,
        act="proxies",
        facts={"proxies": proxies, "most_for_one": most_for_one},
        proxies=proxies,
        proxies_on=clock.today(),
    )


@write
def step_tick(
    *, actor: Actor, election: VillageElection, key: str, note: str = "", request_id: str | None = None
) -> VillageElection:
    """Note that a step of the office's own is done."""
    if key not in own_keys(election.steps):
        raise NotFound("没有这一步，请刷新页面。")
    step(actor=actor, election=election, act="tick", facts={"step": key})
    StepTick.objects.update_or_create(
        election=election, key=key, defaults={"note": note.strip()[:200], "done_on": clock.today()}
    )
    return election
