"""What stands in the side menu of this room."""

from lianxin.common.actor import Role
from lianxin.web.menu_types import Group

MENU: tuple[Group, ...] = (
    (
        (Role.OFFICE, Role.PRESIDIUM, Role.LEADER, Role.OVERSIGHT),
        "民生实事",
        (("项目进展", "/projects/board", "gauge"), ("征集和票决", "/projects/rounds", "list-checks")),
    ),
    (
        (Role.KEEPER, Role.OFFICE, Role.PRESIDIUM),
        "民生实事征集",
        (("代录意愿", "/projects/enter", "square-pen"),),
    ),
    ((Role.DEPUTY,), "民生实事", (("我监督的项目", "/projects/mine", "eye"),)),
    ((Role.UNIT_CLERK, Role.UNIT_HEAD), "民生实事", (("要报的进度", "/projects/unit", "construction"),)),
)
