"""Django's entry for this room."""

from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    """Elections of villages' committees: recorded and checked, never held here."""

    name = "lianxin.elections"
    label = "elections"
