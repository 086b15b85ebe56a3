"""Django's entry for this room."""

from django.apps import AppConfig


class ChartersConfig(AppConfig):
    """Charters and covenants of villages: versions, comments, the assembly's vote, filing."""

    name = "lianxin.charters"
    label = "charters"
