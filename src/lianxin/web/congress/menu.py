"""What stands in the side menu of this room."""

from lianxin.common.actor import Role
from lianxin.web.menu_types import Group

MENU: tuple[Group, ...] = (
    ((Role.OFFICE, Role.PRESIDIUM, Role.LEADER), "票决", (("大会会议", "/sessions", "landmark"),)),
)
