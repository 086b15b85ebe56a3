"""述职评议: the meeting at which deputies report, and each deputy's report up to its filing."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.common.models import EventRow, RegionalRow
from lianxin.meetings.reviews_workflow import State
from lianxin.people.models import Deputy


class ReviewState(models.TextChoices):
    """States as people read them."""

    SCHEDULED = State.SCHEDULED.value, _("待公开报告")
    REPORT_OUT = State.REPORT_OUT.value, _("报告已公开")
    FED_BACK = State.FED_BACK.value, _("待交整改方案")
    PLANNED = State.PLANNED.value, _("整改中")
    REPORTED = State.REPORTED.value, _("已回告，待审核")
    CLOSED = State.CLOSED.value, _("已归档公开")
    POSTPONED = State.POSTPONED.value, _("缓评")


class ReviewMeeting(RegionalRow):
    """A meeting at which deputies of one body report; its secret test is a vote that names this row."""

    title = models.CharField(max_length=80)
    held_on = models.DateField()
    place = models.CharField(max_length=80)
    report_due_on = models.DateField()
    feedback_due_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["home6", "division_code", "title", "held_on"], name="review_meeting_once"
            )
        ]
        indexes = [models.Index(fields=["division_code", "-held_on"], name="review_meeting_place")]


class DutyReview(RegionalRow):
    """One deputy's report: text, written feedback with the figures, plan, what was done, how it was filed.

    `figures` are the deputy's own line of the announced test, grade → papers. They say nothing of who
    marked what: the vote itself knows no more. `due_on` is the day of the step that is open now.
    """

    meeting = models.ForeignKey(ReviewMeeting, on_delete=models.PROTECT, related_name="reviews")
    deputy = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=ReviewState.choices, default=State.SCHEDULED)
    due_on = models.DateField(null=True)
    due_trace = models.JSONField(default=list)
    report = models.TextField(blank=True)
    published_on = models.DateField(null=True)
    feedback = models.TextField(blank=True)
    feedback_number = models.CharField(max_length=40, blank=True)
    letter_id = models.UUIDField(null=True)
    fed_back_on = models.DateField(null=True)
    figures = models.JSONField(default=list)
    plan = models.TextField(blank=True)
    planned_on = models.DateField(null=True)
    done = models.TextField(blank=True)
    done_on = models.DateField(null=True)
    sent_back_on = models.DateField(null=True)
    sent_back_note = models.TextField(blank=True)
    remark = models.TextField(blank=True)
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home6", "meeting", "deputy"], name="duty_review_once"),
            models.UniqueConstraint(
                fields=["home6", "feedback_number"],
                condition=~models.Q(feedback_number=""),
                name="duty_review_feedback_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["fed_back", "planned", "reported", "closed"])
                | (models.Q(fed_back_on__isnull=False) & ~models.Q(feedback="")),
                name="duty_review_fed_back_in_writing",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="closed")
                | models.Q(closed_on__isnull=False, done_on__isnull=False),
                name="duty_review_closed_after_report",
            ),
        ]
        indexes = [models.Index(fields=["home6", "state", "due_on"], name="duty_review_due")]


class ReviewEvent(EventRow):
    """A step of a deputy's report; to send back is possible once, and the database holds it."""

    review = models.ForeignKey(DutyReview, on_delete=models.CASCADE, related_name="events")
    home6 = models.CharField(max_length=6)

    class Meta(EventRow.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["home6", "review", "act"],
                condition=models.Q(act__in=["publish", "feed_back", "hand_in", "send_back", "accept"]),
                name="review_step_once",
            )
        ]
