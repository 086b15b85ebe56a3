"""The planted world of the privacy tests."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from unittest.mock import Mock

import pytest

from lianxin.common.logs import DiscreetFormatter
from tests.factories.cast import Cast
from tests.permissions.world import World
from tests.privacy.marks import plant

NOT_OURS = ("PIL", "django.db")
"""Loggers whose DEBUG lines quote their data; the product's log begins at WARNING (tested)."""


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Return what every logger writes from here on, in the product's own format."""
    out, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(out), root.level
    handler.setFormatter(DiscreetFormatter("%(name)s %(message)s"))
    handler.addFilter(lambda record: record.levelno > logging.DEBUG or not record.name.startswith(NOT_OURS))
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield out
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def planted(cast: Cast, logged: io.StringIO) -> World:
    """Plant the marks while every logger is listened to."""
    return plant(cast)


@pytest.fixture(autouse=True)
def kept_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a stream that ends not close the connection on which the test itself reads."""
    monkeypatch.setattr("lianxin.web.forums.screen.connection", Mock())
