"""`lianxin scrutineer FOLDER [MATERIAL]`: a scrutineer's own device, without network or database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lianxin.ballots.electronic import materials, tool


class Command(BaseCommand):
    """Make a key, or do the round that a material from the page is for."""

    help = "监票人在自己的设备上制钥匙、交换、开锁。不给材料就制一把新钥匙；给了材料就办那一步。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the key's folder and, after the first round, the material."""
        parser.add_argument("folder", type=Path, help="放钥匙的文件夹，每次投票用一个新的")
        parser.add_argument("material", type=Path, nargs="?", help="从「我的钥匙」页下载的材料")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the round and say which file to hand in."""
        if not tool.is_installed():
            raise CommandError("这台设备没有装 belenios-tool，请先 apt-get install belenios-tool。")
        folder, material = options["folder"], options["material"]
        try:
            done = materials.following(folder, material.read_bytes()) if material else materials.first(folder)
        except materials.NotForMe as refused:
            raise CommandError(str(refused)) from None
        except tool.ToolFailed as failed:
            raise CommandError(f"没有通过核对，请不要交，告诉其他监票人：{failed}") from None
        for place, name in enumerate(done.names, start=1):
            self.stdout.write(f"钥匙校验码 {place}：{name}")
        self.stdout.write(f"请在「我的钥匙」页交这个文件：{done.file}")
        self.stdout.write("文件夹里的 .key 是您的钥匙，请收好，不要给任何人。")
