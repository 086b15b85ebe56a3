"""Pledges (履职承诺): an item, a day, a proof; in public from the day they are made."""

from __future__ import annotations

from datetime import date, timedelta

from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Denied, Invalid, Refused
from lianxin.common.writes import write
from lianxin.duties.models import DutyPledge
from lianxin.duties.services.posting import duty_post
from lianxin.duties.services.step import pledge_step
from lianxin.duties.workflow import UNFULFILLED, PledgeState
from lianxin.notifications.services import Recipient, enqueue
from lianxin.people.actors import active_seats, deputy_of
from lianxin.people.models import Deputy
from lianxin.rulebook.selectors import value

MOST = 5
KIND = "duty_pledge"
ROOM = "duties"


@write
def pledge_make(*, actor: Actor, item: str, due_on: date, request_id: str | None = None) -> DutyPledge:
    """Write one item of this year's pledge as a draft."""
    deputy = deputy_of(actor)
    if deputy is None or not actor.has(Role.DEPUTY):
        raise Denied("只有在任的代表可以作出履职承诺。")
    item, today = item.strip(), clock.today()
    wrong = {}
    if not 5 <= len(item) <= 120:
        wrong["item"] = "请写明做什么、做到什么程度（5 到 120 个字）。"
    if not today <= due_on <= date(today.year, 12, 31):
        wrong["due_on"] = "请填今天以后、今年以内的日子。"
    if deputy.pledges.filter(year=today.year).count() >= MOST:
        wrong["item"] = f"一年最多承诺 {MOST} 项，少而实在更好。"
    if wrong:
        raise Invalid("有几项还没填好，请看每一项的提示。", fields=wrong)
    return DutyPledge.objects.create(
        home6=deputy.home6,
        division_code=deputy.division_code,
        deputy=deputy,
        year=today.year,
        item=item,
        due_on=due_on,
    )


@write
def pledge_publish(*, actor: Actor, pledge: DutyPledge, request_id: str | None = None) -> DutyPledge:
    """Make the promise in public."""
    return pledge_step(actor=actor, pledge=pledge, act="publish")


@write
def pledge_note(*, actor: Actor, pledge: DutyPledge, text: str, request_id: str | None = None) -> DutyPledge:
    """Say at the half year how far it has come."""
    said = _said(text, "text", 300)
    return pledge_step(
        actor=actor, pledge=pledge, act="half_year_note", half_year_note=said, half_year_on=clock.today()
    )


@write
def pledge_prove(
    *, actor: Actor, pledge: DutyPledge, proof: str, request_id: str | None = None
) -> DutyPledge:
    """Say how the promise came true."""
    said = _said(proof, "proof", 1000)
    pledge_step(actor=actor, pledge=pledge, act="give_proof", proof=said, proof_on=clock.today())
    _tell(
        pledge, Recipient.role(Role.PRESIDIUM, pledge.deputy.division_code[:9] + "000"), "请确认承诺是否兑现"
    )
    return pledge


@write
def pledge_explain(
    *, actor: Actor, pledge: DutyPledge, text: str, request_id: str | None = None
) -> DutyPledge:
    """Say in public why the day passed without fulfilment."""
    said = _said(text, "text", 500)
    return pledge_step(
        actor=actor, pledge=pledge, act="explain", explanation=said, explained_on=clock.today()
    )


@write
def pledge_fulfil(*, actor: Actor, pledge: DutyPledge, request_id: str | None = None) -> DutyPledge:
    """Another person confirms the fulfilment; it becomes a duty record of the deputy."""
    pledge_step(actor=actor, pledge=pledge, act="fulfil", confirmed_by=actor.id, confirmed_on=clock.today())
    duty_post(
        actor=actor,
        deputy_id=pledge.deputy_id,
        kind=KIND,
        on=pledge.proof_on or clock.today(),
        home6=pledge.home6,
        division_code=pledge.division_code,
        source_room=ROOM,
        source_id=str(pledge.id),
        online=True,
        facts={"title": pledge.item},
    )
    _tell(pledge, None, "承诺已确认兑现")
    return pledge


@write
def pledge_send_back(
    *, actor: Actor, pledge: DutyPledge, reason: str, request_id: str | None = None
) -> DutyPledge:
    """Say what the proof lacks; the promise stays open."""
    said = _said(reason, "reason", 200)
    pledge_step(actor=actor, pledge=pledge, act="send_back", note=said, reason=said)
    _tell(pledge, None, "兑现材料不足，请补充")
    return pledge


@write
def pledge_release(
    *, actor: Actor, pledge: DutyPledge, reason: str, request_id: str | None = None
) -> DutyPledge:
    """The body agrees that a promise cannot be kept; the reason is public."""
    said = _said(reason, "reason", 200)
    return pledge_step(actor=actor, pledge=pledge, act="release", note=said, reason=said)


@write
def pledge_take_over(
    *, actor: Actor, pledge: DutyPledge, deputy: Deputy, request_id: str | None = None
) -> DutyPledge:
    """Let another deputy go on with what one who leaves has promised; both stand in public."""
    if not active_seats(clock.today()).filter(deputy=deputy).exists():
        raise Refused("这位代表现在不在任，请另选一位。")
    pledge_release(actor=actor, pledge=pledge, reason=f"承诺人离任，由{deputy.name}代表接着办")
    new = DutyPledge.objects.create(
        home6=pledge.home6,
        division_code=deputy.division_code,
        deputy=deputy,
        year=pledge.year,
        item=pledge.item,
        due_on=pledge.due_on,
        state=PledgeState.OPEN,
    )
    _tell(new, None, "一项承诺转给您接着办")
    return new


def pledges_remind(today: date) -> int:
    """Remind of the half-year check (June, December) and of promises whose day has passed."""
    rows = list(
        DutyPledge.objects.filter(state__in=UNFULFILLED, year__gte=today.year - 1).select_related("deputy")
    )
    told = 0
    for row in rows:
        if row.overdue(today):
            words = f"承诺到期未兑现，请在 {explain_until(row)} 以前说明情况"
            told += _tell(row, None, words, dedupe=f"late:{row.due_on}")
        elif today.month in {6, 12} and (row.half_year_on is None or row.half_year_on.month != today.month):
            told += _tell(row, None, "请做半年自查", dedupe=f"half:{today:%Y%m}")
    return told


def explain_until(pledge: DutyPledge) -> date:
    """Return until when a promise that did not come true is to be explained."""
    return pledge.due_on + timedelta(days=value("duty.pledge_explain_days", home6=pledge.home6))


def _tell(pledge: DutyPledge, to: Recipient | None, words: str, *, dedupe: str = "") -> int:
    account = pledge.deputy.account_id
    whom = to or (Recipient.account(account) if account else None)
    if whom is None:
        return 0
    enqueue(
        to=whom,
        subject=f"{words}：{pledge.item}"[:160],
        text="",
        link="/office/duties/pledges" if to else "/deputy/pledges",
        about_kind="pledge",
        about_id=pledge.id,
        home6=pledge.home6,
        dedupe=f"pledge:{pledge.id}:{dedupe or format(clock.now(), '%Y%m%d%H%M%S%f')}",
    )
    return 1


def _said(text: str, name: str, most: int) -> str:
    text = text.strip()
    if not 5 <= len(text) <= most:
        raise Invalid("请写清楚。", fields={name: f"请写 5 到 {most} 个字。"})
    return text
