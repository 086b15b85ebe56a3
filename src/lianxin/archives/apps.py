"""Django's entry for this room."""

from django.apps import AppConfig


class ArchivesConfig(AppConfig):
    """Earlier records, told year by year."""

    name = "lianxin.archives"
    label = "archives"
