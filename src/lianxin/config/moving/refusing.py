"""What must be true before anything is copied; each refusal says what to do."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor

KNOWN = {
    *("AutoField", "BigAutoField", "SmallAutoField", "IntegerField", "BigIntegerField", "SmallIntegerField"),
    *("PositiveIntegerField", "PositiveSmallIntegerField", "PositiveBigIntegerField", "BooleanField"),
    *("CharField", "TextField", "SlugField", "EmailField", "URLField", "FileField", "FilePathField"),
    *("UUIDField", "DateField", "DateTimeField", "TimeField", "DecimalField", "FloatField"),
    *("JSONField", "BinaryField", "GenericIPAddressField"),
}
"""Kinds of columns whose stored form on SQLite PostgreSQL reads as the same value."""

MADE_BY_MIGRATE = frozenset({"django_content_type", "auth_permission"})
"""Rows that `migrate` itself puts into an empty database; the source's take their place."""


class MoveRefused(Exception):
    """The move was not begun, or was taken back whole; the message says why."""


def must_be_postgres() -> None:
    """The target is the database that the settings name."""
    if connection.vendor != "postgresql":
        raise MoveRefused("请用 DATABASE_URL 指明要搬去的 PostgreSQL。")


def must_be_alike(old: set[tuple[str, str]]) -> None:
    """Both databases were migrated by this very version."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise MoveRefused("PostgreSQL 的表还没有建好。请先对它运行 lianxin migrate。")
    if old != set(executor.loader.applied_migrations):
        raise MoveRefused("SQLite 的表和这个版本不一致。请先不带 DATABASE_URL 运行 lianxin migrate，再搬。")


def must_be_empty(tables: Iterable[type[models.Model]]) -> None:
    """Nothing is overwritten and nothing mixed."""
    for model in tables:
        if model._meta.db_table not in MADE_BY_MIGRATE and model._base_manager.exists():
            raise MoveRefused(
                f"目标数据库不是空的：表 {model._meta.db_table} 里已有数据。请换一个新建的数据库。"
            )


def must_be_known(tables: Iterable[type[models.Model]], held: set[str]) -> None:
    """No table and no kind of column is left behind."""
    left = held - {model._meta.db_table for model in tables}
    if left:
        raise MoveRefused(f"SQLite 里有这个版本不认识的表：{'、'.join(sorted(left))}。")
    for model in tables:
        for column in model._meta.local_concrete_fields:
            if kind_of(column) not in KNOWN:
                raise MoveRefused(
                    f"不知道怎样搬 {model._meta.db_table}.{column.column}（{kind_of(column)}）。"
                )


def kind_of(column: models.Field[object, object]) -> str:
    """Return what a column holds, for a reference what it refers to."""
    while isinstance(column, models.ForeignKey):
        column = column.target_field
    return column.get_internal_type()
