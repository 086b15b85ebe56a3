"""Django's entry for this room."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    """Divisions and stations."""

    name = "lianxin.regions"
    label = "regions"
