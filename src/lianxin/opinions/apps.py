"""Django's entry for this room."""

from django.apps import AppConfig


class OpinionsConfig(AppConfig):
    """社情民意: intake, sorting, merging, answering, feedback."""

    name = "lianxin.opinions"
    label = "opinions"
