"""What stands in the side menu of this room."""

from lianxin.common.actor import Role
from lianxin.web.menu_types import Group

MENU: tuple[Group, ...] = (
    ((Role.DEPUTY,), "监督村民自治", (("我监督的村", "/campaigns/mine", "search-check"),)),
    (
        (Role.PRESIDIUM, Role.OFFICE, Role.LEADER),
        "指导监督",
        (
            ("村民自治监督", "/campaigns/work", "list-checks"),
            ("督导和巡查", "/campaigns/findings", "search-check"),
            ("监督代表", "/campaigns/supervisors", "users"),
            ("主题年", "/campaigns", "flag"),
            ("金牌公约评选", "/campaigns/contests", "stamp"),
        ),
    ),
    (
        (Role.VILLAGE,),
        "村里的活动",
        (
            ("巡查整改", "/campaigns/findings", "search-check"),
            ("主题年", "/campaigns", "flag"),
            ("道德评议", "/campaigns/moral", "smile"),
            ("金牌公约评选", "/campaigns/contests", "stamp"),
        ),
    ),
    ((Role.KEEPER,), "评选", (("金牌公约评选", "/campaigns/contests", "stamp"),)),
)
