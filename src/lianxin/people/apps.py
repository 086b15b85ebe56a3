"""Django's entry for this room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People and their roles."""

    name = "lianxin.people"
    label = "people"
