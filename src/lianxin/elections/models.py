"""An election of a villagers' committee: totals, candidates, rounds. No row holds a voter.

The roll is three numbers, proxies are a number, ballots are numbers. Names are those of people who
hold or seek a public task: candidates, the election committee, the supervision committee.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianxin.common.models import EventRow, RegionalRow, Row
from lianxin.elections import bodies, workflow


class ElectionKind(models.TextChoices):
    """A whole committee, or the rest of a term."""

    GENERAL = "general", _("换届选举")
    BY_ELECTION = "by_election", _("补选")


class ElectionState(models.TextChoices):
    """States of an election as people read them."""

    PREPARING = workflow.State.PREPARING.value, _("筹备")
    REGISTERING = workflow.State.REGISTERING.value, _("登记")
    LISTED = workflow.State.LISTED.value, _("公示")
    VOTING = workflow.State.VOTING.value, _("投票")
    VOID = workflow.State.VOID.value, _("选举无效")
    ANOTHER_ROUND = workflow.State.ANOTHER_ROUND.value, _("另行选举")
    ELECTED = workflow.State.ELECTED.value, _("当选")
    RECORDED = workflow.State.RECORDED.value, _("已记录")
    HANDED_OVER = workflow.State.HANDED_OVER.value, _("已移交")
    FILED = workflow.State.FILED.value, _("已备案")


class PostKey(models.TextChoices):
    """Posts of a villagers' committee."""

    DIRECTOR = "director", _("主任")
    DEPUTY_DIRECTOR = "deputy_director", _("副主任")
    MEMBER = "member", _("委员")
    WOMAN_MEMBER = "woman_member", _("妇女委员")


class StepTemplate(RegionalRow):
    """One version of the steps, as the office has worded them; none is overwritten."""

    number = models.PositiveSmallIntegerField()
    steps = models.JSONField()
    reason = models.CharField(max_length=200)
    made_by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home6", "number"], name="step_template_once")]


class VillageElection(RegionalRow):
    """An election with the steps it began with; `registered` is the sum of the three kinds."""

    kind = models.CharField(max_length=12, choices=ElectionKind.choices)
    year = models.PositiveSmallIntegerField()
    is_community = models.BooleanField(default=False)
    template_number = models.PositiveSmallIntegerField(default=0)
    steps = models.JSONField()
    state = models.CharField(max_length=16, choices=ElectionState.choices, default=workflow.State.PREPARING)
    formed_on = models.DateField(null=True)
    living_here = models.PositiveIntegerField(default=0)
    living_away = models.PositiveIntegerField(default=0)
    from_outside = models.PositiveIntegerField(default=0)
    outside_agreed = models.BooleanField(default=False)
    listed_on = models.DateField(null=True)
    voting_on = models.DateField(null=True)
    proxies = models.PositiveIntegerField(null=True)
    proxies_on = models.DateField(null=True)
    attempt = models.PositiveSmallIntegerField(default=1)
    elected_on = models.DateField(null=True)
    handover_due = models.DateField(null=True)
    handover_trace = models.JSONField(default=list)
    handed_over_on = models.DateField(null=True)
    filing_number = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["home6", "division_code", "year"],
                condition=Q(kind="general"),
                name="general_election_once",
            )
        ]
        indexes = [models.Index(fields=["home6", "state", "division_code"], name="village_election_state")]

    @property
    def registered(self) -> int:
        """Return how many voters stand on the roll (art. 13, three kinds)."""
        return self.living_here + self.living_away + self.from_outside


class ElectionEvent(EventRow):
    """A step of an election."""

    election = models.ForeignKey(VillageElection, on_delete=models.CASCADE, related_name="events")


class ElectionPost(Row):
    """A post with its seats."""

    election = models.ForeignKey(VillageElection, on_delete=models.CASCADE, related_name="posts")
    key = models.CharField(max_length=16, choices=PostKey.choices)
    seats = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["election", "key"], name="election_post_once")]


class CommitteeMember(Row):
    """A member of the election committee, or one who waits in the order of votes (art. 12)."""

    election = models.ForeignKey(VillageElection, on_delete=models.CASCADE, related_name="committee")
    name = models.CharField(max_length=20)
    place = models.PositiveSmallIntegerField()
    is_serving = models.BooleanField(default=True)
    left_on = models.DateField(null=True)
    left_reason = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["election", "place"], name="committee_place_once")]


class RollObjection(Row):
    """An objection to the roll: what it asked for and when it was decided; not by whom, about whom."""

    election = models.ForeignKey(VillageElection, on_delete=models.CASCADE, related_name="objections")
    asks_to_add = models.BooleanField()
    received_on = models.DateField()
    due_on = models.DateField()
    due_trace = models.JSONField(default=list)
    decided_on = models.DateField(null=True)
    upheld = models.BooleanField(null=True)


class OfficeEnd(models.TextChoices):
    """How a member's office ended; the law ends it in the third and fourth case by itself (art. 18)."""

    RESIGNED = "resigned", _("辞职")
    DIED = "died", _("去世")
    INCAPABLE = "incapable", _("丧失行为能力")
    SENTENCED = "sentenced", _("被判处刑罚")
    OTHER = "other", _("其他原因")
    RECALLED = "recalled", _("被罢免")
    UNFIT = "unfit", _("民主评议不称职")
    TERM = "term", _("换届")


class Candidate(Row):
    """Somebody who stands for a post; names of candidates are public."""

    election = models.ForeignKey(VillageElection, on_delete=models.CASCADE, related_name="candidates")
    post = models.ForeignKey(ElectionPost, on_delete=models.CASCADE, related_name="candidates")
    name = models.CharField(max_length=20)
    is_woman = models.BooleanField(default=False)
    stands = models.BooleanField(default=True)
    withdrawn_on = models.DateField(null=True)
    elected_on = models.DateField(null=True)
    office_ended_on = models.DateField(null=True)
    office_end_reason = models.CharField(max_length=10, choices=OfficeEnd.choices, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["election", "name"], name="candidate_once")]


class ElectionRound(Row):
    """The totals of one round; a void one is followed by another attempt."""

    election = models.ForeignKey(VillageElection, on_delete=models.CASCADE, related_name="rounds")
    attempt = models.PositiveSmallIntegerField(default=1)
    number = models.PositiveSmallIntegerField(default=1)
    held_on = models.DateField()
    registered = models.PositiveIntegerField()
    booths = models.PositiveSmallIntegerField()
    tellers = models.PositiveSmallIntegerField()
    issued = models.PositiveIntegerField(null=True)
    returned = models.PositiveIntegerField(null=True)
    valid = models.PositiveIntegerField(null=True)
    void = models.PositiveIntegerField(null=True)
    declared_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["election", "attempt", "number"], name="election_round_once")
        ]


class CandidateCount(Row):
    """The votes of one candidate in one round."""

    round = models.ForeignKey(ElectionRound, on_delete=models.CASCADE, related_name="counts")
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="counts")
    votes = models.PositiveIntegerField()
    elected = models.BooleanField(default=False)
    tied = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "candidate"], name="candidate_count_once")]


class StepTick(Row):
    """A step of the office's own that is done."""

    election = models.ForeignKey(VillageElection, on_delete=models.CASCADE, related_name="ticks")
    key = models.CharField(max_length=24)
    note = models.CharField(max_length=200, blank=True)
    done_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["election", "key"], name="step_tick_once")]


class ComplaintAbout(models.TextChoices):
    """What a complaint is about (art. 17)."""

    FORCE = "force", _("暴力、威胁")
    BRIBERY = "bribery", _("贿选")
    FORGED = "forged", _("伪造选票、虚报票数")
    PROCEDURE = "procedure", _("违反选举程序")


class ElectionComplaint(RegionalRow):
    """A complaint that town or congress investigates; who complained is not kept."""

    election = models.ForeignKey(VillageElection, on_delete=models.CASCADE, related_name="complaints")
    about = models.CharField(max_length=12, choices=ComplaintAbout.choices)
    received_on = models.DateField()
    to_congress = models.BooleanField(default=False)
    closed_on = models.DateField(null=True)
    upheld = models.BooleanField(null=True)
    finding = models.TextField(blank=True)


class Recall(RegionalRow):
    """A recall of a member of the committee: who asks is a number, who voted is a number (art. 16)."""

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="recalls")
    asked_on = models.DateField()
    reasons = models.TextField()
    registered = models.PositiveIntegerField()
    petitioners = models.PositiveIntegerField()
    representatives = models.PositiveSmallIntegerField()
    representatives_asking = models.PositiveSmallIntegerField(default=0)
    vote_due = models.DateField()
    voted_on = models.DateField(null=True)
    voting = models.PositiveIntegerField(null=True)
    in_favour = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=8, default=workflow.RecallState.ASKED)
    said = models.CharField(max_length=120, blank=True)


BODIES = (bodies.SupervisionMember, bodies.SupervisionReview, bodies.Appraisal, bodies.AppraisalResult)
"""Rows of the supervision committee: they stand in a file of their own, Django finds them here."""
