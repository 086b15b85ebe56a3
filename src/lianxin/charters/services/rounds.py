"""Rounds of revision: one row for each village, done when both its texts are filed."""

from __future__ import annotations

from datetime import date

from lianxin.audit.services import record
from lianxin.charters.models import RevisionRound, RoundEntry
from lianxin.charters.permissions import may_in_round, may_open_round
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid
from lianxin.common.writes import write
from lianxin.villages.models import VillageProfile


@write
def round_open(
    *, actor: Actor, home6: str, name: str, due_on: date, request_id: str | None = None
) -> RevisionRound:
    """Open a round for all villages of the region; one at a time, one a year."""
    if not may_open_round(actor):
        raise Denied("只有人大代工委可以发起修订轮次。")
    errors = {}
    if len(name.strip()) < 4:
        errors["name"] = "请写轮次的名称，至少 4 个字。"
    if due_on <= clock.today():
        errors["due_on"] = "完成期限要晚于今天。"
    if errors:
        raise Invalid("有几项还没填好。", fields=errors)
    today = clock.today()
    if (
        RevisionRound.objects.filter(home6=home6)
        .exclude(closed_on__isnull=False, year__lt=today.year)
        .exists()
    ):
        raise Conflict("已经有一轮修订在进行，或今年已经开过一轮。")
    row = RevisionRound.objects.create(
        home6=home6,
        division_code=f"{home6}000000",
        name=name.strip()[:60],
        year=today.year,
        opened_on=today,
        due_on=due_on,
    )
    entries_make(row)
    record(actor=actor, tag="charter_round.open", kind="charter_round", target=row.id, home6=home6)
    return row


def entries_make(row: RevisionRound, done: dict[str, date] | None = None) -> int:
    """Give each village its row in a round."""
    codes = VillageProfile.objects.filter(home6=row.home6).values_list("division_code", flat=True)
    days = done or {}
    made = [
        RoundEntry(home6=row.home6, division_code=code, round=row, done_on=days.get(code)) for code in codes
    ]
    return len(RoundEntry.objects.bulk_create(made, ignore_conflicts=True, batch_size=500))


@write
def round_close(*, actor: Actor, row: RevisionRound, request_id: str | None = None) -> RevisionRound:
    """Close a round; villages that are not done stay shown as gaps."""
    if not may_in_round(actor, "close", row):
        raise Denied("只有人大代工委可以结束修订轮次。")
    if RevisionRound.objects.filter(pk=row.pk, closed_on=None).update(closed_on=clock.today()) != 1:
        raise Conflict("这一轮已经结束了。")
    row.refresh_from_db()
    facts = {"done": row.entries.exclude(done_on=None).count(), "of": row.entries.count()}
    record(
        actor=actor,
        tag="charter_round.close",
        kind="charter_round",
        target=row.id,
        home6=row.home6,
        facts=facts,
    )
    return row
