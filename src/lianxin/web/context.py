"""What every page knows: look, demo mode, who is here."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext

from lianxin.common.actor import Role

Item = dict[str, str]
MENUS: tuple[tuple[tuple[Role, ...], str, tuple[tuple[str, str, str], ...]], ...] = (
    ((), "今天要办", (("待办", "/desk", "list-checks"), ("消息", "/notices", "bell"))),
    ((Role.GRID_WORKER,), "网格", (("网格上报", "/station/grid", "message-square-plus"),)),
    (
        (Role.KEEPER, Role.PRESIDIUM, Role.OFFICE, Role.GRID_WORKER),
        "站里的事",
        (
            ("民情受理", "/station/opinions", "inbox"),
            ("代录民情", "/station/new", "square-pen"),
            ("电话告知", "/station/calls", "phone"),
            ("焦点", "/station/topics", "flame"),
            ("海报和纸表", "/station/prints", "printer"),
        ),
    ),
    (
        (Role.KEEPER, Role.PRESIDIUM, Role.OFFICE),
        "联络站",
        (
            ("站点首页", "/station/room", "house"),
            ("接待日排班", "/station/rota", "clock"),
            ("十有和验收", "/station/standards", "list-checks"),
            ("编组入网", "/station/network", "users"),
            ("全覆盖", "/station/coverage", "map-pin"),
            ("站点页面", "/station/page", "eye"),
            ("四好评价", "/station/goods", "smile"),
        ),
    ),
    (
        (Role.PRESIDIUM, Role.OFFICE, Role.LEADER),
        "联系群众",
        (("结对连心", "/office/pairing", "hand-heart"),),
    ),
    ((Role.KEEPER,), "联系群众", (("征求意见", "/office/pairing/consents", "hand-heart"),)),
    ((Role.LEADER,), "我联系的", (("户、代表和镇", "/deputy/households", "footprints"),)),
    (
        (Role.OFFICE, Role.PRESIDIUM),
        "代表建议",
        (
            ("建议办理", "/office/suggestions", "file-text"),
            ("承诺台账", "/office/promises", "handshake"),
            ("焦点与重点", "/office/topics", "flame"),
        ),
    ),
    (
        (Role.VILLAGE, Role.VILLAGE_SUPERVISOR),
        "村务",
        (("村务公开", "/village", "newspaper"), ("村民会议", "/village/meetings", "users")),
    ),
    (
        (Role.PRESIDIUM, Role.OFFICE, Role.LEADER),
        "村民自治",
        (("各村情况", "/village/board", "landmark"), ("村民会议", "/village/meetings", "users")),
    ),
    (
        (Role.OFFICE, Role.PRESIDIUM),
        "代表履职",
        (
            ("履职与缺口", "/office/duties", "users"),
            ("待核实", "/office/duties/verify", "check"),
            ("履职承诺", "/office/duties/pledges", "handshake"),
            ("信息化程度", "/office/duties/online", "gauge"),
            ("治理效能", "/office/effect", "chart-column"),
            ("年度档案与考核", "/office/assessment", "files"),
            ("约见", "/office/meetings", "users"),
            ("代表创优", "/office/excellence", "flag"),
        ),
    ),
    (
        (Role.KEEPER, Role.PRESIDIUM, Role.OFFICE),
        "补录",
        (("补录履职", "/office/duties/enter", "square-pen"),),
    ),
    (
        (Role.UNIT_CLERK, Role.UNIT_HEAD, Role.OVERSIGHT),
        "承办",
        (("承办台", "/unit/matters", "briefcase"), ("承诺台账", "/unit/promises", "handshake")),
    ),
    ((Role.UNIT_HEAD,), "代表约见", (("约见", "/office/meetings", "users"),)),
    ((Role.KEEPER,), "公示", (("公示和意见", "/office/excellence", "megaphone"),)),
    (
        (Role.OVERSIGHT, Role.OFFICE),
        "看情况",
        (("单位红黄绿", "/unit/board", "chart-column"),),
    ),
    (
        (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR),
        "管理",
        (
            ("概况", "/administration", "gauge"),
            ("账号与角色", "/administration/accounts", "users"),
            ("制度参数", "/administration/parameters", "sliders-horizontal"),
            ("工作日历", "/administration/calendar", "clock"),
            ("履职制度", "/administration/duties", "list-checks"),
        ),
    ),
    ((Role.SYSTEM_ADMIN,), "运行", (("消息发送", "/administration/outbox", "send"),)),
    (
        (Role.AUDITOR,),
        "审计",
        (
            ("审计记录", "/administration/audit", "scroll-text"),
            ("查看记录", "/administration/reads", "search-check"),
        ),
    ),
    (
        (Role.OFFICE, Role.PRESIDIUM, Role.KEEPER, Role.LEADER),
        "小组",
        (("代表小组", "/office/groups", "users"), ("代表活动", "/office/activities", "footprints")),
    ),
    (
        (Role.OFFICE, Role.PRESIDIUM, Role.KEEPER),
        "来往",
        (("收发文", "/office/circulars", "files"),),
    ),
    ((), "资料", (("制度库", "/institutions", "landmark"),)),
)
TOUR = (((), "演示", (("演示导览", "/tour", "route"),)),)
THEMES = ("light", "dark", "contrast")


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the context variables of every page."""
    theme = request.COOKIES.get("theme", "light")
    return {
        "theme": theme if theme in THEMES else "light",
        "elder": request.COOKIES.get("elder") == "1",
        "demo": settings.LIANXIN_DEMO,
        "actor": getattr(request, "actor", None),
        "here": request.get_full_path(),
        "nav": _menu(request),
    }


def _menu(request: HttpRequest) -> list[dict[str, Any]]:
    actor = getattr(request, "actor", None)
    if actor is None or not actor.id:
        return []
    return [
        {
            "name": gettext(name),
            "entries": [{"label": gettext(label), "link": link, "icon": icon} for label, link, icon in items],
        }
        for roles, name, items in (*MENUS, *(TOUR if settings.LIANXIN_DEMO else ()))
        if not roles or actor.has(*roles)
    ]
