"""Servers for the tests of this folder."""

from __future__ import annotations

from tests.concurrency.fixtures import prepared, served, server_database

__all__ = ["prepared", "served", "server_database"]
