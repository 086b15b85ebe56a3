"""Django's entry for this room."""

from django.apps import AppConfig


class EnrolmentConfig(AppConfig):
    """Bringing in the people of a congress."""

    name = "lianxin.enrolment"
    label = "enrolment"
