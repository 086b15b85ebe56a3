"""Places: divisions with history, constituencies, grids, liaison stations."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.common.models import RegionalRow


class DivisionKind(models.TextChoices):
    """What kind of division."""

    CITY = "city", _("市")
    TOWN = "town", _("镇")
    VILLAGE = "village", _("村")
    COMMUNITY = "community", _("社区")


class Division(models.Model):
    """A division by its 12-digit statistical code."""

    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=DivisionKind.choices)
    parent_code = models.CharField(max_length=12, blank=True, db_index=True)
    home6 = models.CharField(max_length=6)
    pinyin = models.CharField(max_length=120, blank=True)


class DivisionName(models.Model):
    """A name and code that a division had for a time (旬阳县 610928 until 2021)."""

    division = models.ForeignKey(Division, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=60)
    code = models.CharField(max_length=12)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["division", "name", "code"], name="division_name_once")
        ]


class Constituency(RegionalRow):
    """An electoral district (选区) inside a town."""

    name = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home6", "division_code", "name"], name="constituency_once")
        ]


class Grid(RegionalRow):
    """A grid (网格) inside a village or community."""

    name = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home6", "division_code", "name"], name="grid_once")]


class StationLevel(models.TextChoices):
    """The levels of the network of stations."""

    CITY = "city", _("市级站")
    TOWN = "town", _("镇级站")
    CONSTITUENCY = "constituency", _("选区室")
    VILLAGE = "village", _("村（社区）室")


class Station(RegionalRow):
    """A deputies' liaison station or room; its short code stands in the QR."""

    code = models.SlugField(max_length=16, unique=True)
    name = models.CharField(max_length=80)
    level = models.CharField(max_length=14, choices=StationLevel.choices)
    town_code = models.CharField(max_length=12, blank=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="rooms")
    is_open = models.BooleanField(default=True)
    built_kind = models.CharField(max_length=10, blank=True)
    built_on = models.CharField(max_length=10, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    address = models.CharField(max_length=120, blank=True)
    feature_text = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["home6", "level", "division_code"], name="station_place")]
