"""Versions of charters and covenants, their clauses, what people said, rounds of revision.

A version is never written over: a change is a new version with a number of its own. A comment holds
no name and no number of anybody, a vote is the totals of a meeting.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianxin.charters import workflow
from lianxin.charters.rules import kind_words
from lianxin.common.ids import uuid7
from lianxin.common.models import EventRow, RegionalRow, Row
from lianxin.villages.models import MeetingTopic


class CharterKind(models.TextChoices):
    """The two texts of a village."""

    CHARTER = workflow.Kind.CHARTER.value, _("村民自治章程")
    COVENANT = workflow.Kind.COVENANT.value, _("村规民约")


class CharterState(models.TextChoices):
    """States of a version as people read them."""

    DRAFT = workflow.State.DRAFT.value, _("起草")
    COMMENTING = workflow.State.COMMENTING.value, _("征求意见")
    CHECKING = workflow.State.CHECKING.value, _("预审")
    TO_VOTE = workflow.State.TO_VOTE.value, _("待表决")
    ADOPTED = workflow.State.ADOPTED.value, _("已通过")
    TO_FILE = workflow.State.TO_FILE.value, _("待备案")
    FILED = workflow.State.FILED.value, _("已备案")
    CORRECTION = workflow.State.CORRECTION.value, _("责令改正")


class RevisionRound(RegionalRow):
    """A round in which all villages revise their texts."""

    name = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    opened_on = models.DateField()
    due_on = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home6", "year"], name="revision_round_once")]


class RoundEntry(RegionalRow):
    """One village in a round; `done_on` is the day on which both its texts were filed."""

    round = models.ForeignKey(RevisionRound, on_delete=models.CASCADE, related_name="entries")
    done_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home6", "round", "division_code"], name="round_entry_once")
        ]


class CharterText(RegionalRow):
    """One version of a village's charter or covenant."""

    kind = models.CharField(max_length=10, choices=CharterKind.choices)
    number = models.PositiveSmallIntegerField()
    is_community = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=CharterState.choices, default=workflow.State.DRAFT)
    earlier = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="later")
    model_slug = models.CharField(max_length=40)
    round = models.ForeignKey(RevisionRound, null=True, on_delete=models.SET_NULL, related_name="texts")
    comment_from = models.DateField(null=True)
    comment_until = models.DateField(null=True)
    checked_on = models.DateField(null=True)
    town_note = models.TextField(blank=True)
    topic = models.OneToOneField(MeetingTopic, null=True, on_delete=models.PROTECT, related_name="charter")
    adopted_on = models.DateField(null=True)
    published_on = models.DateField(null=True)
    effective_on = models.DateField(null=True)
    file_due_on = models.DateField(null=True)
    file_due_trace = models.JSONField(default=list)
    sent_on = models.DateField(null=True)
    filed_on = models.DateField(null=True)
    filing_number = models.CharField(max_length=40, blank=True)
    correct_due_on = models.DateField(null=True)
    correct_due_trace = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["home6", "division_code", "kind", "number"], name="charter_version_once"
            ),
            models.UniqueConstraint(
                fields=["home6", "division_code", "kind"],
                condition=Q(state__in=workflow.OPEN),
                name="charter_one_in_the_making",
            ),
        ]
        indexes = [models.Index(fields=["home6", "state", "division_code"], name="charter_state")]

    @property
    def title(self) -> str:
        """Return how the text is called here."""
        return kind_words(self.kind, is_community=self.is_community)


class CharterClause(Row):
    """One clause: what stood before (原文), what stands now (新文), and why it was changed.

    `origin` stays the same through all versions, `anchor` is the model text's clause; `kept_why` is what a
    person wrote to keep a clause in spite of a hint.
    """

    text = models.ForeignKey(CharterText, on_delete=models.CASCADE, related_name="clauses")
    position = models.PositiveSmallIntegerField()
    origin = models.UUIDField(default=uuid7)
    anchor = models.CharField(max_length=40, blank=True)
    heading = models.CharField(max_length=40)
    words = models.TextField()
    was = models.TextField(blank=True)
    reason = models.CharField(max_length=200, blank=True)
    kept_why = models.CharField(max_length=200, blank=True)
    is_removed = models.BooleanField(default=False)

    class Meta:
        ordering = ("position", "id")
        indexes = [models.Index(fields=["text", "position"], name="clause_of_text")]

    @property
    def change(self) -> str:
        """Return what happened to the clause in this version."""
        if self.is_removed:
            return "removed"
        if not self.was:
            return "added"
        return "same" if self.words == self.was else "changed"


class Outcome(models.TextChoices):
    """What came of a comment."""

    TAKEN = "taken", _("采纳")
    PARTLY = "partly", _("部分采纳")
    NOT_TAKEN = "not_taken", _("没有采纳")


class CharterComment(RegionalRow):
    """What somebody said about a clause; who said it is not kept."""

    text = models.ForeignKey(CharterText, on_delete=models.CASCADE, related_name="comments")
    clause = models.ForeignKey(CharterClause, null=True, on_delete=models.SET_NULL, related_name="comments")
    words = models.TextField()
    on_paper = models.BooleanField(default=False)
    token_hash = models.CharField(max_length=64, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    outcome_why = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["text", "outcome"], name="charter_comment_open")]


class CharterEvent(EventRow):
    """A step of a version."""

    text = models.ForeignKey(CharterText, on_delete=models.CASCADE, related_name="events")
