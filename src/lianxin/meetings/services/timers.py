"""What the clock does for forums: ratings are asked for, late ones told; safe to repeat."""

from __future__ import annotations

from datetime import date, timedelta

from lianxin.meetings.models import ForumItem
from lianxin.meetings.services.telling import tell_hosts, tell_speaker
from lianxin.meetings.workflow import ItemState

SOON = timedelta(days=3)
"""So long before its day a rating is asked for."""


def ratings_remind(today: date) -> int:
    """Remind of written replies to rate; a rating that is late is told once to deputy and hosts."""
    waiting = ForumItem.objects.filter(state=ItemState.REPLIED, rating="", rate_until__lte=today + SOON)
    found = list(waiting.select_related("forum", "deputy"))
    for item in found:
        _late(item) if item.rate_until and item.rate_until < today else _soon(item)
    return len(found)


def _soon(item: ForumItem) -> None:
    words = f"请在 {item.rate_until} 以前评价。"
    tell_speaker(item, f"第 {item.number} 件的书面答复等您评价", words, f"rate-soon:{item.round}")


def _late(item: ForumItem) -> None:
    said = f"第 {item.number} 件逾期没有评价"
    tell_speaker(item, said, "请尽快看答复并评价；没有评价的不算满意。", f"rate-late:{item.round}")
    tell_hosts(item, said, f"应在 {item.rate_until} 以前评价，请联系{item.deputy.name}代表。", "rate-late")
