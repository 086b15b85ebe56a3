"""`lianxin worker`: send what is queued, compute vectors, watch deadlines."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lianxin.config.worker import Worker


class Command(BaseCommand):
    """Run the worker."""

    help = "后台发送、期限和清理"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --once."""
        parser.add_argument("--once", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Loop until stopped."""
        Worker().run(once=options["once"])
