"""结对: households that agreed, who contacts whom, visits. Households' words lie sealed, key apart."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianxin.common import clock
from lianxin.common.models import EventRow, RegionalRow, Row
from lianxin.contacts.workflow import KEPT, LIVE, OPEN, MatterState, State
from lianxin.people.models import Deputy, DeputyGroup


class Kind(models.TextChoices):
    """Who contacts whom."""

    MEMBER_DEPUTY = "member_deputy", _("组成人员联系代表")
    MEMBER_HOUSEHOLD = "member_household", _("组成人员联系群众")
    DEPUTY_HOUSEHOLD = "deputy_household", _("代表联系群众")
    LEADER_TOWN = "leader_town", _("领导联系镇")
    PRESIDIUM_GROUP = "presidium_group", _("主席团联系小组")


OF_HOUSEHOLDS = (Kind.DEPUTY_HOUSEHOLD, Kind.MEMBER_HOUSEHOLD)
ONE_EACH = (*OF_HOUSEHOLDS, Kind.LEADER_TOWN, Kind.PRESIDIUM_GROUP)
"""Kinds in which the one contacted has one contact person only."""


class StateLabel(models.TextChoices):
    """States of a pairing as people read them."""

    PROPOSED = State.PROPOSED.value, _("拟结对")
    ASKING = State.ASKING.value, _("征求意见")
    WAITING = State.WAITING.value, _("待批准")
    ACTIVE = State.ACTIVE.value, _("已结对")
    REPLACING = State.REPLACING.value, _("待重新结对")
    ENDED = State.ENDED.value, _("已结束")


class Household(RegionalRow):
    """A household that may be paired: where it lives, and under seal who it is.

    `number` is what lists show (202-0012); the appellation and the telephone open with the key only.
    """

    number = models.CharField(max_length=20)
    group_no = models.PositiveSmallIntegerField()
    name = models.TextField(blank=True)
    phone = models.TextField(blank=True)
    has_phone = models.BooleanField(default=False)
    code_hash = models.CharField(max_length=64, unique=True)
    moved_on = models.DateField(null=True)
    erase_on = models.DateField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home6", "number"], name="household_number_once")]
        indexes = [models.Index(fields=["home6", "division_code", "id"], name="household_place")]


class HouseholdKey(Row):
    """The wrapped key of one household's sealed words, apart from them; destroying it erases them."""

    household_id = models.UUIDField(unique=True)
    wrapped = models.TextField()


class Answer(models.TextChoices):
    """What a household or a deputy said when asked."""

    AGREE = "agree", _("同意")
    CHANGE = "change", _("希望更换")
    NO = "no", _("不参加")


class ConsentWay(models.TextChoices):
    """How the answer was given; all count alike."""

    PERSON = "person", _("本人当面")
    PHONE = "phone", _("电话")
    PAPER = "paper", _("纸质")
    QR = "qr", _("扫码")


class Consent(Row):
    """One answer of one side; a new answer replaces the old one, which stays as history."""

    household = models.ForeignKey(Household, null=True, on_delete=models.CASCADE, related_name="consents")
    deputy = models.ForeignKey(Deputy, null=True, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=8, choices=Answer.choices)
    way = models.CharField(max_length=8, choices=ConsentWay.choices)
    not_deputy = models.ForeignKey(Deputy, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_on = models.DateField()
    valid_until = models.DateField(null=True)
    recorded_by = models.UUIDField(null=True)
    replaced_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(household=None, deputy__isnull=False) | Q(household__isnull=False, deputy=None),
                name="consent_of_one_side",
            ),
            models.UniqueConstraint(
                fields=["household"], condition=Q(replaced_at=None), name="household_answer_once"
            ),
            models.UniqueConstraint(
                fields=["deputy"], condition=Q(replaced_at=None, household=None), name="deputy_answer_once"
            ),
        ]


class ContactMember(Row):
    """A deputy who sits in the standing committee or a town's presidium; `account_id` where he signs in
    by another account than the deputy's."""

    deputy = models.ForeignKey(Deputy, on_delete=models.CASCADE, related_name="memberships_in_bodies")
    body_code = models.CharField(max_length=12)
    since = models.DateField()
    until = models.DateField(null=True)
    account_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["deputy", "body_code"], condition=Q(until=None), name="contact_member_once"
            )
        ]


class Avoidance(Row):
    """Two sides who are not to be paired. No reason is asked: this is no register of kinship."""

    deputy = models.ForeignKey(Deputy, on_delete=models.CASCADE, related_name="+")
    target = models.CharField(max_length=40)
    declared_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["deputy", "target"], condition=Q(ended_at=None), name="avoidance_once"
            )
        ]


class Mode(models.TextChoices):
    """What a plan looks for first."""

    NEAR = "near", _("近")
    BALANCED = "balanced", _("均衡")
    STABLE = "stable", _("少变动")


class PlanState(models.TextChoices):
    """Progress of a plan."""

    QUEUED = "queued", _("排队计算")
    COMPUTED = "computed", _("已算出")
    APPROVED = "approved", _("已批准")
    DROPPED = "dropped", _("已作废")


class Plan(RegionalRow):
    """One run of the assignment for a town and a kind, with what was asked and what came out."""

    kind = models.CharField(max_length=18, choices=Kind.choices)
    mode = models.CharField(max_length=8, choices=Mode.choices)
    quota = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=PlanState.choices, default=PlanState.QUEUED)
    figures = models.JSONField(default=dict)
    made_by = models.UUIDField(null=True)
    computed_at = models.DateTimeField(null=True)
    approved_by = models.UUIDField(null=True)
    approved_at = models.DateTimeField(null=True)


class Pairing(RegionalRow):
    """Who contacts whom, for a time. `target` is the key of the other side, whatever its kind.

    `division_code` is the place of the one contacted. The words of the reason are made from
    `minutes`, `same_area` and what a person wrote when he changed it (`by_hand`); they are not stored.
    """

    kind = models.CharField(max_length=18, choices=Kind.choices)
    deputy = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="pairings")
    target = models.CharField(max_length=40)
    household = models.ForeignKey(Household, null=True, on_delete=models.PROTECT, related_name="pairings")
    other = models.ForeignKey(Deputy, null=True, on_delete=models.PROTECT, related_name="contacted_by")
    group = models.ForeignKey(DeputyGroup, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=StateLabel.choices, default=State.PROPOSED)
    plan = models.ForeignKey(Plan, null=True, on_delete=models.SET_NULL, related_name="pairings")
    minutes = models.PositiveSmallIntegerField(null=True)
    is_measured = models.BooleanField(default=False)
    same_area = models.BooleanField(default=False)
    by_hand = models.CharField(max_length=200, blank=True)
    cover = models.ForeignKey(Deputy, null=True, on_delete=models.SET_NULL, related_name="covers")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    last_contact_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "target"],
                condition=Q(state__in=KEPT, kind__in=ONE_EACH),
                name="pairing_one_in_force",
            ),
            models.UniqueConstraint(
                fields=["kind", "target"],
                condition=Q(state__in=OPEN, kind__in=ONE_EACH),
                name="pairing_one_proposed",
            ),
            models.UniqueConstraint(
                fields=["kind", "deputy", "target"], condition=Q(state__in=LIVE), name="pairing_once"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=OF_HOUSEHOLDS) | Q(household__isnull=False),
                name="pairing_has_household",
            ),
        ]
        indexes = [
            models.Index(fields=["home6", "kind", "state", "division_code"], name="pairing_place"),
            models.Index(fields=["deputy", "kind", "state"], name="pairing_deputy"),
        ]


class PairingEvent(EventRow):
    """One step of a pairing; `note` holds the reason of a change by hand."""

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="events")


class VisitWay(models.TextChoices):
    """How the contact was made."""

    HOME = "home", _("上门")
    PHONE = "phone", _("电话")
    MEETING = "meeting", _("座谈")
    ONLINE = "online", _("视频")
    MET = "met", _("路遇")


class ContactVisit(RegionalRow):
    """One contact; `text` lies under the household's key, `told_at` is what the telephone's clock said."""

    pairing = models.ForeignKey(Pairing, on_delete=models.PROTECT, related_name="visits")
    deputy = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    way = models.CharField(max_length=8, choices=VisitWay.choices)
    text = models.TextField(blank=True)
    return_on = models.DateField(null=True)
    told_at = models.DateTimeField(null=True)
    is_online = models.BooleanField(default=True)
    recorder_id = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["deputy", "on"], name="visit_deputy")]


class MatterLabel(models.TextChoices):
    """States of what was heard, as people read them."""

    OPEN = MatterState.OPEN.value, _("待处理")
    COORDINATING = MatterState.COORDINATING.value, _("协调中")
    SETTLED = MatterState.SETTLED.value, _("有结果")
    CONVERTED = MatterState.CONVERTED.value, _("已转为意见")


class VisitMatter(Row):
    """One thing heard on a visit, with what came of it; sealed like the visit's words."""

    visit = models.ForeignKey(ContactVisit, on_delete=models.PROTECT, related_name="matters")
    text = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=MatterLabel.choices, default=MatterState.OPEN)
    outcome = models.CharField(max_length=500, blank=True)
    due_on = models.DateField(null=True)
    settled_on = models.DateField(null=True)
    opinion_id = models.UUIDField(null=True, unique=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due_on"], name="visit_matter_due")]


class Alarm(RegionalRow):
    """A broken link that somebody must mend; ends when it is mended."""

    what = models.CharField(max_length=20)
    subject = models.CharField(max_length=60)
    count = models.PositiveIntegerField(default=1)
    seen_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["what", "subject"], condition=Q(ended_at=None), name="alarm_once")
        ]
