"""Django's entry for this room."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demo city: histories told through the services."""

    name = "lianxin.demo"
    label = "demo"
