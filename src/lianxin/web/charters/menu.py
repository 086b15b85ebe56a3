"""What stands in the side menu of this room."""

from lianxin.common.actor import Role
from lianxin.web.menu_types import Group

MENU: tuple[Group, ...] = (
    (
        (Role.VILLAGE, Role.VILLAGE_SUPERVISOR),
        "章程公约",
        (("章程和公约", "/charters", "scroll-text"),),
    ),
    (
        (Role.PRESIDIUM, Role.OFFICE, Role.LEADER),
        "章程公约",
        (("各村的文本", "/charters/board", "scroll-text"), ("修订轮次", "/charters/rounds", "rotate-ccw")),
    ),
)
