"""Rows of a matter in an organ's hands. Nothing here knows a resident."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.common.models import EventRow, RegionalRow, Row
from lianxin.handling.rules import UrgingKind
from lianxin.handling.workflow import Mode, State


class StateLabel(models.TextChoices):
    """States as people read them."""

    ASSIGNED = State.ASSIGNED.value, _("待签收")
    RETURN_REQUESTED = State.RETURN_REQUESTED.value, _("申请退办")
    RETURNED = State.RETURNED.value, _("已退办")
    ACCEPTED = State.ACCEPTED.value, _("已签收")
    IN_HANDLING = State.IN_HANDLING.value, _("办理中")
    OPINION_GIVEN = State.OPINION_GIVEN.value, _("已交协办意见")
    REPLY_DRAFTED = State.REPLY_DRAFTED.value, _("待签发")
    REPLIED = State.REPLIED.value, _("已答复")
    WITHDRAWN = State.WITHDRAWN.value, _("已终止")


class ModeLabel(models.TextChoices):
    """Ways of taking part."""

    SOLE = Mode.SOLE.value, _("单办")
    MAIN = Mode.MAIN.value, _("主办")
    ASSIST = Mode.ASSIST.value, _("协办")
    SEPARATE = Mode.SEPARATE.value, _("分办")
    TRANSFER = Mode.TRANSFER.value, _("转办")


class Assignment(RegionalRow):
    """One unit's part of a matter, in one round of handling.

    `conflict` marks a unit whose own people are among the matter's deputies; `replaced` a returned
    part that has been handed over anew.
    """

    matter_kind = models.CharField(max_length=20)
    matter_id = models.UUIDField()
    matter_number = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=120)
    brief = models.TextField()
    demands = models.JSONField(default=list)
    deputies = models.JSONField(default=list)
    needs_contact = models.BooleanField(default=False)
    fast_track = models.BooleanField(default=False)
    confidential = models.BooleanField(default=False)
    wants_meeting = models.BooleanField(default=False)
    session = models.CharField(max_length=20, blank=True)
    unit_code = models.CharField(max_length=40)
    mode = models.CharField(max_length=10, choices=ModeLabel.choices)
    scope = models.TextField(blank=True)
    note = models.TextField(blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=20, choices=StateLabel.choices, default=State.ASSIGNED)
    handed_over_on = models.DateField()
    first_handed_over_on = models.DateField()
    officer = models.CharField(max_length=40, blank=True)
    leader = models.CharField(max_length=40, blank=True)
    officer_phone = models.CharField(max_length=30, blank=True)
    return_reason = models.TextField(blank=True)
    return_to_unit = models.CharField(max_length=40, blank=True)
    assist_opinion = models.TextField(blank=True)
    conflict = models.BooleanField(default=False)
    replaced = models.BooleanField(default=False)
    return_until = models.DateField(null=True)
    reply_due_on = models.DateField(null=True)
    replied_on = models.DateField(null=True)
    ended = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["home6", "matter_kind", "matter_id", "unit_code", "round"],
                condition=~models.Q(state__in=[State.RETURNED, State.WITHDRAWN]),
                name="assignment_once_a_unit_and_round",
            )
        ]
        indexes = [
            models.Index(fields=["matter_kind", "matter_id"], name="assignment_matter"),
            models.Index(fields=["home6", "unit_code", "state", "id"], name="assignment_unit"),
            models.Index(fields=["home6", "ended", "reply_due_on"], name="assignment_due"),
        ]


class AssignmentEvent(EventRow):
    """One step of a unit's part."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="events")


class Deadline(Row):
    """A due date, stored with its calculation."""

    home6 = models.CharField(max_length=6)
    matter_kind = models.CharField(max_length=20)
    matter_id = models.UUIDField()
    assignment = models.ForeignKey(Assignment, null=True, on_delete=models.CASCADE, related_name="deadlines")
    what = models.CharField(max_length=30)
    rule = models.CharField(max_length=60)
    start_on = models.DateField()
    due_on = models.DateField()
    provisional = models.BooleanField(default=False)
    trace = models.JSONField(default=list)
    met_on = models.DateField(null=True)
    replaced = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["matter_kind", "matter_id"], name="deadline_matter"),
            models.Index(fields=["home6", "met_on", "due_on"], name="deadline_open"),
        ]


class Consultation(Row):
    """One contact between unit and deputy (沟通、面商); the deputy says whether it happened."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="consultations")
    held_on = models.DateField()
    form = models.CharField(max_length=20)
    persons = models.CharField(max_length=120)
    deputy_view = models.TextField()
    confirmed = models.BooleanField(null=True)
    confirmed_at = models.DateTimeField(null=True)


class Extension(Row):
    """A request for more time; once for each unit's part."""

    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, related_name="extension")
    reason = models.TextField()
    plan = models.TextField()
    until = models.DateField()
    state = models.CharField(max_length=12, default="requested")
    decided_at = models.DateTimeField(null=True)
    decision_note = models.TextField(blank=True)


class Progress(Row):
    """What was done in between (调研、协商、进展)."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="progress")
    on = models.DateField()
    text = models.TextField()


class Reply(Row):
    """One version of a unit's reply; older versions stay."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="replies")
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, default="draft")
    reply_class = models.CharField(max_length=2, blank=True)
    opening = models.TextField(blank=True)
    answers = models.JSONField(default=list)
    promise_text = models.TextField(blank=True)
    promise_due = models.DateField(null=True)
    promise_person = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    contact_person = models.CharField(max_length=40, blank=True)
    contact_phone = models.CharField(max_length=30, blank=True)
    publish_level = models.CharField(max_length=12, blank=True)
    publish_reason = models.TextField(blank=True)
    number = models.CharField(max_length=40, blank=True)
    signer_name = models.CharField(max_length=40, blank=True)
    signed_at = models.DateTimeField(null=True)
    letter_id = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assignment", "version"], name="reply_version_once")]


class Urging(Row):
    """One step of urging; each kind once for a unit's part."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="urgings")
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in UrgingKind])
    issued_on = models.DateField()
    number = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    letter_id = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assignment", "kind"], name="urging_once")]
