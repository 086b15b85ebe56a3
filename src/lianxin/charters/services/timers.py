"""What the clock does for texts: the end of comments, late filings, late corrections; each is told once."""

from __future__ import annotations

from datetime import date, timedelta

from lianxin.charters.models import CharterText
from lianxin.charters.services.telling import tell_deputy, tell_town, tell_village
from lianxin.charters.workflow import State
from lianxin.common import clock


def charter_tick(today: date | None = None) -> int:
    """Tell of what has ended or is late; return how much there was."""
    day = today or clock.today()
    return _comments(day) + _filings(day) + _corrections(day)


def _comments(day: date) -> int:
    found = list(CharterText.objects.filter(state=State.COMMENTING, comment_until=day - timedelta(days=1)))
    for text in found:
        tell_village(text, "征求意见期满了，请逐条处理后送镇预审", f"heard:{text.comment_until}")
    return len(found)


def _filings(day: date) -> int:
    found = list(CharterText.objects.filter(state=State.TO_FILE, sent_on=None, file_due_on__lt=day))
    for text in found:
        tell_village(text, "备案期限已过，请马上报镇", "file-late")
        tell_town(text, "有村没有按期报备案", "file-late")
    return len(found)


def _corrections(day: date) -> int:
    late = CharterText.objects.filter(state=State.CORRECTION, correct_due_on__lt=day)
    found = [text for text in late if not text.later.exists()]
    for text in found:
        tell_village(text, "改正期限已过，请马上起草新版", "correct-late")
        tell_town(text, "有村没有按期改正", "correct-late")
        tell_deputy(text, "您监督的村没有按期改正", "correct-late")
    return len(found)
