"""Every act on groups, plans, activities and presence."""

from lianxin.activities.services.presence import (
    code_now,
    gathering_open,
    presence_sign_in,
    presence_sign_out,
    presence_tick,
)

__all__ = [
    "code_now",
    "gathering_open",
    "presence_sign_in",
    "presence_sign_out",
    "presence_tick",
]
