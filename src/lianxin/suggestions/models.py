"""Rows of suggestions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.common.models import EventRow, RegionalRow, Row
from lianxin.congress.models import CongressSession
from lianxin.people.models import Deputy
from lianxin.suggestions.workflow import State


class StateLabel(models.TextChoices):
    """States as people read them."""

    DRAFT = State.DRAFT.value, _("草稿")
    COSIGNING = State.COSIGNING.value, _("联名中")
    SUBMITTED = State.SUBMITTED.value, _("待审核")
    RETURNED = State.RETURNED.value, _("退回修改")
    REJECTED = State.REJECTED.value, _("不作建议办理")
    REGISTERED = State.REGISTERED.value, _("已编号待交办")
    MERGED = State.MERGED.value, _("已并案")
    WITHDRAWN = State.WITHDRAWN.value, _("已撤回")
    ASSIGNED = State.ASSIGNED.value, _("待签收")
    ACCEPTED = State.ACCEPTED.value, _("已签收")
    RETURN_REQUESTED = State.RETURN_REQUESTED.value, _("申请退办")
    IN_HANDLING = State.IN_HANDLING.value, _("办理中")
    EXTENDED = State.EXTENDED.value, _("已延期")
    REPLY_DRAFTED = State.REPLY_DRAFTED.value, _("待签发")
    REPLIED = State.REPLIED.value, _("已答复待评价")
    EVALUATED = State.EVALUATED.value, _("已评价")
    EVALUATION_LAPSED = State.EVALUATION_LAPSED.value, _("逾期未评价")
    REHANDLING = State.REHANDLING.value, _("重新办理")
    ESCALATED = State.ESCALATED.value, _("督办中")
    TRACKING = State.TRACKING.value, _("跟踪中")
    CLOSED = State.CLOSED.value, _("已办结")
    ARCHIVED = State.ARCHIVED.value, _("已归档")


class Kind(models.TextChoices):
    """建议、批评、意见."""

    SUGGESTION = "suggestion", _("建议")
    CRITICISM = "criticism", _("批评")
    OPINION = "opinion", _("意见")


class Suggestion(RegionalRow):
    """A deputy's paper; `division_code` is the place of the congress that it goes to."""

    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.SUGGESTION)
    level = models.CharField(max_length=6)
    term = models.CharField(max_length=40, blank=True)
    at_session = models.BooleanField(default=False)
    congress_session = models.ForeignKey(
        CongressSession, null=True, on_delete=models.PROTECT, related_name="suggestions"
    )
    title = models.CharField(max_length=60)
    situation = models.TextField(blank=True)
    analysis = models.TextField(blank=True)
    proposal = models.TextField(blank=True)
    demands = models.JSONField(default=list)
    category = models.CharField(max_length=20, blank=True)
    lead = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="suggestions")
    suggested_unit = models.CharField(max_length=40, blank=True)
    agree_to_publish = models.BooleanField(default=False)
    confidential = models.BooleanField(default=False)
    wants_meeting = models.BooleanField(default=False)
    fast_track = models.BooleanField(default=False)
    fast_track_reason = models.CharField(max_length=200, blank=True)
    what_is_new = models.TextField(blank=True)
    number = models.CharField(max_length=40, null=True)
    state = models.CharField(max_length=20, choices=StateLabel.choices, default=State.DRAFT)
    outcome = models.CharField(max_length=20, blank=True)
    is_public = models.BooleanField(default=False)
    published_on = models.DateField(null=True)
    publish_proposed_by = models.UUIDField(null=True)
    is_key = models.BooleanField(default=False)
    key_leader = models.CharField(max_length=40, blank=True)
    text_hash = models.CharField(max_length=64, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    reject_reason = models.CharField(max_length=20, blank=True)
    reject_words = models.TextField(blank=True)
    reject_proposed_by = models.UUIDField(null=True)
    appealed = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    submitted_on = models.DateField(null=True)
    replied_on = models.DateField(null=True)
    reminded_on = models.DateField(null=True)
    evaluated_on = models.DateField(null=True)
    reply_class = models.CharField(max_length=2, blank=True)
    replied_in_time = models.BooleanField(null=True)
    overall = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home6", "number"], name="suggestion_number_once")]
        indexes = [
            models.Index(fields=["home6", "division_code", "state", "id"], name="suggestion_body"),
            models.Index(fields=["lead", "id"], name="suggestion_lead"),
        ]


class SuggestionEvent(EventRow):
    """One step of a suggestion."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="events")


class Cosignature(Row):
    """One deputy's co-signature; it confirms exactly one text.

    A void one still names the text it confirmed, so that its deputy can be shown what was changed since.
    """

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="cosignatures")
    deputy = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="cosignatures")
    state = models.CharField(max_length=10, default="invited")
    text_hash = models.CharField(max_length=64, blank=True)
    words = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["suggestion", "deputy"], name="cosignature_once")]


class SourceOpinion(Row):
    """An opinion that a suggestion grew from, by id and depersonalised quote."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="sources")
    opinion_id = models.UUIDField()
    number = models.CharField(max_length=20)
    quote = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["suggestion", "opinion_id"], name="source_opinion_once")
        ]
        indexes = [models.Index(fields=["opinion_id"], name="source_opinion")]


class Evaluation(Row):
    """A deputy's evaluation of one round; `pressured` is for the office only.

    `is_lead` marks the one that counts. Where the lead no longer sits, a co-signer or the body
    (`by_body`) gives it.
    """

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="evaluations")
    deputy = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    is_lead = models.BooleanField(default=False)
    attitude = models.CharField(max_length=20)
    result = models.CharField(max_length=20)
    overall = models.CharField(max_length=20)
    reasons = models.TextField(blank=True)
    demand_numbers = models.JSONField(default=list)
    pressured = models.BooleanField(default=False)
    by_body = models.BooleanField(default=False)
    given_by = models.UUIDField(null=True)
    final_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["suggestion", "deputy", "round"], name="evaluation_once"),
            models.UniqueConstraint(
                fields=["suggestion", "round"],
                condition=models.Q(is_lead=True),
                name="evaluation_that_counts_once",
            ),
        ]


class Commitment(Row):
    """A promise of a class B reply, kept in the ledger until it comes true (承诺台账)."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="commitments")
    assignment_id = models.UUIDField()
    unit_code = models.CharField(max_length=40)
    item = models.TextField()
    due_on = models.DateField()
    person = models.CharField(max_length=40)
    state = models.CharField(max_length=14, default="open")
    proof = models.TextField(blank=True)
    proof_on = models.DateField(null=True)
    confirmed_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assignment_id", "item"], name="commitment_once")]
        indexes = [models.Index(fields=["state", "due_on"], name="commitment_due")]


class CommitmentProgress(Row):
    """What a unit reports of a promise each quarter, over terms of office too."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="progress")
    on = models.DateField()
    text = models.TextField()


class Delivery(Row):
    """One signed reply, delivered to one deputy: lead or co-signer, of the paper or a merged one."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="deliveries")
    deputy = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="+")
    reply_id = models.UUIDField()
    letter_id = models.UUIDField(null=True)
    round = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reply_id", "deputy"], name="reply_delivered_once")]
