"""An account is closed only when nothing is left in its hands (离任移交)."""

from __future__ import annotations

from lianxin.common.actor import Actor
from lianxin.common.errors import Refused
from lianxin.common.writes import write
from lianxin.leaving.holdings import in_hand
from lianxin.people.accounts import account_close
from lianxin.people.models import Account


@write
def account_close_checked(*, actor: Actor, account: Account, request_id: str | None = None) -> Account:
    """Close an account; what it still has in hand is said as a number, an administrator sees no more."""
    left = in_hand(account)
    if left:
        raise Refused(f"他手上还有 {left} 项没有人接，请主席团或代工委先办完离任移交，再停用账号。")
    return account_close(actor=actor, account=account)
