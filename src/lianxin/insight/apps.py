"""Django's entry for this room."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Read-only figures over all rooms; owns no truth."""

    name = "lianxin.insight"
    label = "insight"
