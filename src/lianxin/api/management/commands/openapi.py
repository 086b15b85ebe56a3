"""`lianxin openapi`: print the description of the API (kept in docs/reference/openapi.json)."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand

from lianxin.api.docs import document


class Command(BaseCommand):
    """Print the OpenAPI document."""

    help = "打印接口说明（OpenAPI 3.1）"

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the document to standard output."""
        self.stdout.write(json.dumps(document(), ensure_ascii=False, indent=1))
