"""Django's entry for this room."""

from django.apps import AppConfig


class ColleaguesConfig(AppConfig):
    """Deputies among themselves, and city and town by circulars."""

    name = "lianxin.colleagues"
    label = "colleagues"
