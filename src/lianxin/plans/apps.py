"""Django's entry for this room."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """From a superior document to a task that is done."""

    name = "lianxin.plans"
    label = "plans"
