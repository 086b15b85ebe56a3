"""The ledger of duties: kinds as data, records, their proof, and pledges.

What a deputy keeps to himself lies in `SealedDuty` only: the record's own columns hold no word of it.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianxin.common import clock
from lianxin.common.models import EventRow, RegionalRow, Row
from lianxin.documents.models import StoredFile
from lianxin.duties.workflow import UNFULFILLED, PledgeState, State
from lianxin.people.models import Deputy


class Cycle(models.TextChoices):
    """How often a duty comes round."""

    YEAR = "year", _("每年")
    QUARTER = "quarter", _("每季度")
    MONTH = "month", _("每月")


class Privacy(models.TextChoices):
    """Who may read a record besides its author."""

    SELF = "self", _("仅自己")
    GROUP = "group", _("小组")
    STATION = "station", _("联络站")
    PUBLIC = "public", _("公开")


class EnteredBy(models.TextChoices):
    """Who wrote the record down."""

    SELF = "self", _("本人登记")
    ORGANISER = "organiser", _("组织者登记")
    ROOM = "room", _("办事时自动记下")


class StateLabel(models.TextChoices):
    """States as people read them."""

    DRAFT = State.DRAFT.value, _("草稿")
    RECORDED = State.RECORDED.value, _("已登记")
    CONFIRMED = State.CONFIRMED.value, _("已核实")
    REJECTED = State.REJECTED.value, _("已退回")
    WITHDRAWN = State.WITHDRAWN.value, _("已撤回")


class CopyState(models.TextChoices):
    """What is known of a likeness to another diary; a person decides."""

    NONE = "", _("无")
    SUSPECTED = "suspected", _("疑似重复")
    CLEARED = "cleared", _("不是重复")
    COPY = "copy", _("确认重复")


class PledgeStateLabel(models.TextChoices):
    """States of a pledge as people read them."""

    DRAFT = PledgeState.DRAFT.value, _("草稿")
    OPEN = PledgeState.OPEN.value, _("兑现中")
    PROOF_GIVEN = PledgeState.PROOF_GIVEN.value, _("待确认兑现")
    FULFILLED = PledgeState.FULFILLED.value, _("已兑现")
    RELEASED = PledgeState.RELEASED.value, _("不再兑现")


class DutyKind(RegionalRow):
    """One duty as the congress asks for it: fields, cycle and counting rule are data.

    A change is a new version that begins with the next year; `valid_to` is the first day on which
    the version no longer counts. `counting` holds points, cap, target, target_parameter,
    needs_proof, needs_confirmation, checks_copies and may_be_private.
    """

    slug = models.SlugField(max_length=40)
    name = models.CharField(max_length=20)
    purpose = models.CharField(max_length=120, blank=True)
    institution = models.CharField(max_length=60, blank=True)
    basis = models.CharField(max_length=200)
    mark = models.CharField(max_length=2)
    fields = models.JSONField(default=list)
    cycle = models.CharField(max_length=8, choices=Cycle.choices, default=Cycle.YEAR)
    counting = models.JSONField(default=dict)
    self_entered = models.BooleanField(default=True)
    version = models.PositiveSmallIntegerField(default=1)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    built_in = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home6", "slug", "version"], name="duty_kind_version_once"),
            models.UniqueConstraint(fields=["home6", "slug", "valid_from"], name="duty_kind_once_a_day"),
        ]


class DutyRecord(RegionalRow):
    """One thing that a deputy did, written once.

    `division_code` is the place where it happened. `online` false means that it was entered later
    from paper (补录). What other rooms post is unique by `source_room` and `source_id`.
    """

    deputy = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="duties")
    kind = models.ForeignKey(DutyKind, on_delete=models.PROTECT, related_name="records")
    on = models.DateField()
    hours = models.FloatField(null=True)
    title = models.CharField(max_length=80, blank=True)
    text = models.TextField(blank=True)
    values = models.JSONField(default=dict)
    privacy = models.CharField(max_length=8, choices=Privacy.choices, default=Privacy.STATION)
    entered_by = models.CharField(max_length=10, choices=EnteredBy.choices, default=EnteredBy.SELF)
    entered_by_id = models.UUIDField(null=True)
    online = models.BooleanField(default=True)
    source_room = models.CharField(max_length=20, blank=True)
    source_id = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=10, choices=StateLabel.choices, default=State.RECORDED)
    confirmed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    copy_state = models.CharField(max_length=10, choices=CopyState.choices, blank=True, default="")
    similar_to = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    similarity = models.PositiveSmallIntegerField(null=True)
    told_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_room", "source_id"], condition=~Q(source_room=""), name="duty_source_once"
            )
        ]
        indexes = [
            models.Index(fields=["deputy", "on"], name="duty_deputy_day"),
            models.Index(fields=["home6", "on", "kind"], name="duty_region_day"),
        ]

    @property
    def is_private(self) -> bool:
        """Say whether only the author may know of it."""
        return self.privacy == Privacy.SELF


class SealedDuty(Row):
    """The words of a record that its author keeps to himself, under a key of its own."""

    record = models.OneToOneField(DutyRecord, on_delete=models.CASCADE, related_name="sealed")
    wrapped_key = models.CharField(max_length=120)
    words = models.TextField()


class DutyProof(Row):
    """A photo, a scan or a recording that belongs to a record."""

    record = models.ForeignKey(DutyRecord, on_delete=models.CASCADE, related_name="proofs")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "file"], name="duty_proof_once")]


class Beneficiary(Row):
    """What the person for whom a deed was done says; nobody's name is kept.

    `code_hash` opens the page behind the QR code, once; `way` is qr, phone or paper.
    """

    record = models.OneToOneField(DutyRecord, on_delete=models.CASCADE, related_name="beneficiary")
    code_hash = models.CharField(max_length=64, unique=True)
    expires_on = models.DateField()
    said = models.CharField(max_length=3, blank=True)
    way = models.CharField(max_length=6, blank=True)
    said_at = models.DateTimeField(null=True)
    heard_by = models.UUIDField(null=True)
    words = models.CharField(max_length=200, blank=True)


class DutyEvent(EventRow):
    """One step of a record's history."""

    record = models.ForeignKey(DutyRecord, on_delete=models.CASCADE, related_name="events")


class DutyPledge(RegionalRow):
    """One item of a deputy's yearly pledge (承诺书), with its day and how it came true."""

    deputy = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="pledges")
    year = models.PositiveSmallIntegerField()
    item = models.CharField(max_length=120)
    due_on = models.DateField()
    state = models.CharField(max_length=12, choices=PledgeStateLabel.choices, default=PledgeState.DRAFT)
    half_year_note = models.CharField(max_length=300, blank=True)
    half_year_on = models.DateField(null=True)
    proof = models.TextField(blank=True)
    proof_on = models.DateField(null=True)
    explanation = models.CharField(max_length=500, blank=True)
    explained_on = models.DateField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    confirmed_by = models.UUIDField(null=True)
    confirmed_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["deputy", "year"], name="pledge_deputy_year"),
            models.Index(fields=["home6", "state", "due_on"], name="pledge_state_due"),
        ]

    def overdue(self, day: date) -> bool:
        """Say whether its day has passed without a confirmed fulfilment (未兑现)."""
        return self.state in UNFULFILLED and self.due_on < day


class PledgeEvent(EventRow):
    """One step of a pledge's history."""

    pledge = models.ForeignKey(DutyPledge, on_delete=models.CASCADE, related_name="events")
