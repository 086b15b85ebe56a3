"""The console script `lianxin`: Django's commands under the product's own name.

`lianxin audit verify` and the like: commands live in each room's `management/commands`.
"""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run a command, for example `lianxin demo --scale small`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianxin.config.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - needs the settings named above

    execute_from_command_line(sys.argv)
