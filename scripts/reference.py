"""Write docs/reference/parameters.md and data.md from what the code says (`python scripts/reference.py`)."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PARAMETERS = ROOT / "src/lianxin/rulebook/data"
TARGET = ROOT / "docs/reference"
UNITS = {
    "days": "天",
    "workdays": "个工作日",
    "months": "个月",
    "hours": "小时",
    "minutes": "分钟",
    "years": "年",
}
FIRST = """# 制度参数

每个数字都在「制度参数」页上改，改了从生效日起算，不追溯。
标记：K 查到原文；L 多半如此；A 本系统假定。L 和 A 不是法律，页面上也不会说成法律。
本页由 `scripts/reference.py` 从 `src/lianxin/rulebook/data/` 写出，由测试保证一致。
"""
DATA = """# 数据

每个房间的表和它放什么。主键是 UUIDv7；`home6` 是记下时的县级代码，不再变。
`…event` 表是历史，状态列只是它的缓存。
谁反映的单独放（见 [privacy](../privacy.md)）。本页由 `scripts/reference.py` 从模型写出，由测试保证一致。
"""


def parameters() -> str:
    """Return the page of parameters, a table for each file of them."""
    return "\n".join([FIRST, *_parameters()]) + "\n"


def _parameters() -> Iterator[str]:
    for file in sorted(PARAMETERS.glob("parameters*.json")):
        yield f"\n## {file.stem.removeprefix('parameters').strip('-') or '共用'}\n"
        yield "| 名称 | 说明 | 值 | 标记 | 依据 |\n|---|---|---|---|---|"
        for one in json.loads(file.read_text("utf-8")):
            yield _row(f"`{one['name']}`", one["label"], _value(one), one["mark"], one["basis"])


def _value(one: dict[str, Any]) -> str:
    value = one["value"]
    said = "、".join(map(str, value)) if isinstance(value, list) else json.dumps(value, ensure_ascii=False)
    return f"{_cell(said)[:80]} {UNITS.get(one['unit'], '')}".strip()


def data() -> str:
    """Return the page of tables, room by room."""
    return "\n".join([DATA, *_data()]) + "\n"


def _data() -> Iterator[str]:
    import django  # noqa: PLC0415 - after the settings are named
    from django.apps import apps  # noqa: PLC0415

    django.setup()
    for room in sorted(apps.get_app_configs(), key=lambda one: one.label):
        models = sorted(room.get_models(), key=lambda one: one.__name__)
        if not room.name.startswith("lianxin.") or not models:
            continue
        yield f"\n## {room.label}\n\n| 表 | 放什么 | 列 |\n|---|---|---|"
        for model in models:
            columns = "、".join(field.column for field in model._meta.concrete_fields)
            yield _row(f"`{model._meta.db_table}`", (model.__doc__ or "").partition("\n")[0], columns)


def _row(*cells: str) -> str:
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    return text.replace("|", "／").replace("\n", " ").strip()


def main() -> int:
    """Write both pages."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianxin.config.settings")
    os.environ.setdefault("LIANXIN_DATA", tempfile.mkdtemp())
    (TARGET / "parameters.md").write_text(parameters(), "utf-8")
    (TARGET / "data.md").write_text(data(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
