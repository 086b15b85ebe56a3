"""`lianxin kiosk BOARD`: a machine in the hall, a process of its own without database, session or log."""

from __future__ import annotations

import getpass
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lianxin.ballots.electronic import tool
from lianxin.web.evote import kiosk
from lianxin.web.evote.kiosk_server import server_of


class Command(BaseCommand):
    """Serve the voting page to this machine's own screen."""

    help = "会场里的投票机：在本机加密，只把加密选票送到公示板。会场口令从键盘输入，或放在 LIANXIN_HALL_KEY。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the board's address and the port of the own screen."""
        parser.add_argument("board", help="公示板网址，例如 https://…/evote/AbCdEf12345678")
        parser.add_argument("--port", type=int, default=8900)

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the election, then serve until stopped."""
        if not tool.is_installed():
            raise CommandError(tool.MISSING)
        hall_key = os.environ.get("LIANXIN_HALL_KEY") or getpass.getpass("会场口令：")
        with TemporaryDirectory() as folder:
            try:
                hall = kiosk.entered(options["board"], hall_key, Path(folder))
            except (OSError, ValueError) as failed:
                raise CommandError(f"读不到公示板，请核对网址和网络：{failed}") from None
            server = server_of(hall, options["port"])
            self.stdout.write(f"投票机好了：http://127.0.0.1:{server.server_port}/（Ctrl+C 停止）")
            self.stdout.flush()
            server.serve_forever()
