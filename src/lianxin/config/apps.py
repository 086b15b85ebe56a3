"""Django's entry for this room: only the worker command."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Settings and entry points."""

    name = "lianxin.config"
    label = "config"
