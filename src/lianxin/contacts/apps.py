"""Django's entry for this room."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """结对: quotas, consent, assignment, visits due."""

    name = "lianxin.contacts"
    label = "contacts"
