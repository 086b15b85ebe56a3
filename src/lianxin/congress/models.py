"""Sessions of a congress (次会议) and each deputy's attendance."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.common import clock
from lianxin.common.models import RegionalRow, Row
from lianxin.congress.rules import Presence, Span, numeral
from lianxin.people.models import CongressLevel, Deputy
from lianxin.regions.selectors import place_name


class PresenceLabel(models.TextChoices):
    """出席、请假、缺席."""

    PRESENT = Presence.PRESENT.value, _("出席")
    ON_LEAVE = Presence.ON_LEAVE.value, _("请假")
    ABSENT = Presence.ABSENT.value, _("缺席")


class CongressSession(RegionalRow):
    """One session of one congress; `division_code` is its place, `term` the 届 as seats name it."""

    level = models.CharField(max_length=10, choices=CongressLevel.choices)
    term = models.CharField(max_length=40)
    ordinal = models.PositiveSmallIntegerField()
    opens_on = models.DateField()
    closes_on = models.DateField()
    papers_until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["division_code", "term", "ordinal"], name="session_once_a_term"),
            models.CheckConstraint(
                condition=models.Q(ordinal__gte=1) & models.Q(closes_on__gte=models.F("opens_on")),
                name="session_closes_after_it_opens",
            ),
        ]
        indexes = [models.Index(fields=["division_code", "-opens_on"], name="session_body")]

    @property
    def short_name(self) -> str:
        """Return the session as letters name it behind the congress: 第六次会议."""
        return f"第{numeral(self.ordinal)}次会议"

    @property
    def name(self) -> str:
        """Return the session's full name with place and term: 段家河镇第二十届人大第六次会议."""
        place = place_name(self.division_code)
        return f"{place}{self.term.removeprefix(place)}人大{self.short_name}"

    @property
    def span(self) -> Span:
        """Return the days as the rules read them."""
        return Span(self.opens_on, self.closes_on, self.papers_until.astimezone(clock.SHANGHAI))


class SessionAttendance(Row):
    """Whether one deputy came to one session."""

    session = models.ForeignKey(CongressSession, on_delete=models.CASCADE, related_name="attendances")
    deputy = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="session_attendances")
    presence = models.CharField(max_length=10, choices=PresenceLabel.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "deputy"], name="session_attendance_once")]
        indexes = [models.Index(fields=["deputy", "presence"], name="attendance_deputy")]
