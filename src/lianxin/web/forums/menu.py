"""What stands in the side menu of this room."""

from lianxin.common.actor import Role
from lianxin.web.menu_types import Group

MENU: tuple[Group, ...] = (
    (
        (Role.OFFICE, Role.PRESIDIUM, Role.LEADER),
        "会议",
        (
            ("知情议政会", "/forums", "messages-square"),
            ("两说一商", "/forums/consults", "handshake"),
            ("检查和调研", "/forums/inquiries", "search-check"),
            ("述职评议", "/forums/reviews", "scroll-text"),
        ),
    ),
    ((Role.KEEPER,), "商量", (("两说一商", "/forums/consults", "handshake"),)),
    (
        (Role.UNIT_CLERK, Role.UNIT_HEAD),
        "会议",
        (
            ("知情议政会", "/forums", "messages-square"),
            ("整改和审议意见", "/forums/findings", "search-check"),
        ),
    ),
)
