"""Django's entry for this room."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """The ledger of duty records and what a year of them says."""

    name = "lianxin.duties"
    label = "duties"
