"""Rows of stations at work. Who came to a reception stands only, sealed, with the opinion born of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.common import clock
from lianxin.common.models import EventRow, RegionalRow, Row
from lianxin.opinions.models import Opinion
from lianxin.people.models import Deputy
from lianxin.regions.models import Grid, Station
from lianxin.stations.workflow import Check, Turn


class StationMember(RegionalRow):
    """A deputy placed in the station of his town, for a time (编入联络站)."""

    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(Deputy, on_delete=models.CASCADE, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["deputy"], condition=models.Q(valid_to=None), name="member_of_one_station"
            )
        ]
        indexes = [models.Index(fields=["station", "valid_to"], name="member_station")]


class GridPost(models.TextChoices):
    """What a deputy is in a grid."""

    LEADER = "grid_leader", _("网格长")
    MEMBER = "grid_member", _("网格员")


class GridRole(RegionalRow):
    """A deputy's role in a grid, for a time; earlier ones stay as history."""

    grid = models.ForeignKey(Grid, on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(Deputy, on_delete=models.CASCADE, related_name="+")
    post = models.CharField(max_length=12, choices=GridPost.choices)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["grid", "deputy"], condition=models.Q(valid_to=None), name="grid_role_once"
            ),
            models.UniqueConstraint(
                fields=["grid"],
                condition=models.Q(valid_to=None, post="grid_leader"),
                name="one_leader_a_grid",
            ),
        ]


class Absence(RegionalRow):
    """Days on which a deputy said beforehand that he cannot sit; no reason is asked."""

    deputy = models.ForeignKey(Deputy, on_delete=models.CASCADE, related_name="+")
    first = models.DateField()
    last = models.DateField()


class Rota(RegionalRow):
    """The plan of a station for a month or a year; public once it is published."""

    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()
    published_at = models.DateTimeField(null=True)


class ReceptionDay(RegionalRow):
    """One day on which deputies receive voters at a station."""

    rota = models.ForeignKey(Rota, null=True, on_delete=models.PROTECT, related_name="days")
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    published_at = models.DateTimeField(null=True)
    short = models.CharField(max_length=60, blank=True)
    summary = models.TextField(blank=True)
    summed_up_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["station", "on"], name="reception_day_once")]
        indexes = [models.Index(fields=["home6", "on"], name="reception_day_on")]


class TurnLabel(models.TextChoices):
    """States of a turn as people read them."""

    SCHEDULED = Turn.SCHEDULED.value, _("已排班")
    CONFIRMED = Turn.CONFIRMED.value, _("已确认")
    LEAVE = Turn.LEAVE.value, _("请假")
    SIGNED_IN = Turn.SIGNED_IN.value, _("已签到")
    ABSENT = Turn.ABSENT.value, _("缺席")


class DutyTurn(RegionalRow):
    """A deputy's turn on one reception day."""

    day = models.ForeignKey(ReceptionDay, on_delete=models.PROTECT, related_name="turns")
    deputy = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=TurnLabel.choices, default=Turn.SCHEDULED)
    instead_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    signed_in_at = models.DateTimeField(null=True)
    signed_out_at = models.DateTimeField(null=True)
    ticked = models.BooleanField(default=False)
    explanation = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "deputy"], name="turn_once_a_day")]
        indexes = [models.Index(fields=["deputy", "state"], name="turn_deputy")]


class TurnEvent(EventRow):
    """One step of a turn."""

    turn = models.ForeignKey(DutyTurn, on_delete=models.CASCADE, related_name="events")


class Ticket(Row):
    """A number in today's queue; it belongs to nobody by name."""

    day = models.ForeignKey(ReceptionDay, on_delete=models.CASCADE, related_name="tickets")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, default="waiting")
    called_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "number"], name="ticket_once_a_day")]


class Outcome(models.TextChoices):
    """What happened on the spot."""

    ANSWERED = "answered", _("当场解答")
    APPOINTMENT = "appointment", _("约时间再谈")
    TRANSFER = "transfer", _("转有关单位办")


class Confirmed(models.TextChoices):
    """How the resident confirmed the record."""

    FINGER = "finger", _("手指签")
    VOICE = "voice", _("录音确认")
    PAPER = "paper", _("纸上已签")
    DECLINED = "declined", _("不愿签")


class Reception(RegionalRow):
    """One reception: category and outcome here, words and person with the opinion."""

    day = models.ForeignKey(ReceptionDay, on_delete=models.PROTECT, related_name="receptions")
    deputy = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="+")
    opinion = models.OneToOneField(Opinion, null=True, on_delete=models.SET_NULL, related_name="+")
    ticket = models.OneToOneField(Ticket, null=True, on_delete=models.SET_NULL, related_name="reception")
    on = models.DateField()
    category = models.CharField(max_length=20, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    appointment_on = models.DateField(null=True)
    confirmed = models.CharField(max_length=8, choices=Confirmed.choices)
    online = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["home6", "on"], name="reception_on")]


class CheckKind(models.TextChoices):
    """Which list a room is checked against."""

    TEN_HAVES = "ten_haves", _("十有自查")
    ACCEPTANCE = "acceptance", _("规范化验收")


class CheckLabel(models.TextChoices):
    """States of a check as people read them."""

    SUBMITTED = Check.SUBMITTED.value, _("待审核")
    MET = Check.MET.value, _("达标")
    GAP = Check.GAP.value, _("待补齐")


class RoomCheck(RegionalRow):
    """One check of a room; the points are the room's, never a person's."""

    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=CheckKind.choices)
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=CheckLabel.choices, default=Check.SUBMITTED)
    points = models.PositiveSmallIntegerField()
    seen_on_site = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)
    decided_on = models.DateField(null=True)
    decided_by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "year", "station"], name="check_station")]


class CheckLine(Row):
    """One line of a check: is it there, and the photo that shows it."""

    check_of = models.ForeignKey(RoomCheck, on_delete=models.CASCADE, related_name="lines")
    key = models.CharField(max_length=20)
    label = models.CharField(max_length=40)
    place = models.PositiveSmallIntegerField()
    is_met = models.BooleanField()
    photo_id = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["check_of", "key"], name="check_line_once")]
        ordering = ("place",)


class StationPage(Row):
    """The one free block of a station's page (镇特色); everything else is the common template."""

    station = models.OneToOneField(Station, on_delete=models.CASCADE, related_name="free_block")
    title = models.CharField(max_length=20)
    text = models.CharField(max_length=600)
    band = models.CharField(max_length=8, default="river")
    photo_id = models.UUIDField(null=True)


class PolicyNote(RegionalRow):
    """A policy told to everybody at a station (传政策)."""

    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=60)
    text = models.CharField(max_length=2000)
    published_on = models.DateField()


class PolicyRead(Row):
    """A browser that opened a policy note, counted once."""

    note = models.ForeignKey(PolicyNote, on_delete=models.CASCADE, related_name="reads")
    token_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "token_hash"], name="policy_read_once")]


class MediationEnd(models.TextChoices):
    """How a mediation ended."""

    SETTLED = "settled", _("谈成了")
    GOING_ON = "going_on", _("还在谈")
    GUIDED = "guided", _("告诉了该走的途径")


class Mediation(RegionalRow):
    """A dispute talked over (解矛盾): kind, day and outcome; no resident is named."""

    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    about = models.CharField(max_length=40)
    outcome = models.CharField(max_length=10, choices=MediationEnd.choices)
    words = models.CharField(max_length=500, blank=True)
    recorder_id = models.UUIDField(null=True)


class GoodsVoice(models.TextChoices):
    """Who evaluates a station."""

    DEPUTY = "deputy", _("代表")
    RESIDENT = "resident", _("群众")
    ORGAN = "organ", _("有关单位")


class GoodsRating(Row):
    """One answer to the four questions (四好), by a hash that leads to nobody."""

    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    voice = models.CharField(max_length=8, choices=GoodsVoice.choices)
    token_hash = models.CharField(max_length=64)
    bridge = models.CharField(max_length=12)
    platform = models.CharField(max_length=12)
    position = models.CharField(max_length=12)
    venue = models.CharField(max_length=12)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["station", "year", "token_hash"], name="goods_once_a_year")
        ]
