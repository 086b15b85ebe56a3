"""What follows on a card and on a vote: opinions, milestones, supervisors, changes, tests."""

from __future__ import annotations

from django.db import models

from lianxin.common.models import Row
from lianxin.people.models import Deputy
from lianxin.projects.models.kinds import ChangeKind, Grade, OpinionKind
from lianxin.projects.models.rounds import Project


class CardOpinion(Row):
    """What an organ says of a card: feasible, payable, lawful."""

    home6 = models.CharField(max_length=6)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="opinions")
    kind = models.CharField(max_length=12, choices=OpinionKind.choices)
    agrees = models.BooleanField()
    text = models.CharField(max_length=300)
    organ = models.CharField(max_length=60)
    given_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home6", "project", "kind"], name="card_opinion_once")]


class Milestone(Row):
    """One step of the plan; `paid` is what has been spent on the project until then, in yuan."""

    home6 = models.CharField(max_length=6)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="milestones")
    number = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=120)
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    paid = models.PositiveBigIntegerField(null=True)
    told = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["home6", "project", "number"], name="milestone_once")]


class Supervisor(Row):
    """A deputy who watches over a project."""

    home6 = models.CharField(max_length=6)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="supervisors")
    deputy = models.ForeignKey(Deputy, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home6", "project", "deputy"], name="project_supervisor_once")
        ]


class Visit(Row):
    """What a supervising deputy saw and says; residents may read it."""

    home6 = models.CharField(max_length=6)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="visits")
    deputy = models.ForeignKey(Deputy, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    text = models.CharField(max_length=500)

    class Meta:
        ordering = ("-on", "-id")


class Change(Row):
    """A change during the year: proposed with its cause, decided by the right body."""

    home6 = models.CharField(max_length=6)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10, choices=ChangeKind.choices)
    cause = models.CharField(max_length=500)
    new_amount = models.PositiveBigIntegerField(null=True)
    new_due_on = models.DateField(null=True)
    new_place = models.CharField(max_length=80, blank=True)
    new_goals = models.TextField(blank=True)
    proposed_on = models.DateField()
    body = models.CharField(max_length=20, blank=True)
    paper_number = models.CharField(max_length=60, blank=True)
    members = models.PositiveIntegerField(null=True)
    present = models.PositiveIntegerField(null=True)
    votes_for = models.PositiveIntegerField(null=True)
    decided_on = models.DateField(null=True)
    passed = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["home6", "project"], condition=models.Q(decided_on=None), name="one_open_change"
            )
        ]


class YearTest(Row):
    """The deputies' secret test of a project, as the ballots' room decided it: sums only."""

    home6 = models.CharField(max_length=6)
    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="year_test")
    held_on = models.DateField()
    members = models.PositiveIntegerField()
    satisfied = models.PositiveIntegerField()
    basically = models.PositiveIntegerField()
    dissatisfied = models.PositiveIntegerField()
    grade = models.CharField(max_length=20, choices=Grade.choices)


class PollAnswer(Row):
    """What a resident thinks of a finished project, once for each browser token."""

    home6 = models.CharField(max_length=6)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="answers")
    token_hash = models.CharField(max_length=64)
    grade = models.CharField(max_length=20, choices=Grade.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home6", "project", "token_hash"], name="project_poll_once")
        ]


class Rectification(Row):
    """One thing to put right after a test of 不满意, and what came of it."""

    home6 = models.CharField(max_length=6)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="rectifications")
    what = models.CharField(max_length=200)
    due_on = models.DateField()
    told = models.CharField(max_length=500, blank=True)
    done_on = models.DateField(null=True)
    checked_on = models.DateField(null=True)
