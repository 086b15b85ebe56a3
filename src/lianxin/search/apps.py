"""Django's entry for this room."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Index and similarity."""

    name = "lianxin.search"
    label = "search"
