"""Django's entry for this room."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Door 2: JSON over HTTP, described by OpenAPI."""

    name = "lianxin.api"
    label = "api"
