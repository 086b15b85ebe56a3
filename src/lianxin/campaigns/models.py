"""Themed years, a contest of covenants, moral review meetings, inspection sheets. No row is about a resident.

A vote in the contest is a number beside a covenant; that a browser has voted today stands apart, in
another table, without saying for what.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianxin.campaigns import key_tasks, rules, workflow
from lianxin.common.models import EventRow, RegionalRow, Row
from lianxin.people.models import Deputy

MOST_PLACES = 10


class Campaign(RegionalRow):
    """A themed year (主题年): its plan, and what each village has to show."""

    name = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    plan = models.TextField()
    wanted = models.CharField(max_length=200)
    due_on = models.DateField()
    summary = models.TextField(blank=True)
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home6", "year", "name"], name="campaign_once")]


class CampaignTask(RegionalRow):
    """One village's part of a themed year, done with its evidence."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="tasks")
    evidence = models.TextField(blank=True)
    done_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home6", "campaign", "division_code"], name="campaign_task_once")
        ]


class ContestStage(models.TextChoices):
    """Stages of a contest as people read them."""

    NOMINATING = workflow.Stage.NOMINATING.value, _("推荐和镇审核")
    VOTING = workflow.Stage.VOTING.value, _("公众投票")
    PANEL = workflow.Stage.PANEL.value, _("评审")
    PUBLISHED = workflow.Stage.PUBLISHED.value, _("已公布")


class Contest(RegionalRow):
    """十大金牌村规民约评选."""

    name = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=ContestStage.choices, default=workflow.Stage.NOMINATING)
    published_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home6", "year"], name="contest_once")]


class ContestEvent(EventRow):
    """A step of a contest; a vote is not a step."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="events")


class Nomination(RegionalRow):
    """A village's covenant in a contest, with its words as they were; `place` 1 to 10 when it is chosen."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="nominations")
    covenant = models.UUIDField()
    clauses = models.JSONField(default=list)
    why = models.CharField(max_length=300)
    passed = models.BooleanField(null=True)
    town_note = models.CharField(max_length=200, blank=True)
    online_votes = models.PositiveIntegerField(default=0)
    paper_votes = models.PositiveIntegerField(default=0)
    place = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home6", "contest", "division_code"], name="nomination_once"),
            models.UniqueConstraint(fields=["home6", "contest", "place"], name="winner_place_once"),
            models.CheckConstraint(
                condition=Q(place=None) | Q(place__gte=1, place__lte=MOST_PLACES), name="winner_at_most_ten"
            ),
        ]

    @property
    def votes(self) -> int:
        """Return all votes, online and on paper."""
        return self.online_votes + self.paper_votes


class VoteTurn(Row):
    """That a browser has voted on a day; for what, nobody knows."""

    home6 = models.CharField(max_length=6)
    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    token_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["home6", "contest", "day", "token_hash"], name="vote_turn_once_a_day"
            )
        ]


class PaperCount(RegionalRow):
    """What a station counted on paper for one nomination, entered once."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="papers")
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home6", "nomination", "division_code"], name="paper_count_once")
        ]


class MoralTopic(models.TextChoices):
    """What a moral review meeting talks about: customs and common things, never a person."""

    CUSTOMS = "customs", _("移风易俗")
    NEIGHBOURS = "neighbours", _("邻里互助")
    ELDERS = "elders", _("孝老爱亲")
    CLEAN = "clean", _("环境卫生")
    WORK = "work", _("勤劳致富")


class MoralOutcome(models.TextChoices):
    """What came of it."""

    PRAISE = "praise", _("表扬了好做法")
    MEDIATED = "mediated", _("调解好了一件事")
    AGREED = "agreed", _("约定了今后怎么做")


class MoralMeeting(RegionalRow):
    """道德评议: a meeting on a topic with what came of it. Nobody is named, nobody is marked."""

    held_on = models.DateField()
    topic = models.CharField(max_length=12, choices=MoralTopic.choices)
    reviewers = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=10, choices=MoralOutcome.choices)
    words = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["division_code", "held_on"], name="moral_meeting_of_village")]


class FourLink(models.TextChoices):
    """The four links as people read them."""

    ELECTION = rules.Link.ELECTION.value, _("民主选举")
    SUPERVISION = rules.Link.SUPERVISION.value, _("议事监督")
    CHARTER = rules.Link.CHARTER.value, _("章程公约")
    DISCLOSURE = rules.Link.DISCLOSURE.value, _("村务公开")


class Inspection(RegionalRow):
    """巡查单: one village, one quarter, filled by its supervising deputy; key → whether it is in order."""

    quarter = models.CharField(max_length=7)
    on = models.DateField()
    deputy = models.ForeignKey(Deputy, null=True, on_delete=models.SET_NULL, related_name="+")
    answers = models.JSONField(default=dict)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home6", "division_code", "quarter"], name="inspection_once")
        ]


class FindingState(models.TextChoices):
    """States of a finding as people read them."""

    OPEN = workflow.State.OPEN.value, _("待整改")
    MENDED = workflow.State.MENDED.value, _("待复查")
    CLOSED = workflow.State.CLOSED.value, _("已销号")


class Finding(RegionalRow):
    """A problem that an inspection found, with the day by which it is mended and looked at again."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="findings")
    key = models.CharField(max_length=20)
    link = models.CharField(max_length=12, choices=FourLink.choices)
    words = models.CharField(max_length=300)
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=FindingState.choices, default=workflow.State.OPEN)
    mended_words = models.CharField(max_length=300, blank=True)
    rechecked_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "key"], name="finding_once")]
        indexes = [models.Index(fields=["home6", "state", "due_on"], name="finding_due")]


class FindingEvent(EventRow):
    """A step of a finding."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="events")


KEY_TASKS = (key_tasks.KeyTask, key_tasks.KeyTaskPart, key_tasks.KeyTaskEvent)
"""The rows of 重点任务, kept in a file of their own."""
