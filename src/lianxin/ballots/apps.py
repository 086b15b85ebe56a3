"""Django's entry for this room."""

from django.apps import AppConfig


class BallotsConfig(AppConfig):
    """Voting as such: electorate, paper count by two tellers, result. Knows no project."""

    name = "lianxin.ballots"
    label = "ballots"
