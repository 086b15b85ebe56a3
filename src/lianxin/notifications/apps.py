"""Django's entry for this room."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Outbox, notices, telephone tasks."""

    name = "lianxin.notifications"
    label = "notifications"
