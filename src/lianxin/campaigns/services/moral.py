"""道德评议: a meeting is noted by topic and outcome; names are hidden before the row is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lianxin.audit.services import record
from lianxin.campaigns.models import MoralMeeting, MoralOutcome, MoralTopic
from lianxin.campaigns.permissions import may_open
from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Denied, Invalid
from lianxin.common.masking import mask
from lianxin.common.writes import write
from lianxin.people.terms import refuse_ended_term


@write
def moral_record(  # noqa: PLR0913 - what a record says
    *,
    actor: Actor,
    village: str,
    held_on: date,
    topic: str,
    reviewers: int,
    outcome: str,
    words: str,
    request_id: str | None = None,
) -> MoralMeeting:
    """Note a moral review meeting; it praises or mediates, it keeps no list of anybody."""
    if not actor.has_in(village, Role.VILLAGE):
        raise Denied("只有本村村委会可以记道德评议。")
    errors = {}
    if topic not in MoralTopic.values:
        errors["topic"] = "请选评议的题目。"
    if outcome not in MoralOutcome.values:
        errors["outcome"] = "请选结果。"
    if held_on > clock.today():
        errors["held_on"] = "日期还没到。"
    if not 3 <= reviewers <= 200:
        errors["reviewers"] = "评议员至少 3 人。"
    if not 6 <= len(words.strip()) <= 500:
        errors["words"] = "写 6 到 500 个字，只写事，不写谁不好。"
    if errors:
        raise Invalid("有几项还没填好，写的字都还在。", fields=errors)
    refuse_ended_term(held_on, village[:6])
    row = _row(village, held_on, topic, reviewers, outcome, words)
    row.save(force_insert=True)
    facts = {"topic": topic, "outcome": outcome}
    record(actor=actor, tag="moral.record", kind="moral", target=row.id, home6=row.home6, facts=facts)
    return row


def _row(  # noqa: PLR0913 - a row has as many columns
    village: str, held_on: date, topic: str, reviewers: int, outcome: str, words: str
) -> MoralMeeting:
    return MoralMeeting(
        home6=village[:6],
        division_code=village,
        held_on=held_on,
        topic=topic,
        reviewers=reviewers,
        outcome=outcome,
        words=mask(words.strip()).text,
    )


def moral_register(*, actor: Actor, home6: str, rows: Sequence[tuple[str, date, str, int, str, str]]) -> int:
    """Enter older meetings: village, day, topic, reviewers, outcome, words; one record for the batch."""
    if not may_open(actor):
        raise Denied("只有人大代工委可以补录道德评议。")
    made = MoralMeeting.objects.bulk_create([_row(*row) for row in rows], batch_size=500)
    facts = {"count": len(made)}
    record(actor=actor, tag="moral.register", kind="moral", target=home6, home6=home6, facts=facts)
    return len(made)
