"""Django's entry for this room."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """Campaigns and guidance: themed years, contests, inspection sheets, supervising deputies."""

    name = "lianxin.campaigns"
    label = "campaigns"
