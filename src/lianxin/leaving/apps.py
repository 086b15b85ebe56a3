"""Django's entry for this room."""

from django.apps import AppConfig


class LeavingConfig(AppConfig):
    """Somebody leaves: households, grids, groups, unfinished matters each find a receiver."""

    name = "lianxin.leaving"
    label = "leaving"
