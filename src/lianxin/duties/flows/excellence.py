"""代表创优: nominate oneself, the group recommends, the body reviews, everybody may object, honour."""

from __future__ import annotations

from uuid import UUID

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Conflict, Denied, Invalid, NotFound
from lianxin.common.writes import write
from lianxin.duties.assessing.files import bodies_of
from lianxin.duties.flows.step import bid_step, tell_body, tell_deputy
from lianxin.duties.flows_workflow import Excellence
from lianxin.duties.models import BidObjection, ExcellenceBid
from lianxin.duties.services.posting import duty_post
from lianxin.people.actors import deputy_of
from lianxin.rulebook.deadlines import due_for

HONOUR = "五好代表"
WAYS = {"visit": "来站说", "phone": "打电话", "letter": "写信", "deputy": "代表提出"}
OVER = (Excellence.DECLINED, Excellence.WITHDRAWN)


@write
def excellence_nominate(
    *, actor: Actor, statement: str, honour: str = HONOUR, request_id: str | None = None
) -> ExcellenceBid:
    """Offer oneself for an honour of this year."""
    deputy = deputy_of(actor)
    if deputy is None or not actor.has(Role.DEPUTY):
        raise Denied("只有在任的代表可以申报。")
    year = clock.today().year
    mine = ExcellenceBid.objects.filter(deputy=deputy, year=year, honour=honour).exclude(state__in=OVER)
    if mine.exists():
        raise Conflict("今年已经申报过了，请看进展。")
    row = ExcellenceBid.objects.create(
        deputy=deputy,
        home6=deputy.home6,
        division_code=deputy.division_code,
        year=year,
        body_code=bodies_of([deputy.pk], year)[deputy.pk],
        honour=honour,
        statement=statement,
        asked_on=clock.today(),
    )
    record(actor=actor, tag="excellence.nominate", kind="excellence", target=row.id, home6=row.home6)
    tell_body(row, f"申报{honour}", "等小组推荐后评审。", key="nominated")
    return row


@write
def excellence_recommend(
    *, actor: Actor, row: ExcellenceBid, words: str, request_id: str | None = None
) -> ExcellenceBid:
    """Let the group recommend the deputy."""
    bid_step(actor=actor, row=row, act="recommend", group_words=words)
    tell_body(row, f"小组推荐{row.honour}", "请评审。", key="recommended")
    return row


@write
def excellence_notice(*, actor: Actor, row: ExcellenceBid, request_id: str | None = None) -> ExcellenceBid:
    """Accept the bid and put it on public notice for at least five days."""
    due = due_for("excellence.notice_days", clock.today(), home6=row.home6)
    bid_step(
        actor=actor,
        row=row,
        act="notice",
        notice_from=clock.today(),
        notice_to=due.on,
        notice_trace=due.trace,
    )
    tell_deputy(row, f"您申报的{row.honour}开始公示", f"公示到 {due.on:%Y-%m-%d}。", key="noticed")
    return row


@write
def excellence_object(
    *, actor: Actor, row: ExcellenceBid, text: str, came_by: str, request_id: str | None = None
) -> ExcellenceBid:
    """Write down what somebody says against an honour on notice; no name is kept."""
    if came_by not in WAYS or len(text.strip()) < 10:
        raise Invalid("请写清楚意见。", fields={"text": "至少 10 个字。", "came_by": "请选从哪里来的。"})
    made = BidObjection(
        bid=row, text=text.strip(), came_by=came_by, made_on=clock.today(), recorded_by=actor.id
    )
    bid_step(actor=actor, row=row, act="object", facts={"objection": str(made.id)})
    made.save()
    tell_body(row, f"公示有意见：{row.honour}", "处理完才能确认表彰。", key=f"objected:{made.id}")
    return row


@write
def excellence_settle(
    *, actor: Actor, row: ExcellenceBid, objection: UUID, answer: str, request_id: str | None = None
) -> ExcellenceBid:
    """Say what was found about an objection."""
    found = row.objections.filter(pk=objection).first()
    if found is None:
        raise NotFound("没有找到这条意见。")
    bid_step(actor=actor, row=row, act="settle", facts={"objection": str(found.id)})
    open_one = BidObjection.objects.filter(pk=found.pk, settled_on=None)
    if open_one.update(answer=answer, settled_by=actor.id, settled_on=clock.today()) != 1:
        raise Conflict("这条意见已经处理过了。")
    return row


@write
def excellence_confirm(*, actor: Actor, row: ExcellenceBid, request_id: str | None = None) -> ExcellenceBid:
    """Give the honour after the notice, with every objection handled; it goes into the ledger."""
    today = clock.today()
    bid_step(actor=actor, row=row, act="confirm", decided_on=today)
    duty_post(
        actor=actor,
        deputy_id=row.deputy_id,
        kind="excellence",
        on=today,
        home6=row.home6,
        division_code=row.division_code,
        source_room="duties",
        source_id=f"excellence:{row.pk}",
        online=True,
        facts={"title": f"{row.year} 年度{row.honour}", "bid": str(row.pk)},
    )
    tell_deputy(row, f"祝贺您被确定为{row.honour}", f"{row.year} 年度", key="honoured")
    return row


@write
def excellence_decline(
    *, actor: Actor, row: ExcellenceBid, words: str, request_id: str | None = None
) -> ExcellenceBid:
    """Say why the honour is not given."""
    bid_step(actor=actor, row=row, act="decline", words=words, decided_on=clock.today())
    tell_deputy(row, f"您申报的{row.honour}没有通过", words, key="declined")
    return row


@write
def excellence_withdraw(*, actor: Actor, row: ExcellenceBid, request_id: str | None = None) -> ExcellenceBid:
    """Take one's own bid back."""
    return bid_step(actor=actor, row=row, act="withdraw", decided_on=clock.today())
