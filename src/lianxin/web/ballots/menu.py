"""What stands in the side menu of this room."""

from lianxin.common.actor import Role
from lianxin.web.menu_types import Group

MENU: tuple[Group, ...] = (
    (
        (Role.OFFICE, Role.PRESIDIUM, Role.LEADER, Role.DEPUTY, Role.KEEPER),
        "票决",
        (("票决和测评", "/ballots", "stamp"),),
    ),
)
