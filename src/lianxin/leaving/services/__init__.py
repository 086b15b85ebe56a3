"""Every act on leavings."""

from lianxin.leaving.services.answering import item_accept, item_decline, items_accept, items_decline
from lianxin.leaving.services.closing import account_close_checked
from lianxin.leaving.services.finishing import leaving_cancel, leaving_finish
from lianxin.leaving.services.naming import item_cover, item_keep, receiver_name
from lianxin.leaving.services.opening import leaving_open, leaving_open_post, leaving_refresh
from lianxin.leaving.services.timers import leaving_remind

__all__ = [
    "account_close_checked",
    "item_accept",
    "item_cover",
    "item_decline",
    "item_keep",
    "items_accept",
    "items_decline",
    "leaving_cancel",
    "leaving_finish",
    "leaving_open",
    "leaving_open_post",
    "leaving_refresh",
    "leaving_remind",
    "receiver_name",
]
