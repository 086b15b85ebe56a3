"""`lianxin verify_election BOARD`: check a published board, from a file, a folder or its address."""

from __future__ import annotations

import io
import threading
import time
import urllib.request
import zipfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lianxin.ballots.electronic import archive, elections, tool, verifier


class Command(BaseCommand):
    """Run `belenios-tool` over the board, and the checks that it does not make."""

    help = "查验电子试用的公示板。可以给下载的文件、解开的文件夹，或者公示板的网址。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take where the board is, the mark read out in the hall, and receipts."""
        parser.add_argument("board", help="文件、文件夹或网址")
        parser.add_argument("--mark", default="", help="停止投票时宣读的校验码")
        parser.add_argument("--receipt", action="append", default=[], help="手里的回执，可以给几个")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print every check; end with an error unless all passed."""
        content = board_at(options["board"])
        report = verifier.verify(
            content, mark=options["mark"], receipts=options["receipt"], run_tool=self._with_progress
        )
        for one in report.checks:
            self.stdout.write(
                f"{'✓' if one.passed else '✗'} {one.words}{'：' + one.found if one.found else ''}"
            )
        self.stdout.write(f"{report.ballots} 张票，{report.cards} 张码卡，公示板校验码 {report.mark}")
        if not report.passed:
            raise CommandError("没有通过查验。")
        self.stdout.write("全部通过。")

    def _with_progress(self, content: bytes) -> str:
        """Verify, and say every few seconds how long it may still take."""
        seconds = len(archive.read(content).ballots()) * verifier.SECONDS_A_BALLOT
        done = threading.Event()
        teller = threading.Thread(target=self._tell, args=(done, seconds), daemon=True)
        teller.start()
        try:
            with tool.workshop() as folder:
                elections.unfold(content, folder)
                return elections.verified(folder)
        finally:
            done.set()
            teller.join()

    def _tell(self, done: threading.Event, seconds: float) -> None:
        begun = time.monotonic()
        while not done.wait(2.0):
            self.stderr.write(
                f"正在逐张验票，已用 {time.monotonic() - begun:.0f} 秒，大约要 {seconds:.0f} 秒"
            )


def board_at(place: str) -> bytes:
    """Return the board's file from an address, a folder, a downloaded zip or the file itself."""
    if place.startswith(("http://", "https://")):
        with urllib.request.urlopen(place, timeout=60) as answer:  # noqa: S310 - only the two schemes above
            return _inside(answer.read())
    path = Path(place)
    if path.is_dir():
        found = next(iter(sorted(path.glob("*.bel"))), None)
        if found is None:
            raise CommandError("这个文件夹里没有公示板文件（.bel）。")
        return found.read_bytes()
    if not path.is_file():
        raise CommandError("没有找到这个文件。")
    return _inside(path.read_bytes())


def _inside(content: bytes) -> bytes:
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as parcel:
        name = next((one for one in parcel.namelist() if one.endswith(".bel")), None)
        if name is None:
            raise CommandError("这个压缩包里没有公示板文件（.bel）。")
        return parcel.read(name)
