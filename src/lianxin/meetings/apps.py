"""Django's entry for this room."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Meetings of the congress: forums, two-say-one-consult, inspections, research, papers and plans."""

    name = "lianxin.meetings"
    label = "meetings"
