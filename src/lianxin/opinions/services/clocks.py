"""Due dates of a station's own steps: taking in, telling where it went, feeding back."""

from __future__ import annotations

from datetime import date

from lianxin.common import clock
from lianxin.handling.services import deadline_meet, deadline_set, deadlines_start
from lianxin.opinions.models import Opinion

STARTS = {"follow_reply": "feedback", "follow_correction": "feedback", "answer": "feedback", "reopen": "sort"}
RULES = {
    "sort": "opinion.sort_workdays",
    "notify": "opinion.notify_days",
    "feedback": "opinion.feedback_workdays",
}
MEETS = {
    "accept": ("sort",),
    "take_up": ("sort", "notify"),
    "guide": ("sort", "notify"),
    "refuse": ("sort", "notify"),
    "answer": ("sort", "notify"),
    "transfer": ("sort", "notify"),
    "convert": ("sort", "notify"),
    "merge": ("sort", "notify"),
    "to_project": ("sort", "notify"),
    "withdraw": ("sort", "notify", "feedback"),
    "feed_back": ("feedback",),
    "follow_lead": ("sort", "notify", "feedback"),
    "follow_end": ("sort", "notify", "feedback"),
}


def clocks_start(opinion: Opinion, start: date) -> None:
    """Start the two clocks of a new opinion, the same for every channel."""
    rules = {what: RULES[what] for what in ("sort", "notify")}
    deadlines_start(kind="opinion", matter_id=opinion.id, home6=opinion.home6, rules=rules, start=start)


def clocks_follow(opinion: Opinion, act: str) -> None:
    """Note what an act has done in time, and start the clock of what it makes due."""
    for what in MEETS.get(act, ()):
        deadline_meet(kind="opinion", matter_id=opinion.id, what=what, on=clock.today())
    if act in STARTS:
        _set(opinion, STARTS[act], clock.today())


def _set(opinion: Opinion, what: str, start: date) -> None:
    deadline_set(
        kind="opinion", matter_id=opinion.id, home6=opinion.home6, what=what, rule=RULES[what], start=start
    )
