"""What residents send without signing in: one request is one browser's, and stands for the same words only.

All residents share one actor, and a page that is kept may hold a request id that was used before.
"""

from __future__ import annotations

from lianxin.common.errors import Conflict
from lianxin.common.sealing import keyed_hash

OTHER_WORDS = "刚才那一条已经收下了，这一条还没有。请再按一次提交。"


def bound(browser_token: str, request_id: str | None) -> str | None:
    """Return the request id as it belongs to a browser."""
    return keyed_hash(f"{browser_token}:{request_id}", purpose="request") if request_id else request_id


def refuse_others(request_id: str | None, *, kept: object, sent: object) -> None:
    """Refuse what was sent if the request had been used for something else: nothing is lost in silence."""
    if request_id and kept != sent:
        raise Conflict(OTHER_WORDS)
