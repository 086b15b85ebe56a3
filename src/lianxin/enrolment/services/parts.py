"""What all sheets share: rows as they were typed, and what came of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Cells = Mapping[str, str]


@dataclass
class Brought:
    """What came of the rows of one sheet."""

    taken: int = 0
    repeated: int = 0
    refused: list[dict[str, Any]] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)

    def refuse(self, cells: Cells, *faults: str) -> None:
        """Keep a faulty row as it was typed."""
        self.refused.append({"cells": dict(cells), "faults": list(faults)})
