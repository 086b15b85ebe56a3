"""Opinions, with identity apart. Nothing that a handling unit can call joins `Contact`."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.common import clock
from lianxin.common.models import EventRow, RegionalRow, Row
from lianxin.opinions.workflow import State
from lianxin.regions.models import Station


class StateLabel(models.TextChoices):
    """States as staff read them."""

    NEW = State.NEW.value, _("待受理")
    NEED_MORE = State.NEED_MORE.value, _("待补充")
    RECORDED = State.RECORDED.value, _("已受理")
    SORTED = State.SORTED.value, _("站内协调")
    TRANSFERRED = State.TRANSFERRED.value, _("转办中")
    OBJECTED = State.OBJECTED.value, _("单位异议")
    REPLIED = State.REPLIED.value, _("单位已答复")
    ANSWERED = State.ANSWERED.value, _("已答复待反馈")
    CONVERTED = State.CONVERTED.value, _("已转为建议")
    MERGED = State.MERGED.value, _("已合并")
    FED_BACK = State.FED_BACK.value, _("已反馈")
    RATED = State.RATED.value, _("已评价")
    CLOSED = State.CLOSED.value, _("已办结")
    GUIDED = State.GUIDED.value, _("已引导")
    INVALID = State.INVALID.value, _("不予受理")
    WITHDRAWN = State.WITHDRAWN.value, _("已撤回")


class Channel(models.TextChoices):
    """Ways of saying a thing; all equal in deadline and status."""

    QR = "qr", _("扫码")
    WEB = "web", _("网页")
    COUNTER = "counter", _("来站")
    ON_BEHALF = "on_behalf", _("代录")
    TELEPHONE = "telephone", _("电话")
    PAPER = "paper", _("纸条")
    VOICE = "voice", _("语音")
    GRID = "grid", _("网格员")
    VISIT = "visit", _("走访")
    DIARY = "diary", _("民情日记")
    RECEPTION = "reception", _("接待")
    MEETING = "meeting", _("会议")
    MACHINE = "machine", _("网格平台")


STAFF_CHANNELS = frozenset(Channel.values) - {Channel.QR, Channel.WEB, Channel.VOICE, Channel.MACHINE}
ONLINE = frozenset({Channel.QR, Channel.WEB, Channel.VOICE, Channel.MACHINE})


class Anonymity(models.TextChoices):
    """How far a resident wants to be known."""

    NAMED = "named", _("留了姓名")
    CONFIDENTIAL = "confidential", _("请保密")
    ANONYMOUS = "anonymous", _("不留姓名")


class Opinion(RegionalRow):
    """One matter as one person said it. `text` stays in the station; `outgoing_text` may leave it."""

    number = models.CharField(max_length=20)
    code_hash = models.CharField(max_length=64, unique=True)
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    title = models.CharField(max_length=60)
    text = models.TextField()
    outgoing_text = models.TextField(blank=True)
    outgoing_checked_at = models.DateTimeField(null=True)
    spot = models.CharField(max_length=80, blank=True)
    category = models.CharField(max_length=20, blank=True)
    anonymity = models.CharField(max_length=12, choices=Anonymity.choices, default=Anonymity.ANONYMOUS)
    may_publish = models.BooleanField(default=False)
    is_urgent = models.BooleanField(default=False)
    is_sealed = models.BooleanField(default=False)
    is_offered = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=StateLabel.choices, default=State.NEW)
    outcome = models.CharField(max_length=16, blank=True)
    visibility = models.CharField(max_length=10, default="station")
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=60, blank=True)
    recorder_id = models.UUIDField(null=True)
    received_place = models.CharField(max_length=12, blank=True)
    written_down_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(default=clock.now)
    sort_due_on = models.DateField(null=True)
    fed_back_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    source_ref = models.CharField(max_length=60, null=True)
    reopened = models.PositiveSmallIntegerField(default=0)
    registered_support = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home6", "number"], name="opinion_number_once"),
            models.UniqueConstraint(fields=["home6", "source_ref"], name="opinion_source_once"),
            models.CheckConstraint(
                condition=~models.Q(visibility="public") | models.Q(may_publish=True),
                name="opinion_public_by_consent",
            ),
        ]
        indexes = [
            models.Index(fields=["home6", "division_code", "id"], name="opinion_place"),
            models.Index(fields=["home6", "state", "id"], name="opinion_state"),
        ]


class MatterKey(Row):
    """The wrapped key of one matter's sealed data, apart from the data.

    Back this table up apart and never keep old copies: once its row is gone, no backup of the
    sealed rows can be opened.
    """

    opinion_id = models.UUIDField()
    purpose = models.CharField(max_length=10)
    wrapped = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["opinion_id", "purpose"], name="matter_key_once")]


class SealedText(Row):
    """The words of an accusation that its author insists on leaving; two persons open it."""

    opinion = models.OneToOneField(Opinion, on_delete=models.CASCADE, related_name="+")
    sealed = models.TextField()


class Contact(Row):
    """Who said it: sealed under a key of its own; destroying the key erases the person."""

    opinion = models.OneToOneField(Opinion, on_delete=models.CASCADE, related_name="+")
    name = models.TextField(blank=True)
    phone = models.TextField(blank=True)
    phone_hash = models.CharField(max_length=64, blank=True)
    tail_hash = models.CharField(max_length=64, blank=True, db_index=True)
    call_back = models.BooleanField(default=False)
    erase_on = models.DateField(null=True)
    erased_at = models.DateTimeField(null=True)


class ContactAccess(Row):
    """A request to open a contact or a sealed text: a reason, another person's approval, a limited time."""

    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="accesses")
    what = models.CharField(max_length=8, default="contact")
    asked_by = models.UUIDField()
    reason = models.CharField(max_length=200)
    approved_by = models.UUIDField(null=True)
    expires_at = models.DateTimeField(null=True)
    refused = models.BooleanField(default=False)


class Consulted(Row):
    """A station that is asked for its view (会商); its staff may read the outgoing copy."""

    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="consulted")
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["opinion", "station"], name="consulted_once")]


class OpinionEvent(EventRow):
    """One step; `public_text` is the sentence on the resident's code page."""

    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="events")
    public_text = models.TextField(blank=True)


class Cluster(Row):
    """Opinions about the same matter, handled together; the originals stay."""

    home6 = models.CharField(max_length=6)
    lead = models.OneToOneField(Opinion, on_delete=models.CASCADE, related_name="cluster")
    reason = models.CharField(max_length=200, blank=True)


class ClusterMember(Row):
    """Membership of a cluster; leaving is a date, not a deletion."""

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="members")
    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="memberships")
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opinion"], condition=models.Q(left_at=None), name="opinion_in_one_cluster"
            )
        ]


class Support(Row):
    """「我也一样」, once for each browser token."""

    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="supports")
    token_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["opinion", "token_hash"], name="support_once")]


class OpinionEvaluation(Row):
    """What the resident thinks of the result; the last word within the time counts."""

    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="evaluations")
    round = models.PositiveSmallIntegerField(default=0)
    rating = models.CharField(max_length=12)
    unresolved = models.BooleanField(default=False)
    text = models.TextField(blank=True)
    first_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["opinion", "round"], name="opinion_evaluated_once")]


class Post(Row):
    """A post or look-up without login, by keyed hashes only; kept for an hour to hold floods."""

    kind = models.CharField(max_length=8)
    token_hash = models.CharField(max_length=64)
    station_code = models.CharField(max_length=16, blank=True)
    text_hash = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(default=clock.now)
    opinion_id = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "token_hash", "at"], name="post_token")]


class PurgeReport(Row):
    """What one purge erased: numbers only."""

    day = models.DateField()
    contacts = models.PositiveIntegerField()
    files = models.PositiveIntegerField()
    closed = models.PositiveIntegerField()


class HotTopic(Row):
    """A matter of wide concern (焦点) and whether it is on the yearly list."""

    home6 = models.CharField(max_length=6)
    title = models.CharField(max_length=60)
    category = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    opinions_count = models.PositiveIntegerField()
    listed_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home6", "year", "title"], name="hot_topic_once")]
