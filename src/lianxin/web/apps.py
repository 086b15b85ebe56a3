"""Django's entry for this room."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Door 1: pages."""

    name = "lianxin.web"
    label = "web"
