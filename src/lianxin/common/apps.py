"""Django's entry for this room."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """Base rows, request keys and counters."""

    name = "lianxin.common"
    label = "common"
