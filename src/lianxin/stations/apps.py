"""Django's entry for this room."""

from django.apps import AppConfig


class StationsConfig(AppConfig):
    """A station at work: rota, reception days, standards, pages."""

    name = "lianxin.stations"
    label = "stations"
