"""Django's entry for this room."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Append-only trail and read log."""

    name = "lianxin.audit"
    label = "audit"
