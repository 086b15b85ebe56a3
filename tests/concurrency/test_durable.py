"""A receipt given to a resident survives a power cut: the embedded database waits for the disk."""

from __future__ import annotations

import pytest
from django.db import connection


@pytest.mark.django_db
def test_every_commit_waits_for_the_disk() -> None:
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            assert cursor.fetchone() == ("on",)
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone() == (2,)  # FULL
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() in {("wal",), ("memory",)}
