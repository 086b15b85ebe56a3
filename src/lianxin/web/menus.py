"""The side menu: a few jobs, each with its entries; what a room adds goes under the job it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from lianxin.common.actor import Actor, Role
from lianxin.web.archive import menu as archive
from lianxin.web.ballots import menu as ballots
from lianxin.web.campaigns import menu as campaigns
from lianxin.web.charters import menu as charters
from lianxin.web.congress import menu as congress
from lianxin.web.elections import menu as elections
from lianxin.web.forums import menu as forums
from lianxin.web.menu_types import Entry, Group
from lianxin.web.plans import menu as plans
from lianxin.web.projects import menu as projects

TODAY, STATION, PAPERS, DUTIES = "今天要办", "民情和联络站", "代表建议", "代表和小组"
MEETINGS, VILLAGES, UNIT, ADMIN, FIGURES, LIBRARY = (
    "会议和票决",
    "村民自治",
    "承办",
    "管理",
    "看数据",
    "文件和制度",
)
LONG, MANY = 4, 16
"""Groups with more entries than LONG are folded, for people with more entries than MANY."""

MENUS: tuple[Group, ...] = (
    ((), TODAY, (("待办", "/desk", "list-checks"), ("消息", "/notices", "bell"))),
    ((Role.KEEPER,), STATION, (("柜台查询", "/station/counter", "search"),)),
    ((Role.GRID_WORKER,), TODAY, (("网格上报", "/station/grid", "message-square-plus"),)),
    (
        (Role.KEEPER, Role.GRID_WORKER),
        TODAY,
        (("请我接手的", "/leaving/mine", "hand-helping"),),
    ),
    (
        (Role.KEEPER, Role.PRESIDIUM, Role.OFFICE, Role.GRID_WORKER),
        STATION,
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
        STATION,
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
        (Role.OFFICE, Role.PRESIDIUM),
        PAPERS,
        (
            ("建议办理", "/office/suggestions", "file-text"),
            ("承诺台账", "/office/promises", "handshake"),
            ("焦点与重点", "/office/topics", "flame"),
        ),
    ),
    ((Role.LEADER,), DUTIES, (("我联系的", "/deputy/households", "footprints"),)),
    (
        (Role.PRESIDIUM, Role.OFFICE, Role.LEADER),
        DUTIES,
        (("结对连心", "/office/pairing", "hand-heart"),),
    ),
    ((Role.KEEPER,), DUTIES, (("征求意见", "/office/pairing/consents", "hand-heart"),)),
    (
        (Role.OFFICE, Role.PRESIDIUM, Role.KEEPER, Role.LEADER),
        DUTIES,
        (("代表小组", "/office/groups", "users"), ("代表活动", "/office/activities", "footprints")),
    ),
    (
        (Role.OFFICE, Role.PRESIDIUM),
        DUTIES,
        (
            ("履职与缺口", "/office/duties", "gauge"),
            ("待核实", "/office/duties/verify", "check"),
            ("履职承诺", "/office/duties/pledges", "handshake"),
            ("年度档案与考核", "/office/assessment", "files"),
            ("约见", "/office/meetings", "users"),
            ("代表创优", "/office/excellence", "flag"),
            ("离任移交", "/leaving", "route"),
            ("代表名册", "/enrolment", "users"),
        ),
    ),
    ((Role.OFFICE,), DUTIES, (("承办单位名册", "/enrolment/units", "landmark"),)),
    (
        (Role.KEEPER, Role.PRESIDIUM, Role.OFFICE),
        DUTIES,
        (("补录履职", "/office/duties/enter", "square-pen"),),
    ),
    ((Role.KEEPER,), DUTIES, (("公示和意见", "/office/excellence", "megaphone"),)),
    (
        (Role.OFFICE, Role.PRESIDIUM, Role.LEADER),
        FIGURES,
        (("治理效能", "/office/effect", "chart-column"), ("届次对比", "/office/terms", "clock")),
    ),
    (
        (Role.OFFICE, Role.PRESIDIUM),
        FIGURES,
        (
            ("机制运行", "/office/mechanism", "list-checks"),
            ("信息化程度", "/office/duties/online", "gauge"),
            ("年度数据报告", "/office/report", "file-text"),
            ("大屏", "/screen", "eye"),
        ),
    ),
    (
        (Role.OVERSIGHT, Role.OFFICE),
        FIGURES,
        (("单位红黄绿", "/unit/board", "chart-column"),),
    ),
    (
        (Role.VILLAGE, Role.VILLAGE_SUPERVISOR),
        VILLAGES,
        (("村务公开", "/village", "newspaper"), ("村民会议", "/village/meetings", "users")),
    ),
    (
        (Role.PRESIDIUM, Role.OFFICE, Role.LEADER),
        VILLAGES,
        (("四个环节", "/village/board", "landmark"), ("村民会议", "/village/meetings", "users")),
    ),
    (
        (Role.UNIT_CLERK, Role.UNIT_HEAD, Role.OVERSIGHT),
        UNIT,
        (("承办台", "/unit/matters", "briefcase"), ("承诺台账", "/unit/promises", "handshake")),
    ),
    ((Role.UNIT_HEAD,), UNIT, (("约见", "/office/meetings", "users"),)),
    (
        (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR),
        ADMIN,
        (
            ("概况", "/administration", "gauge"),
            ("账号与角色", "/administration/accounts", "users"),
            ("制度参数", "/administration/parameters", "sliders-horizontal"),
            ("工作日历", "/administration/calendar", "clock"),
            ("履职制度", "/administration/duties", "list-checks"),
        ),
    ),
    (
        (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN),
        ADMIN,
        (("批量开户", "/enrolment/staff", "files"),),
    ),
    (
        (Role.SYSTEM_ADMIN,),
        ADMIN,
        (
            ("首次密码", "/enrolment/passwords", "lock-open"),
            ("消息发送", "/administration/outbox", "send"),
        ),
    ),
    (
        (Role.AUDITOR,),
        ADMIN,
        (
            ("审计记录", "/administration/audit", "scroll-text"),
            ("查看记录", "/administration/reads", "search-check"),
        ),
    ),
    (
        (Role.OFFICE, Role.PRESIDIUM, Role.KEEPER),
        LIBRARY,
        (("收发文", "/office/circulars", "files"),),
    ),
    ((), LIBRARY, (("制度库", "/institutions", "landmark"),)),
)
ROOMS = (
    (ballots, MEETINGS),
    (forums, MEETINGS),
    (projects, MEETINGS),
    (plans, MEETINGS),
    (congress, MEETINGS),
    (charters, VILLAGES),
    (elections, VILLAGES),
    (campaigns, VILLAGES),
    (archive, LIBRARY),
)
"""Each room that brings entries of its own, and the job under which they stand."""
ORDER = (TODAY, STATION, PAPERS, UNIT, DUTIES, MEETINGS, VILLAGES, FIGURES, ADMIN, LIBRARY)


@dataclass(frozen=True, slots=True)
class Job:
    """One job of the menu as one person sees it."""

    name: str
    entries: tuple[Entry, ...]
    folded: bool


def menu_of(actor: Actor, more: tuple[Group, ...] = ()) -> list[Job]:
    """Return the jobs of an actor, each entry once; `more` are groups of the day (the tour)."""
    found: dict[str, dict[str, Entry]] = {name: {} for name in ORDER}
    for roles, name, entries in (*_all(), *more):
        if not roles or actor.has(*roles):
            found.setdefault(name, {}).update({entry[1]: entry for entry in entries})
    many = sum(len(entries) for entries in found.values()) > MANY
    return [
        Job(name, tuple(entries.values()), many and len(entries) > LONG)
        for name, entries in found.items()
        if entries
    ]


def _all() -> list[Group]:
    rooms = [(roles, job, entries) for room, job in ROOMS for roles, _name, entries in room.MENU]
    return [*MENUS, *rooms]
