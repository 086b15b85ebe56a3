"""Django's entry for this room."""

from django.apps import AppConfig


class HandlingConfig(AppConfig):
    """A matter in an organ's hands: one definition of each step."""

    name = "lianxin.handling"
    label = "handling"
