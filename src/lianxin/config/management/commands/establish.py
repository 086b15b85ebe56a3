"""`lianxin establish`: prepare an empty database for real work, without any demo data."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from lianxin.common import clock
from lianxin.common.actor import SYSTEM, Role
from lianxin.duties.loading import kinds_load
from lianxin.people.models import Account
from lianxin.people.services import account_create, role_grant
from lianxin.regions.loading import CITY, HOME6, divisions_load, stations_load
from lianxin.rulebook.loading import rulebook_load

ADMINISTRATORS = {
    "admin": ("系统管理员", Role.SYSTEM_ADMIN),
    "security": ("安全管理员", Role.SECURITY_ADMIN),
    "auditor": ("审计员", Role.AUDITOR),
}


class Command(BaseCommand):
    """Load places and rules, and open the three administrators' accounts."""

    help = "正式使用前的准备：区划、站点、制度参数、三员账号"

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it once; each first password is printed and must be changed at the first sign-in."""
        if Account.objects.exists():
            raise CommandError("数据库里已经有账号。这个命令只用于空的数据库。")
        with transaction.atomic():
            rulebook_load()
            kinds_load(home6=HOME6, division_code=CITY)
            divisions_load()
            stations_load()
            first = {name: self._open(name, clock.today()) for name in ADMINISTRATORS}
        self.stdout.write("准备好了。三员首次登录的密码（只显示这一次，登录后必须修改）：")
        for name, password in first.items():
            self.stdout.write(f"  {name}  {password}")

    def _open(self, username: str, since: date) -> str:
        display_name, role = ADMINISTRATORS[username]
        password = secrets.token_urlsafe(12)
        account = account_create(
            actor=SYSTEM, username=username, display_name=display_name, password=password
        )
        role_grant(actor=SYSTEM, account=account, role=role, place=CITY, valid_from=since)
        return password
