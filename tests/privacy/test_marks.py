"""The tools of the privacy tests leave nothing behind."""

from __future__ import annotations

import gc
from types import GeneratorType
from unittest.mock import Mock

import pytest

from lianxin.web.forums import screen
from tests.factories import forums as make
from tests.factories.cast import Cast
from tests.permissions.doors import client_of
from tests.privacy.marks import fetched

pytestmark = pytest.mark.django_db


def _running() -> list[object]:
    return [
        one
        for one in gc.get_objects()
        if type(one) is GeneratorType and one.gi_code is screen._events.__code__ and one.gi_frame
    ]


def test_a_stream_that_is_read_in_part_ends_at_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its end closes a connection: found by the collector later, that is the connection of another test."""
    ended = Mock()
    monkeypatch.setattr(screen, "connection", ended)
    answer = client_of(cast, "office").get(f"/forums/{make.running(cast).pk}/stream")
    assert "retry" in fetched(answer)
    ended.close.assert_called_once()
    assert _running() == []
