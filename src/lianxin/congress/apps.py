"""Django's entry for this room."""

from django.apps import AppConfig


class CongressConfig(AppConfig):
    """Sessions of a congress and who attended them."""

    name = "lianxin.congress"
    label = "congress"
