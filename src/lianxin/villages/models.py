"""A village's facts, its items of disclosure, its meetings. No row holds anything about a resident.

Meetings count people, they never name them; a question about the accounts carries no name and no
number, only the keyed hash of the code by which its answer is found again.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianxin.common.models import EventRow, RegionalRow, Row
from lianxin.people.models import Deputy
from lianxin.villages import calendar, four_two, reserved, workflow


class DisclosureKind(models.TextChoices):
    """Kinds of things a village publishes, as people read them."""

    AFFAIRS = calendar.Kind.AFFAIRS.value, _("村务事项")
    FINANCE = calendar.Kind.FINANCE.value, _("财务收支")
    RELIEF = calendar.Kind.RELIEF.value, _("救助、补贴和捐赠")
    MAJOR = calendar.Kind.MAJOR.value, _("重大事项")


class DisclosureState(models.TextChoices):
    """States of an item as people read them."""

    TO_PREPARE = workflow.State.TO_PREPARE.value, _("待准备")
    TO_REVIEW = workflow.State.TO_REVIEW.value, _("待审核")
    PUBLISHED = workflow.State.PUBLISHED.value, _("已公开")
    OVERDUE = workflow.State.OVERDUE.value, _("逾期")
    QUESTIONED = workflow.State.QUESTIONED.value, _("有疑问")
    EXPLAINED = workflow.State.EXPLAINED.value, _("已说明")


class MeetingKind(models.TextChoices):
    """The two meetings that decide."""

    ASSEMBLY = "assembly", _("村民会议")
    REPRESENTATIVES = "representatives", _("村民代表会议")


class MeetingState(models.TextChoices):
    """States of a meeting as people read them."""

    PREPARING = workflow.Meeting.PREPARING.value, _("筹备")
    NOTICED = workflow.Meeting.NOTICED.value, _("已通知")
    SIGNING_IN = workflow.Meeting.SIGNING_IN.value, _("签到中")
    VALID = workflow.Meeting.VALID.value, _("有效")
    TALK = workflow.Meeting.TALK.value, _("座谈")
    DECIDED = workflow.Meeting.DECIDED.value, _("已决议")
    CARRYING_OUT = workflow.Meeting.CARRYING_OUT.value, _("办理中")
    SHOWN = workflow.Meeting.SHOWN.value, _("已晒结果")


class MatterKind(models.TextChoices):
    """What a topic is about."""

    SUBSIDIES = reserved.Matter.SUBSIDIES.value, _("误工补贴的人员和标准")
    INCOME = reserved.Matter.INCOME.value, _("集体经济所得收益的使用")
    PUBLIC_WORKS = reserved.Matter.PUBLIC_WORKS.value, _("公益事业的兴办、筹资筹劳和建设承包")
    CONTRACTS = reserved.Matter.CONTRACTS.value, _("土地承包经营方案")
    COLLECTIVE_PROJECTS = reserved.Matter.COLLECTIVE_PROJECTS.value, _("集体经济项目的立项和承包")
    HOMESTEADS = reserved.Matter.HOMESTEADS.value, _("宅基地的使用方案")
    COMPENSATION = reserved.Matter.COMPENSATION.value, _("征地补偿费的使用、分配")
    PROPERTY = reserved.Matter.PROPERTY.value, _("以借贷、租赁等方式处分集体财产")
    OTHER_INTERESTS = reserved.Matter.OTHER_INTERESTS.value, _("涉及村民利益的其他事项")
    CHARTER = reserved.Matter.CHARTER.value, _("村民自治章程")
    COVENANT = reserved.Matter.COVENANT.value, _("村规民约")
    AUTHORISATION = reserved.Matter.AUTHORISATION.value, _("授权村民代表会议决定")
    ORDINARY = reserved.Matter.ORDINARY.value, _("其他村务")


class VillageProfile(RegionalRow):
    """What the rules need to know of a village: numbers of people, dealings, who supervises.

    `meeting_members` are the members of the representatives' meeting: the representatives and the
    members of the villagers' committee together (art. 25); `representatives` alone ask for a recall.
    """

    is_community = models.BooleanField(default=False)
    adults = models.PositiveIntegerField()
    households = models.PositiveIntegerField()
    representatives = models.PositiveSmallIntegerField()
    meeting_members = models.PositiveSmallIntegerField()
    many_dealings = models.BooleanField(default=False)
    supervising_deputy = models.ForeignKey(Deputy, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["division_code"], name="village_profile_once")]


class NumbersSheet(RegionalRow):
    """A sheet of villages' numbers that was brought in; `refused` keeps the faulty rows with their faults."""

    source = models.CharField(max_length=120)
    brought_by = models.CharField(max_length=60)
    changed = models.PositiveSmallIntegerField()
    unchanged = models.PositiveSmallIntegerField()
    refused = models.JSONField(default=list)


class DisclosureItem(RegionalRow):
    """One thing that a village has to publish, with its day and how that day was counted."""

    kind = models.CharField(max_length=10, choices=DisclosureKind.choices)
    what = models.CharField(max_length=120)
    period = models.CharField(max_length=8, blank=True)
    due_on = models.DateField()
    due_trace = models.JSONField(default=list)
    due_basis = models.CharField(max_length=120)
    state = models.CharField(
        max_length=12, choices=DisclosureState.choices, default=workflow.State.TO_PREPARE
    )
    published_on = models.DateField(null=True)
    published_version = models.PositiveSmallIntegerField(default=0)
    board_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["division_code", "kind", "period"], condition=~Q(period=""), name="disclosure_once"
            )
        ]
        indexes = [models.Index(fields=["home6", "state", "due_on"], name="disclosure_due")]


class DisclosureVersion(Row):
    """One version of what is published; a correction is a new version, none is overwritten.

    Numbers of papers and accounts are hidden before the row is written: `hidden` says how many.
    """

    item = models.ForeignKey(DisclosureItem, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    table = models.JSONField(default=list)
    hidden = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=200, blank=True)
    prepared_by = models.UUIDField(null=True)
    approved_by = models.UUIDField(null=True)
    approved_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="disclosure_version_once")]


class DisclosureEvent(EventRow):
    """A step of an item."""

    item = models.ForeignKey(DisclosureItem, on_delete=models.CASCADE, related_name="events")


class DisclosureQuestion(RegionalRow):
    """A resident's question about a published item; who asked is not kept."""

    item = models.ForeignKey(DisclosureItem, on_delete=models.CASCADE, related_name="questions")
    text = models.TextField()
    code_hash = models.CharField(max_length=64, unique=True)
    token_hash = models.CharField(max_length=64, blank=True)
    due_on = models.DateField()
    due_trace = models.JSONField(default=list)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["answered_on", "due_on"], name="disclosure_question_due")]


class VillageMeeting(RegionalRow):
    """A meeting: who may come is a number, who has come is a number."""

    kind = models.CharField(max_length=16, choices=MeetingKind.choices)
    title = models.CharField(max_length=80)
    held_at = models.DateTimeField()
    place = models.CharField(max_length=80)
    is_community = models.BooleanField(default=False)
    adults = models.PositiveIntegerField()
    households = models.PositiveIntegerField()
    representatives = models.PositiveSmallIntegerField()
    meeting_members = models.PositiveSmallIntegerField()
    noticed_on = models.DateField(null=True)
    urgent_reason = models.CharField(max_length=200, blank=True)
    present = models.PositiveIntegerField(default=0)
    households_present = models.PositiveIntegerField(default=0)
    minutes = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=MeetingState.choices, default=workflow.Meeting.PREPARING)

    @property
    def short_notice(self) -> bool:
        """Say whether the notice came later than the ten days of art. 21: then a reason was written."""
        return self.noticed_on is not None and bool(self.urgent_reason)

    class Meta:
        indexes = [models.Index(fields=["division_code", "state", "held_at"], name="village_meeting_state")]


class MeetingTopic(Row):
    """One topic: 议 (talked over), 定 (voted), 办 (carried out), 晒 (result shown).

    A topic that was not on the notice waits for the next meeting (`on_notice` false).
    """

    meeting = models.ForeignKey(VillageMeeting, on_delete=models.CASCADE, related_name="topics")
    title = models.CharField(max_length=120)
    matter = models.CharField(max_length=20, choices=MatterKind.choices)
    on_notice = models.BooleanField(default=True)
    taken_over = models.BooleanField(default=False)
    authorises = models.CharField(max_length=20, blank=True)
    in_favour = models.PositiveIntegerField(null=True)
    against = models.PositiveIntegerField(null=True)
    abstained = models.PositiveIntegerField(null=True)
    passed = models.BooleanField(null=True)
    decided_on = models.DateField(null=True)
    carried_text = models.TextField(blank=True)
    carried_on = models.DateField(null=True)
    result_text = models.TextField(blank=True)
    shown_on = models.DateField(null=True)


class Authorisation(RegionalRow):
    """The assembly has authorised the representatives' meeting for a matter (第二十四条)."""

    matter = models.CharField(max_length=20, choices=MatterKind.choices)
    topic = models.OneToOneField(MeetingTopic, on_delete=models.PROTECT, related_name="authorisation")
    granted_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["division_code", "matter"], name="authorisation_of_village")]


class MeetingEvent(EventRow):
    """A step of a meeting."""

    meeting = models.ForeignKey(VillageMeeting, on_delete=models.CASCADE, related_name="events")


class FourTwoStep(models.TextChoices):
    """The six steps of 四议两公开 as people read them."""

    PROPOSE = four_two.Step.PROPOSE.value, _("村党组织提议")
    CONFER = four_two.Step.CONFER.value, _("两委会商议")
    PARTY = four_two.Step.PARTY.value, _("党员大会审议")
    DECIDE = four_two.Step.DECIDE.value, _("村民会议或村民代表会议决议")
    SHOW_DECISION = four_two.Step.SHOW_DECISION.value, _("决议公开")
    SHOW_RESULT = four_two.Step.SHOW_RESULT.value, _("实施结果公开")


class FourTwo(RegionalRow):
    """A matter that goes the way of four deliberations and two disclosures."""

    title = models.CharField(max_length=120)
    finished_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["division_code", "finished_on"], name="four_two_of_village")]


class FourTwoRecord(Row):
    """One step that is done: day, totals and minutes; the decision is a topic that has passed."""

    matter = models.ForeignKey(FourTwo, on_delete=models.CASCADE, related_name="records")
    step = models.CharField(max_length=16, choices=FourTwoStep.choices)
    held_on = models.DateField()
    members = models.PositiveIntegerField(default=0)
    present = models.PositiveIntegerField(default=0)
    in_favour = models.PositiveIntegerField(default=0)
    text = models.TextField(blank=True)
    topic = models.ForeignKey(MeetingTopic, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "step"], name="four_two_step_once")]
