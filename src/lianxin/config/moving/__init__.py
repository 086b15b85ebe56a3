"""From the embedded SQLite to a PostgreSQL server, all or nothing."""

from lianxin.config.moving.copying import Moved, move
from lianxin.config.moving.refusing import MoveRefused

__all__ = ["MoveRefused", "Moved", "move"]
