"""What stands in the side menu of this room."""

from lianxin.archives.permissions import READERS
from lianxin.web.menu_types import Group

MENU: tuple[Group, ...] = ((READERS, "历史资料", (("十年时间线", "/archive", "files"),)),)
