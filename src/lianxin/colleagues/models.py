"""What deputies and offices say to each other: a group's channel, questions, circulars with receipts."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.colleagues.workflow import QuestionState, ReceiptState
from lianxin.common.models import EventRow, RegionalRow, Row
from lianxin.people.models import Deputy, DeputyGroup


class Post(RegionalRow):
    """One message in a group's channel; taken back, its words are gone."""

    group = models.ForeignKey(DeputyGroup, on_delete=models.CASCADE, related_name="posts")
    author = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="+")
    reply_to = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="replies")
    text = models.TextField()
    at = models.DateTimeField()
    retracted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["group", "-at"], name="post_group")]


class ReadMark(Row):
    """Up to when somebody has read a group's channel."""

    group = models.ForeignKey(DeputyGroup, on_delete=models.CASCADE, related_name="+")
    deputy = models.ForeignKey(Deputy, on_delete=models.CASCADE, related_name="+")
    read_to = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "deputy"], name="read_mark_once")]


class QuestionStateLabel(models.TextChoices):
    """States of a question as people read them."""

    OPEN = QuestionState.OPEN.value, _("等回答")
    ANSWERED = QuestionState.ANSWERED.value, _("有回答了")
    ACCEPTED = QuestionState.ACCEPTED.value, _("已采用")
    CLOSED = QuestionState.CLOSED.value, _("不再问了")


class Question(RegionalRow):
    """A deputy asks a colleague, or all colleagues of one field of work."""

    asker = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="questions")
    to = models.ForeignKey(Deputy, null=True, on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=80)
    text = models.TextField()
    at = models.DateTimeField()
    due_on = models.DateField()
    state = models.CharField(
        max_length=10, choices=QuestionStateLabel.choices, default=QuestionState.OPEN.value
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(to=None) & ~models.Q(field=""))
                | (models.Q(to__isnull=False) & models.Q(field="")),
                name="question_has_one_address",
            )
        ]
        indexes = [models.Index(fields=["home6", "field", "state"], name="question_field")]


class Answer(Row):
    """A colleague's answer."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    author = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()
    accepted = models.BooleanField(default=False)

    class Meta:
        ordering = ("at", "id")


class CircularKind(models.TextChoices):
    """What is sent between the city and the towns."""

    NOTICE = "notice", _("通知")
    PAPER = "paper", _("文件")
    REPORT = "report", _("上报")


class Wants(models.TextChoices):
    """What the sender asks of each receiver."""

    READ = "read", _("看过就行")
    DONE = "done", _("办完报「已办」")
    REPLY = "reply", _("要书面回复")


class CircularState(models.TextChoices):
    """States of a circular."""

    SENT = "sent", _("已发出")
    WITHDRAWN = "withdrawn", _("已收回")


class Circular(RegionalRow):
    """A notice or paper of the city to its towns, or a report of a town to the city.

    `division_code` is the sender's place; where it arrives, the receipts say.
    """

    kind = models.CharField(max_length=8, choices=CircularKind.choices)
    number = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=120)
    text = models.TextField()
    wants = models.CharField(max_length=6, choices=Wants.choices, default=Wants.READ)
    due_on = models.DateField(null=True)
    sent_at = models.DateTimeField()
    sender_id = models.UUIDField(null=True)
    sender_name = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=CircularState.choices, default=CircularState.SENT)

    class Meta:
        indexes = [models.Index(fields=["division_code", "-sent_at"], name="circular_sender")]


class ReceiptStateLabel(models.TextChoices):
    """States of a receipt as people read them."""

    UNREAD = ReceiptState.UNREAD.value, _("未读")
    READ = ReceiptState.READ.value, _("已读")
    DONE = ReceiptState.DONE.value, _("已办")
    REPLIED = ReceiptState.REPLIED.value, _("已回复")


class Receipt(RegionalRow):
    """A circular at one receiver; `division_code` is the receiver's place."""

    circular = models.ForeignKey(Circular, on_delete=models.CASCADE, related_name="receipts")
    state = models.CharField(
        max_length=8, choices=ReceiptStateLabel.choices, default=ReceiptState.UNREAD.value
    )
    read_at = models.DateTimeField(null=True)
    met_at = models.DateTimeField(null=True)
    reply = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["circular", "division_code"], name="receipt_once")]
        indexes = [models.Index(fields=["division_code", "state"], name="receipt_place")]


class ReceiptEvent(EventRow):
    """One step of a receipt."""

    receipt = models.ForeignKey(Receipt, on_delete=models.CASCADE, related_name="events")
