"""What stands in the side menu of this room."""

from lianxin.common.actor import Role
from lianxin.web.menu_types import Group

MENU: tuple[Group, ...] = (
    (
        (Role.VILLAGE, Role.VILLAGE_SUPERVISOR),
        "村级组织",
        (
            ("四议两公开", "/village/four-two", "list-checks"),
            ("村委会选举", "/elections", "landmark"),
            ("监督委员会", "/elections/supervision", "shield-check"),
        ),
    ),
    ((Role.PRESIDIUM, Role.OFFICE, Role.LEADER), "村委会选举", (("村委会选举", "/elections", "landmark"),)),
)
