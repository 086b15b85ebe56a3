"""Django's entry for this room."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """Group plans, activities, sign-in and presence."""

    name = "lianxin.activities"
    label = "activities"
