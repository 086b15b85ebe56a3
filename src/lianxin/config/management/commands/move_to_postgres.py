"""`lianxin move_to_postgres`: from the embedded SQLite to a PostgreSQL server."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lianxin.config.moving import MoveRefused, move


class Command(BaseCommand):
    """Copy a stopped installation into an empty, migrated PostgreSQL; all or nothing."""

    help = "把停下来的 SQLite 整个搬进一个空的 PostgreSQL（先停服务和 worker，先 migrate）"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the source; the target is the database of `DATABASE_URL`."""
        parser.add_argument(
            "--from", dest="file", type=Path, help="SQLite 文件，默认是数据目录里的 lianxin.sqlite3"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Move, check, say what was moved and what stays where it is."""
        data = Path(settings.LIANXIN_DATA)
        began = time.monotonic()
        try:
            moved = move(options["file"] or data / "lianxin.sqlite3", tell=self._tell)
        except MoveRefused as caught:
            raise CommandError(str(caught)) from caught
        self._tell(
            f"搬好了：{moved.tables} 张表，{moved.rows} 行，索引 {moved.indexed} 条，"
            f"审计链完整，共 {moved.entries} 条；用时 {time.monotonic() - began:.0f} 秒。"
        )
        self._tell(
            f"照片和文书（{data / 'files'}）与密钥（{data / 'secrets'}）不在数据库里，留在原处继续用。"
        )
        self._tell("SQLite 文件没有动；确认新库能用以后，请把它收起来，不要两边都写。")

    def _tell(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
