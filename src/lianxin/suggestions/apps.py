"""Django's entry for this room."""

from django.apps import AppConfig


class SuggestionsConfig(AppConfig):
    """代表建议: drafting, co-signing, review, handling, evaluation, promises."""

    name = "lianxin.suggestions"
    label = "suggestions"
