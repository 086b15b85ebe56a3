"""A year's round of one congress, its projects and the wishes behind them."""

from __future__ import annotations

from django.db import models

from lianxin.common.models import EventRow, RegionalRow, Row
from lianxin.projects import workflow
from lianxin.projects.models.kinds import Level, PreviewKind, ProjectState, RoundState, WishChannel, WishState


class ProjectRound(RegionalRow):
    """The projects of one congress for one year; `division_code` is the congress's place."""

    level = models.CharField(max_length=4, choices=Level.choices)
    year = models.PositiveSmallIntegerField()
    places = models.PositiveSmallIntegerField()
    opened_on = models.DateField()
    state = models.CharField(max_length=12, choices=RoundState.choices, default=workflow.Round.COLLECTING)
    session_on = models.DateField(null=True)
    papers_on = models.DateField(null=True)
    vote_id = models.UUIDField(null=True)
    test_id = models.UUIDField(null=True)
    electorate = models.PositiveIntegerField(null=True)
    present = models.PositiveIntegerField(null=True)
    voted_on = models.DateField(null=True)
    announced_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home6", "division_code", "year"], name="project_round_once")
        ]


class RoundEvent(EventRow):
    """A step of a round."""

    round = models.ForeignKey(ProjectRound, on_delete=models.CASCADE, related_name="events")


class Preview(Row):
    """That the party committee, or the standing committee or presidium, has heard the candidates."""

    home6 = models.CharField(max_length=6)
    round = models.ForeignKey(ProjectRound, on_delete=models.CASCADE, related_name="previews")
    kind = models.CharField(max_length=10, choices=PreviewKind.choices)
    held_on = models.DateField()
    note = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home6", "round", "kind"], name="project_preview_once")
        ]


class Project(RegionalRow):
    """A livelihood project with its card; money in yuan, `amount` empty until it is known.

    `voted_amount` and `voted_due_on` keep what was voted (or decided since) once a small change, only
    reported, has moved `amount` or `due_on` away from it; empty while they are still the same.
    """

    round = models.ForeignKey(ProjectRound, on_delete=models.CASCADE, related_name="projects")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    place = models.CharField(max_length=80, blank=True)
    need = models.TextField(blank=True)
    content = models.TextField(blank=True)
    amount = models.PositiveBigIntegerField(null=True)
    fund_source = models.CharField(max_length=80, blank=True)
    beneficiaries = models.PositiveIntegerField(null=True)
    due_on = models.DateField(null=True)
    unit_code = models.CharField(max_length=40, blank=True)
    goals = models.TextField(blank=True)
    safeguards = models.TextField(blank=True)
    reason = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=12, choices=ProjectState.choices, default=workflow.State.POOL)
    votes_for = models.PositiveIntegerField(null=True)
    votes_against = models.PositiveIntegerField(null=True)
    votes_abstain = models.PositiveIntegerField(null=True)
    rank = models.PositiveSmallIntegerField(null=True)
    planned_on = models.DateField(null=True)
    finished_on = models.DateField(null=True)
    voted_amount = models.PositiveBigIntegerField(null=True)
    voted_due_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home6", "round", "number"], name="project_number_once")
        ]
        indexes = [
            models.Index(fields=["division_code", "state"], name="project_place_state"),
            models.Index(fields=["unit_code", "state"], name="project_unit_state"),
        ]

    @property
    def wan(self) -> str:
        """Return the money in ten thousand yuan (万元), as people say it, or nothing while unknown."""
        return f"{round(self.amount / 10_000, 2):.10g}" if self.amount else ""


class ProjectEvent(EventRow):
    """A step of a project."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="events")


class Wish(RegionalRow):
    """What somebody wants done (意愿); masked when it comes in, shown after somebody has read it."""

    round = models.ForeignKey(ProjectRound, on_delete=models.CASCADE, related_name="wishes")
    text = models.TextField()
    place = models.CharField(max_length=80)
    who_benefits = models.CharField(max_length=80)
    channel = models.CharField(max_length=8, choices=WishChannel.choices)
    code_hash = models.CharField(max_length=64, unique=True)
    token_hash = models.CharField(max_length=64, blank=True)
    entered_by = models.UUIDField(null=True)
    shown_on = models.DateField(null=True)
    project = models.ForeignKey(Project, null=True, on_delete=models.SET_NULL, related_name="wishes")
    reason = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=WishState.choices, default=workflow.Wish.WISHED)

    class Meta:
        indexes = [models.Index(fields=["round", "state"], name="project_wish_state")]


class WishEvent(EventRow):
    """A step of a wish."""

    wish = models.ForeignKey(Wish, on_delete=models.CASCADE, related_name="events")


class WishSupport(Row):
    """「我也想办」, once for each browser token."""

    home6 = models.CharField(max_length=6)
    wish = models.ForeignKey(Wish, on_delete=models.CASCADE, related_name="supports")
    token_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home6", "wish", "token_hash"], name="wish_support_once")
        ]
