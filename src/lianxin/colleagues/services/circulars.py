"""Notices, papers and reports between the city and its towns, each with a receipt of every receiver."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from lianxin.audit.services import record
from lianxin.colleagues.models import Circular, CircularKind, Receipt, Wants
from lianxin.colleagues.permissions import STAFF, desks_of, may_send
from lianxin.colleagues.workflow import CIRCULAR, MET
from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Conflict, Denied, Invalid
from lianxin.common.numbers import next_number
from lianxin.common.writes import write
from lianxin.notifications.services import Recipient, enqueue
from lianxin.regions.selectors import towns

TITLE, TEXT = 120, 5000


@dataclass(frozen=True)
class Paper:
    """What is sent: the words, what is asked of the receivers and until when."""

    kind: str
    title: str
    text: str
    wants: str = "read"
    due_on: date | None = None


@write
def circular_send(
    *,
    actor: Actor,
    sender: str,
    receivers: Sequence[str],
    paper: Paper,
    request_id: str | None = None,
) -> Circular:
    """Send a circular from a place to others; each of them gets a receipt to answer."""
    if sender not in desks_of(actor):
        raise Denied("只有人代工委、镇人大主席团和联络员可以发通知、文件和上报。")
    _checked(paper)
    _ways(sender, receivers, paper)
    row = Circular.objects.create(
        home6=sender[:6],
        division_code=sender,
        number=_number(sender, paper.kind),
        sent_at=clock.now(),
        sender_id=actor.id,
        sender_name=actor.name,
        **{**vars(paper), "title": paper.title.strip(), "text": paper.text.strip()},
    )
    Receipt.objects.bulk_create(
        [Receipt(circular=row, home6=row.home6, division_code=place) for place in dict.fromkeys(receivers)]
    )
    _recorded(actor, "send", row)
    _tell_receivers(row, list(dict.fromkeys(receivers)), f"收到{row.get_kind_display()}：{row.title}", "sent")
    return row


def _checked(paper: Paper) -> None:
    fields = {}
    if paper.kind not in CircularKind.values:
        fields["kind"] = "请选通知、文件或上报。"
    if not 2 <= len(paper.title.strip()) <= TITLE:
        fields["title"] = f"请写标题，2 到 {TITLE} 个字。"
    if not 5 <= len(paper.text.strip()) <= TEXT:
        fields["text"] = f"请写内容，5 到 {TEXT} 个字。"
    if paper.wants not in Wants.values:
        fields["wants"] = "请选要对方做什么。"
    if paper.wants != Wants.READ and paper.due_on is None:
        fields["due_on"] = "要对方办理或回复的，请写期限。"
    if paper.due_on is not None and paper.due_on < clock.today():
        fields["due_on"] = "期限已经过了，请改成今天以后。"
    if fields:
        raise Invalid("还没有发出，请看每一项的提示。", fields=fields)


def _ways(sender: str, receivers: Sequence[str], paper: Paper) -> None:
    """Let the city write to its towns and a town report to its city; nothing else."""
    city = sender[:6] + "000000"
    if not receivers:
        raise Invalid("还没有选发给谁。", fields={"receivers": "请至少选一个。"})
    if sender == city:
        known = set(towns().filter(home6=sender[:6]).values_list("code", flat=True))
        if paper.kind == CircularKind.REPORT or not set(receivers) <= known:
            raise Invalid("市里发文只能发给本市的镇。", fields={"receivers": "请从镇里选。"})
    elif paper.kind != CircularKind.REPORT or set(receivers) != {city}:
        raise Invalid("镇里只能向市人代工委上报。", fields={"kind": "请选「上报」。"})


def _number(sender: str, kind: str) -> str:
    year = clock.today().year
    sign = {"notice": "通知", "paper": "文", "report": "报"}[kind]
    count = next_number(home6=sender[:6], series=f"circular:{sender}:{kind}", year=year)
    return f"人代{sign}〔{year}〕{count}号"


@write
def circular_urge(*, actor: Actor, circular: Circular, request_id: str | None = None) -> Circular:
    """Remind whoever has not yet done what was asked, at most once a day."""
    _own(actor, circular, "urge")
    late = list(receipts_open(circular).values_list("division_code", flat=True))
    _tell_receivers(circular, late, f"请尽快处理：{circular.title}", f"urge:{clock.today()}")
    _recorded(actor, "urge", circular)
    return circular


@write
def circular_withdraw(
    *, actor: Actor, circular: Circular, reason: str, request_id: str | None = None
) -> Circular:
    """Take a circular back; the receivers are told why and have nothing more to do."""
    _own(actor, circular, "withdraw")
    if len(reason.strip()) < 2:
        raise Invalid("请写收回的原因。", fields={"reason": "收到的单位会看到。"})
    if Circular.objects.filter(pk=circular.pk, state="sent").update(state="withdrawn") != 1:
        raise Conflict("这份文件已经收回了。")
    circular.state = "withdrawn"
    places = list(circular.receipts.values_list("division_code", flat=True))
    _tell_receivers(circular, places, f"已收回：{circular.title}", "withdrawn", text=reason.strip())
    _recorded(actor, "withdraw", circular)
    return circular


def receipts_open(circular: Circular) -> QuerySet[Receipt]:
    """Return the receipts of those who have not yet done what was asked."""
    return circular.receipts.exclude(state=MET[circular.wants])


def _own(actor: Actor, circular: Circular, act: str) -> None:
    if not may_send(actor, circular):
        raise Denied("只有发文的单位可以这样做。")
    CIRCULAR.next_state(circular.state, act)


def _recorded(actor: Actor, act: str, circular: Circular) -> None:
    record(
        actor=actor,
        tag=f"circular.{act}",
        kind="circular",
        target=circular.pk,
        home6=circular.home6,
        facts={"kind": circular.kind},
    )


def tell_place(circular: Circular, place: str, subject: str, dedupe: str, *, text: str = "") -> None:
    """Tell the desk of a place about a circular."""
    roles = (Role.OFFICE,) if place.endswith("000000") else STAFF
    for role in roles:
        enqueue(
            to=Recipient.role(role, place),
            subject=subject[:160],
            text=text,
            link=f"/office/circulars/{circular.pk}",
            about_kind="circular",
            about_id=circular.pk,
            home6=circular.home6,
            dedupe=f"{dedupe}:{circular.pk}",
        )


def _tell_receivers(
    circular: Circular, places: list[str], subject: str, dedupe: str, *, text: str = ""
) -> None:
    for place in places:
        tell_place(circular, place, subject, dedupe, text=text)
