"""Rows of leavings: who leaves, each thing he has in hand, who takes it over, every step."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianxin.common.models import EventRow, RegionalRow
from lianxin.leaving import workflow
from lianxin.people.models import Account, Deputy


class LeaverRole(models.TextChoices):
    """As what somebody leaves."""

    DEPUTY = "deputy", _("人大代表")
    KEEPER = "keeper", _("联络员")
    GRID_WORKER = "grid_worker", _("网格员")


class Why(models.TextChoices):
    """Why somebody leaves; nothing more is asked."""

    TERM = "term", _("届满")
    RESIGNED = "resigned", _("辞职")
    MOVED = "moved", _("调离或迁出")
    OTHER = "other", _("其他")


class StateLabel(models.TextChoices):
    """States of a leaving as people read them."""

    OPEN = workflow.State.OPEN.value, _("移交中")
    FINISHED = workflow.State.FINISHED.value, _("已移交")
    CANCELLED = workflow.State.CANCELLED.value, _("不移交了")


class ItemLabel(models.TextChoices):
    """States of a thing as people read them."""

    WAITING = workflow.Item.WAITING.value, _("待定接手人")
    ASKED = workflow.Item.ASKED.value, _("等本人确认")
    ACCEPTED = workflow.Item.ACCEPTED.value, _("已有人接")
    DONE = workflow.Item.DONE.value, _("已移交")
    OVER = workflow.Item.OVER.value, _("已了结")


class KindLabel(models.TextChoices):
    """What is handed on, as people read it."""

    HOUSEHOLD = workflow.Kind.HOUSEHOLD.value, _("结对的户")
    RELATION = workflow.Kind.RELATION.value, _("联系的代表、小组和镇")
    GRID = workflow.Kind.GRID.value, _("网格职务")
    GROUP = workflow.Kind.GROUP.value, _("代表小组组长")
    VILLAGE = workflow.Kind.VILLAGE.value, _("督导的村")
    TURN = workflow.Kind.TURN.value, _("往后的接待日")
    PLEDGE = workflow.Kind.PLEDGE.value, _("没兑现的承诺")
    SUGGESTION = workflow.Kind.SUGGESTION.value, _("没办完的建议")
    MEETING = workflow.Kind.MEETING.value, _("没办完的约见")
    POST = workflow.Kind.POST.value, _("岗位")


class Leaving(RegionalRow):
    """One person leaves: a deputy, a keeper or a grid worker. `division_code` is his place."""

    role = models.CharField(max_length=12, choices=LeaverRole.choices)
    deputy = models.ForeignKey(Deputy, null=True, on_delete=models.PROTECT, related_name="leavings")
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="leavings")
    why = models.CharField(max_length=10, choices=Why.choices)
    leaves_on = models.DateField()
    state = models.CharField(max_length=10, choices=StateLabel.choices, default=workflow.State.OPEN)
    opened_by = models.UUIDField(null=True)
    finished_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["home6", "deputy"],
                condition=Q(state=workflow.State.OPEN, deputy__isnull=False),
                name="leaving_of_deputy_once",
            ),
            models.UniqueConstraint(
                fields=["home6", "account", "role"],
                condition=Q(state=workflow.State.OPEN, deputy=None),
                name="leaving_of_account_once",
            ),
        ]
        indexes = [models.Index(fields=["home6", "state", "division_code"], name="leaving_place")]

    @property
    def name(self) -> str:
        """Return who leaves."""
        if self.deputy is not None:
            return self.deputy.name
        return self.account.display_name if self.account else ""


class LeavingItem(RegionalRow):
    """One thing that needs a receiver; `label` names it by its number or title, never by a resident."""

    leaving = models.ForeignKey(Leaving, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=12, choices=KindLabel.choices)
    target = models.CharField(max_length=40)
    label = models.CharField(max_length=140)
    open_matters = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=ItemLabel.choices, default=workflow.Item.WAITING)
    receiver = models.ForeignKey(Deputy, null=True, on_delete=models.PROTECT, related_name="+")
    receiver_account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    with_body = models.BooleanField(default=False)
    cover = models.ForeignKey(Deputy, null=True, on_delete=models.SET_NULL, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField(null=True)
    done_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home6", "leaving", "kind", "target"], name="leaving_item_once")
        ]
        indexes = [
            models.Index(fields=["receiver", "state"], name="leaving_item_receiver"),
            models.Index(fields=["kind", "target", "state"], name="leaving_item_target"),
        ]

    @property
    def has_receiver(self) -> bool:
        """Say whether somebody, or the body itself, is to take it over."""
        return self.with_body or self.receiver_id is not None or self.receiver_account_id is not None

    @property
    def to_whom(self) -> str:
        """Return who is to take it over, or nothing."""
        if self.receiver is not None:
            return self.receiver.name
        return self.receiver_account.display_name if self.receiver_account else ""


class LeavingEvent(EventRow):
    """One step of a leaving or of one of its things."""

    leaving = models.ForeignKey(Leaving, on_delete=models.CASCADE, related_name="events")
    item = models.ForeignKey(LeavingItem, null=True, on_delete=models.CASCADE, related_name="events")
