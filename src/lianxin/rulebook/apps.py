"""Django's entry for this room."""

from django.apps import AppConfig


class RulebookConfig(AppConfig):
    """Parameters, calendars and institutions."""

    name = "lianxin.rulebook"
    label = "rulebook"
