"""Django's entry for this room."""

from django.apps import AppConfig


class VillagesConfig(AppConfig):
    """Villages govern themselves: disclosure, meetings, the law beside every figure."""

    name = "lianxin.villages"
    label = "villages"
