"""What votes of the tests need."""

from __future__ import annotations

import pytest

from tests.factories import ballots as make
from tests.factories.cast import Cast


@pytest.fixture
def deputies(cast: Cast) -> None:
    """Give the town twelve deputies, four of them of the cast."""
    make.deputies()
