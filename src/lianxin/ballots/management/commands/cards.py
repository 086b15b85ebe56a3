"""`lianxin cards FOLDER`: print the cards on a machine apart; only their public parts leave it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lianxin.ballots.electronic import elections, tool
from lianxin.documents import ballot_papers


class Command(BaseCommand):
    """Make cards with a code each: the codes stand on the printed sheet and nowhere else."""

    help = "在离线的机器上印码卡：cards.pdf 送去打印，public_creds.json 交到页面上。印完请删掉 cards.pdf。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take where to write, which election, how many."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--code", required=True, help="页面上写的投票编号")
        parser.add_argument("--count", required=True, type=int, help="全体代表人数")
        parser.add_argument("--title", required=True, help="印在卡上的投票名称")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the sheet and the public parts."""
        if not tool.is_installed():
            raise CommandError("这台机器没有装 belenios-tool，请先 apt-get install belenios-tool。")
        if not 1 <= options["count"] <= 9_999:
            raise CommandError("张数不对，请填全体代表人数。")
        folder: Path = options["folder"]
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        codes, public = elections.new_cards(options["code"], options["count"])
        sheet, public_file = folder / "cards.pdf", folder / "public_creds.json"
        sheet.touch(mode=0o600)
        sheet.write_bytes(ballot_papers.cards_pdf(options["title"], codes))
        public_file.write_text(json.dumps(public))
        self.stdout.write(f"请打印 {sheet}，沿线裁开，打乱放进箱里；印完就删掉这个文件。")
        self.stdout.write(f"请在「电子试用」页登记 {public_file}。")
