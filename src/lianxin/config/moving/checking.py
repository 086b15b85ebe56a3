"""The checks at the end of a move, before anything is kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from django.db import IntegrityError, connection, models

from lianxin.audit.selectors import entries_count, verify
from lianxin.common.sealing import key_opens
from lianxin.config.moving import source
from lianxin.config.moving.refusing import MoveRefused
from lianxin.opinions.models import MatterKey
from lianxin.search.models import SearchEntry

BACK = "什么都没有搬。"


def must_hold(old: sqlite3.Connection, copied: Mapping[type[models.Model], int], indexed: int) -> int:
    """Hold references, counts, index, trail and keys against the source; return the trail's length."""
    _references()
    for model, rows in copied.items():
        table = model._meta.db_table
        if not source.count_of(old, table) == rows == model._base_manager.count():
            raise MoveRefused(f"表 {table} 的行数对不上，{BACK}")
    if indexed != SearchEntry.objects.count():
        raise MoveRefused(f"检索索引的条数对不上，{BACK}")
    _trail()
    _keys()
    return entries_count()


def _references() -> None:
    """Ask now for every reference that constraints would ask for at the end of the transaction."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except IntegrityError as caught:
        raise MoveRefused(f"SQLite 里有指向不存在的行的引用，{BACK}（{_constraint(caught)}）") from caught


def _trail() -> None:
    broken = verify()
    if broken:
        raise MoveRefused(f"审计链从第 {broken[0].seq} 条起不完整：{broken[0].words}，{BACK}")


def _keys() -> None:
    """Try one key: the sealed data are worth nothing where the master key was left behind."""
    newest = MatterKey.objects.order_by("-id").first()
    if newest is not None and not key_opens(newest.wrapped):
        raise MoveRefused(
            f"这里的主密钥打不开原来封存的内容，{BACK}"
            "请把原来的 secrets 目录（或 LIANXIN_MASTER_KEY）一起带来。"
        )


def _constraint(caught: IntegrityError) -> str:
    """Return the name of what was broken, without what stood in the row."""
    return str(getattr(getattr(caught.__cause__, "diag", None), "constraint_name", "") or "")
