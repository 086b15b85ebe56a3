"""What stands in the side menu of this room."""

from lianxin.common.actor import Role
from lianxin.plans.workflow import WATCHERS
from lianxin.web.menu_types import Group

MENU: tuple[Group, ...] = (
    (
        WATCHERS,
        "部署和落实",
        (
            ("上级文件", "/plans/documents", "files"),
            ("提请市委", "/plans/petitions", "stamp"),
            ("实施方案", "/plans", "flag"),
            ("推进工作会", "/plans/meetings", "users"),
        ),
    ),
    (
        (Role.UNIT_CLERK, Role.UNIT_HEAD, Role.PRESIDIUM),
        "部署和落实",
        (("我的任务", "/plans/tasks", "list-checks"), ("推进工作会", "/plans/meetings", "users")),
    ),
)
