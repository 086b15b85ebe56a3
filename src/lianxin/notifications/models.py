"""Rows of what is to be told. None holds a resident's name, number or words."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.common import clock
from lianxin.common.models import RegionalRow, Row


class Channel(models.TextChoices):
    """Ways of telling somebody."""

    IN_APP = "in_app", _("站内消息")
    EMAIL = "email", _("电子邮件")
    SMS = "sms", _("短信")
    WECHAT = "wechat", _("微信")


class OutboxState(models.TextChoices):
    """How far a message has come."""

    QUEUED = "queued", _("待发")
    SENDING = "sending", _("发送中")
    SENT = "sent", _("已发")
    HELD = "held", _("待人工处理")
    GIVEN_UP = "given_up", _("未能送达")


class Outbox(Row):
    """One message on one channel to one recipient, written in the act's transaction."""

    home6 = models.CharField(max_length=6)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    recipient_kind = models.CharField(max_length=10)
    recipient_key = models.CharField(max_length=60)
    subject = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    link = models.CharField(max_length=120, blank=True)
    about_kind = models.CharField(max_length=20)
    about_id = models.UUIDField()
    dedupe = models.CharField(max_length=160)
    state = models.CharField(max_length=10, choices=OutboxState.choices, default=OutboxState.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home6", "channel", "dedupe"], name="outbox_once")]
        indexes = [models.Index(fields=["state", "next_try_at"], name="outbox_due")]


class Notice(Row):
    """An in-app message of one recipient."""

    home6 = models.CharField(max_length=6)
    recipient_kind = models.CharField(max_length=10)
    recipient_key = models.CharField(max_length=60)
    subject = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    link = models.CharField(max_length=120, blank=True)
    about_kind = models.CharField(max_length=20)
    about_id = models.UUIDField()
    dedupe = models.CharField(max_length=160)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home6", "dedupe"], name="notice_once")]
        indexes = [models.Index(fields=["recipient_kind", "recipient_key", "id"], name="notice_recipient")]


class NoticeRead(Row):
    """One account has read one notice."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="reads")
    account_id = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "account_id"], name="notice_read_once")]


class CallTask(RegionalRow):
    """Somebody is to be called by the keeper (电话告知); the number lies with the matter, not here."""

    about_kind = models.CharField(max_length=20)
    about_id = models.UUIDField()
    number = models.CharField(max_length=40)
    reason = models.CharField(max_length=120)
    due_on = models.DateField()
    state = models.CharField(max_length=12, default="open")
    result = models.CharField(max_length=200, blank=True)
    done_by = models.UUIDField(null=True)
    dedupe = models.CharField(max_length=160)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home6", "dedupe"], name="call_task_once")]
        indexes = [models.Index(fields=["home6", "state", "division_code"], name="call_task_open")]
