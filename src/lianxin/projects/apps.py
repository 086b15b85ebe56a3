"""Django's entry for this room."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """Livelihood projects: from a resident's wish to the vote, the milestones and the year-end test."""

    name = "lianxin.projects"
    label = "projects"
