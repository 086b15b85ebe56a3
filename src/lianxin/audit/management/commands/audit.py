"""`lianxin audit verify` and `lianxin audit root`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from lianxin.audit.roots import roots_make
from lianxin.audit.selectors import verify


class Command(BaseCommand):
    """Check the trail, or make its daily roots."""

    help = "核对审计链，或生成每日根"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do."""
        parser.add_argument("task", choices=["verify", "root"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; a broken chain ends with status 1 and names the row."""
        if options["task"] == "root":
            self.stdout.write(f"新增 {roots_make()} 天的根。")
            return
        with tqdm(desc="核对", unit="条", mininterval=2) as bar:
            problems = verify(progress=lambda done: bar.update(1))
            checked = bar.n
        for problem in problems:
            self.stderr.write(
                f"地区 {problem.home6} 第 {problem.seq} 条（{problem.entry_id or '缺失'}）：{problem.words}。"
            )
        if problems:
            raise CommandError("审计链不完整。")
        self.stdout.write(f"审计链完整，共 {checked} 条。")
