"""Django's entry for this room."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Files and letters."""

    name = "lianxin.documents"
    label = "documents"
