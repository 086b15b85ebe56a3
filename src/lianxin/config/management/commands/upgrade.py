"""`lianxin upgrade`: bring the tables and the shipped rules up to the version that is installed."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from lianxin.duties.loading import kinds_load
from lianxin.people.models import Account
from lianxin.regions.loading import CITY, HOME6
from lianxin.rulebook.loading import rulebook_load


class Command(BaseCommand):
    """Migrate, then add what a new version brings; what people changed stays as it is."""

    help = "升级：更新数据表，补上新版本带来的制度参数和履职制度，改过的不动"

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; safe to repeat."""
        call_command("migrate", verbosity=0)
        with transaction.atomic():
            parameters = rulebook_load()
            kinds = kinds_load(home6=HOME6, division_code=CITY) if Account.objects.exists() else 0
        self.stdout.write(f"数据表已是最新；补上制度参数 {parameters} 项，履职制度 {kinds} 项。")
