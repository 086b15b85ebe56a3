"""`lianxin demo --scale small|full --seed 321`: load the demo city."""

from __future__ import annotations

import os
import secrets
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from lianxin.demo.loading import SCALES, demo_load
from lianxin.people.models import Account


class Command(BaseCommand):
    """Load the demo city once."""

    help = "装入演示城市"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take scale and seed."""
        parser.add_argument("--scale", choices=sorted(SCALES), default="small")
        parser.add_argument("--seed", type=int, default=321)

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, unless it is loaded; print how long it took."""
        whole = Path(settings.LIANXIN_DATA) / "demo_loaded"
        if Account.objects.filter(is_demo=True).exists():
            if not whole.exists():
                raise CommandError("数据库里是上次只装了一半的演示城市，请清空这个数据库后再装。")
            self.stdout.write("演示城市已经装好。")
            return
        began = time.monotonic()
        with tqdm(desc="演示城市", unit="天", mininterval=1) as bar:

            def progress(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            acts = demo_load(
                scale=options["scale"], seed=options["seed"], password=demo_password(), progress=progress
            )
        whole.touch()
        self.stdout.write(f"演示城市装好：{acts} 步，{time.monotonic() - began:.1f} 秒。")


def demo_password() -> str:
    """Return the password of the demo accounts: given, or made once and kept for `make run` to print."""
    given = os.environ.get("LIANXIN_DEMO_PASSWORD")
    if given:
        return given
    kept = Path(settings.LIANXIN_DATA) / "demo_password"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(9))
    return kept.read_text()
