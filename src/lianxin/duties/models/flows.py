"""约见 and 代表创优: requests to meet the head of an organ, and striving for an honour."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.common.models import EventRow, RegionalRow, Row
from lianxin.duties.flows_workflow import Excellence, Meeting
from lianxin.people.models import Deputy


class MeetingState(models.TextChoices):
    """States of a meeting request as people read them."""

    REQUESTED = Meeting.REQUESTED.value, _("待审核")
    SCREENED = Meeting.SCREENED.value, _("待安排")
    REJECTED = Meeting.REJECTED.value, _("不予安排")
    SCHEDULED = Meeting.SCHEDULED.value, _("已约定")
    POSTPONED = Meeting.POSTPONED.value, _("已改期")
    HELD = Meeting.HELD.value, _("已约见")
    ANSWER_DUE = Meeting.ANSWER_DUE.value, _("待书面答复")
    ANSWERED = Meeting.ANSWERED.value, _("已答复")
    RATED = Meeting.RATED.value, _("已评价")
    CLOSED = Meeting.CLOSED.value, _("已办结")


class MeetingRequest(RegionalRow):
    """A written request to meet the head of an organ: whom, what, which question."""

    deputy = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="meeting_requests")
    joint = models.ManyToManyField(Deputy, related_name="+")
    body_code = models.CharField(max_length=12)
    number = models.CharField(max_length=30, blank=True)
    organ = models.CharField(max_length=40)
    whom = models.CharField(max_length=40)
    topic = models.CharField(max_length=60)
    question = models.TextField()
    state = models.CharField(max_length=12, choices=MeetingState.choices, default=MeetingState.REQUESTED)
    asked_on = models.DateField()
    ground = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=500, blank=True)
    meet_on = models.DateField(null=True)
    meet_place = models.CharField(max_length=60, blank=True)
    notified_on = models.DateField(null=True)
    postponed = models.PositiveSmallIntegerField(default=0)
    held_on = models.DateField(null=True)
    came = models.CharField(max_length=10, blank=True)
    came_name = models.CharField(max_length=40, blank=True)
    minutes = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True)
    rating = models.CharField(max_length=20, blank=True)
    rating_words = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["body_code", "state"], name="meeting_desk")]


class MeetingEvent(EventRow):
    """One step of a meeting request."""

    request = models.ForeignKey(MeetingRequest, on_delete=models.CASCADE, related_name="events")


class MeetingDeadline(Row):
    """A day by which a step is due, with the trace that explains it."""

    request = models.ForeignKey(MeetingRequest, on_delete=models.CASCADE, related_name="deadlines")
    what = models.CharField(max_length=12)
    due_on = models.DateField()
    trace = models.JSONField(default=list)
    met_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "what"], name="meeting_deadline_once")]


class MeetingPromise(Row):
    """Something promised at a meeting; it is followed until it has come true."""

    request = models.ForeignKey(MeetingRequest, on_delete=models.CASCADE, related_name="promises")
    item = models.CharField(max_length=120)
    person = models.CharField(max_length=40, blank=True)
    due_on = models.DateField()
    kept_on = models.DateField(null=True)
    proof = models.CharField(max_length=300, blank=True)


class BidState(models.TextChoices):
    """States of striving for an honour as people read them."""

    NOMINATED = Excellence.NOMINATED.value, _("已自荐")
    RECOMMENDED = Excellence.RECOMMENDED.value, _("小组已推荐")
    NOTICED = Excellence.NOTICED.value, _("公示中")
    HONOURED = Excellence.HONOURED.value, _("已表彰")
    DECLINED = Excellence.DECLINED.value, _("不予表彰")
    WITHDRAWN = Excellence.WITHDRAWN.value, _("已撤回")


class ExcellenceBid(RegionalRow):
    """创优: a deputy offers himself for an honour of a year."""

    deputy = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="bids")
    year = models.PositiveSmallIntegerField()
    body_code = models.CharField(max_length=12)
    honour = models.CharField(max_length=30)
    statement = models.TextField()
    state = models.CharField(max_length=12, choices=BidState.choices, default=BidState.NOMINATED)
    asked_on = models.DateField()
    group_words = models.TextField(blank=True)
    notice_from = models.DateField(null=True)
    notice_to = models.DateField(null=True)
    notice_trace = models.JSONField(default=list)
    words = models.CharField(max_length=500, blank=True)
    decided_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["deputy", "year", "honour"],
                condition=~models.Q(state__in=["declined", "withdrawn"]),
                name="bid_once",
            )
        ]
        indexes = [models.Index(fields=["state", "notice_to"], name="bid_notice")]


class BidEvent(EventRow):
    """One step of striving for an honour."""

    bid = models.ForeignKey(ExcellenceBid, on_delete=models.CASCADE, related_name="events")


class BidObjection(Row):
    """What somebody has said against an honour while it was on notice; nobody's name is kept."""

    bid = models.ForeignKey(ExcellenceBid, on_delete=models.CASCADE, related_name="objections")
    text = models.TextField()
    came_by = models.CharField(max_length=10)
    made_on = models.DateField()
    recorded_by = models.UUIDField(null=True)
    answer = models.TextField(blank=True)
    settled_by = models.UUIDField(null=True)
    settled_on = models.DateField(null=True)
