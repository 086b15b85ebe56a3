"""What falls due by time: reminders, lapse, urging, warnings. Safe to repeat; the outbox tells once."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models.functions import Coalesce

from lianxin.common import clock
from lianxin.common.actor import SYSTEM, Actor
from lianxin.common.writes import write
from lianxin.handling.models import Assignment
from lianxin.handling.services import remind_of_progress, tell_unit, urge_overdue, warn_soon
from lianxin.notifications.services import Channel, Recipient, enqueue
from lianxin.rulebook.deadlines import due_for
from lianxin.rulebook.services import value
from lianxin.suggestions.models import Cosignature, Evaluation, Suggestion
from lianxin.suggestions.permissions import PRIVATE
from lianxin.suggestions.services.citing import release_sources
from lianxin.suggestions.services.promises import promises_remind
from lianxin.suggestions.services.step import WAITING, deputy_sits, step, tell_body, tell_deputies
from lianxin.suggestions.sources import with_withdrawn_sources
from lianxin.suggestions.workflow import State


def tick(today: date) -> dict[str, int]:
    """Do what is due by time. Returns how many of each."""
    return {
        "lapsed": _lapse(today),
        "left_behind": _end_left_behind(),
        "reminded": _remind_to_evaluate(today),
        "asked_to_cosign": _remind_to_cosign(today),
        "urged": urge_overdue(today=today),
        "warned": warn_soon(today=today),
        "quiet": remind_of_progress(today=today),
        "promises": promises_remind(today),
        "marks": _tell_final_marks(),
        "taken_back": _tell_taken_back(),
    }


def _remind_to_evaluate(today: date) -> int:
    waiting = Suggestion.objects.filter(state=State.REPLIED, reminded_on=None, replied_on__lt=today)
    count = 0
    for suggestion in waiting.select_related("lead"):
        assert suggestion.replied_on is not None
        rule = "suggestion.evaluate_remind_workdays"
        if due_for(rule, suggestion.replied_on, home6=suggestion.home6).on <= today:
            tell_deputies(suggestion, f"请评价答复：{suggestion.title}", dedupe="remind", only_lead=True)
            Suggestion.objects.filter(pk=suggestion.pk).update(reminded_on=today)
            count += 1
    return count


def _lapse(today: date) -> int:
    """Let evaluations lapse, never without an earlier reminder; a lapse is no satisfaction."""
    days: int = value("suggestion.evaluate_lapse_days")
    waiting = Suggestion.objects.filter(
        state=State.REPLIED, replied_on__lt=today - timedelta(days=days), reminded_on__lt=today
    )
    rows = list(waiting.select_related("lead"))
    for suggestion in rows:
        _lapse_one(actor=SYSTEM, suggestion=suggestion)
    return len(rows)


def _end_left_behind() -> int:
    """End papers sent back to a lead who sits no more: nobody can mend them, and residents wait for them.

    Who is suspended may be back (代表法 61): his papers wait for him.
    """
    sent_back = Suggestion.objects.filter(state=State.RETURNED).select_related("lead")
    left = [row for row in sent_back if not deputy_sits(row.lead, row.division_code)]
    for suggestion in left:
        _end_one(actor=SYSTEM, suggestion=suggestion)
    return len(left)


@write
def _end_one(*, actor: Actor, suggestion: Suggestion) -> Suggestion:
    step(actor=actor, suggestion=suggestion, act="lapse_returned", outcome="withdrawn")
    release_sources(suggestion, "提建议的代表已不在任，这件事回到联络站继续办。")
    tell_deputies(suggestion, f"领衔代表不在任，已终止：{suggestion.title}", dedupe="left_behind")
    tell_body(suggestion, f"领衔代表不在任，已终止：{suggestion.title}", dedupe="left_behind")
    return suggestion


@write
def _lapse_one(*, actor: Actor, suggestion: Suggestion) -> Suggestion:
    tell_deputies(suggestion, f"逾期未评价：{suggestion.title}", dedupe="lapsed", only_lead=True)
    return step(actor=actor, suggestion=suggestion, act="lapse")


def _remind_to_cosign(today: date) -> int:
    """Remind invited deputies who have been silent for a week, once for each text."""
    days: int = value("suggestion.cosign_remind_days")
    silent = Cosignature.objects.annotate(since=Coalesce("asked_at", "created_at")).filter(
        state__in=WAITING,
        suggestion__state=State.COSIGNING,
        since__lt=clock.now() - timedelta(days=days),
        deputy__account__isnull=False,
    )
    silent = silent.select_related("suggestion", "deputy")
    for row in silent:
        assert row.deputy.account_id is not None
        enqueue(
            to=Recipient.account(row.deputy.account_id),
            subject=f"请答复联名邀请：{row.suggestion.title}"[:160],
            text="",
            link=f"/deputy/suggestions/{row.suggestion_id}",
            about_kind="suggestion",
            about_id=row.suggestion_id,
            home6=row.suggestion.home6,
            dedupe=f"cosign_remind:{row.id}:{row.suggestion.text_hash[:8]}",
            channels=(Channel.IN_APP, Channel.EMAIL),
        )
    return len(silent)


def _tell_taken_back() -> int:
    """Tell a lead at his draft that a resident has taken back the words it grew from."""
    gone = with_withdrawn_sources().filter(suggestion__state__in=PRIVATE).select_related("suggestion__lead")
    for one in gone:
        words = f"引用的一件民情已由群众撤回：{one.suggestion.title}"
        tell_deputies(one.suggestion, words, dedupe=f"taken_back:{one.id}", only_lead=True)
    return len(gone)


def _tell_final_marks() -> int:
    """Tell units the mark once it is final, never before (防止施压)."""
    now = clock.now()
    final = Evaluation.objects.filter(is_lead=True, final_at__range=(now - timedelta(days=7), now))
    count = 0
    for mark in final.select_related("suggestion"):
        parts = Assignment.objects.filter(
            matter_kind="suggestion", matter_id=mark.suggestion_id, round=mark.round, state="replied"
        )
        for part in parts:
            tell_unit(part, f"代表已评价答复：{part.title}", "", dedupe=f"mark:{mark.id}")
            count += 1
    return count
