"""What forums, votes and projects put on a first screen: one line for each list, with its nearest day.

Each builder asks for the lists of its own roles and counts them together with what else it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import TruncDate
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianxin.ballots import waiting as ballots
from lianxin.common.actor import Actor, Role
from lianxin.insight.homes.counting import NO_DAY, Told, Waiting, waiting_of
from lianxin.insight.homes.shapes import Todo
from lianxin.meetings import waiting as forums
from lianxin.plans import waiting as plans
from lianxin.projects import waiting as projects

HOSTS = (Role.OFFICE, Role.PRESIDIUM)
UNITS = (Role.UNIT_CLERK, Role.UNIT_HEAD)
OFFICE, CHAIRS = (Role.OFFICE,), (Role.LEADER,)
OWNERS = (*UNITS, Role.PRESIDIUM)
TELLERS = (Role.KEEPER, Role.OFFICE, Role.PRESIDIUM, Role.LEADER, Role.DEPUTY)
HELD_ON = TruncDate("held_at")


@dataclass(frozen=True)
class Line:
    """One kind of thing to do: whose it is, its list, its words, and the page on which it is done."""

    name: str
    roles: tuple[Role, ...]
    rows: Callable[[Actor], QuerySet[Any]]
    kind: str
    icon: str
    title: Promise
    meta: str
    verb: str
    link: str
    page: str = "pk"
    due: Any = NO_DAY


LINES = (
    Line("pack", (Role.DEPUTY,), forums.packs_unread, "会前资料", "file-text",
         _("有 %(n)s 次议政会的资料还没看"), "知情议政会", "看资料", "/forums/{page}/mine", due=HELD_ON),
    Line("pack", UNITS, forums.packs_unread, "会前资料", "file-text",
         _("有 %(n)s 次议政会的资料还没看"), "知情议政会", "看资料", "/forums/{page}/unit", due=HELD_ON),
    Line("judge", (Role.DEPUTY,), forums.answers_to_judge, "现场答复", "message-square-reply",
         _("有 %(n)s 件现场答复等您认可"), "知情议政会", "看答复", "/forums/{page}/mine", "forum_id"),
    Line("rate", (Role.DEPUTY,), forums.replies_to_rate, "书面答复", "stamp",
         _("有 %(n)s 件书面答复等您评价"), "知情议政会", "评价", "/forums/{page}/mine", "forum_id",
         F("rate_until")),
    Line("hall", UNITS, forums.items_to_answer, "现场意见", "messages-square",
         _("会上有 %(n)s 件意见等您答复"), "知情议政会", "答复", "/forums/{page}/unit", "item__forum_id"),
    Line("check", HOSTS, forums.ledgers_to_check, "闭会核对", "list-checks",
         _("有 %(n)s 次议政会等核对和起草纪要"), "知情议政会", "核对", "/forums/{page}/check"),
    Line("minutes", (Role.LEADER, Role.PRESIDIUM), forums.minutes_to_confirm, "确认纪要", "stamp",
         _("有 %(n)s 次议政会的纪要等您确认"), "知情议政会", "确认", "/forums/{page}/check"),
    Line("letters", HOSTS, forums.letters_to_send, "议政会转办", "send",
         _("有 %(n)s 次议政会的意见还没有转办"), "知情议政会", "转办", "/forums/{page}/effect"),
    Line("refused", HOSTS, forums.items_to_give_back, "重办", "frown",
         _("有 %(n)s 件代表不满意，要交回重办"), "知情议政会", "交回", "/forums/{page}/effect", "forum_id",
         F("order_until")),
    Line("vote", (Role.DEPUTY,), ballots.votes_at_hand, "票决", "stamp",
         _("有 %(n)s 次票决要您到会投票"), "票决和测评", "看一看", "/ballots/{page}/seat", due=F("held_on")),
    Line("bundles", TELLERS, ballots.bundles_to_enter, "计票", "list-checks",
         _("有 %(n)s 捆票等您录入"), "票决和测评", "录入", "/ballots/{page}/entry", "ballot_id"),
    Line("quorum", HOSTS, ballots.quorums_open, "到会人数", "users",
         _("有 %(n)s 次票决等您宣布到会够数"), "票决和测评", "签到", "/ballots/{page}", due=F("held_on")),
    Line("result", HOSTS, ballots.results_open, "公布结果", "megaphone",
         _("有 %(n)s 次票决的结果等您公布"), "票决和测评", "公布", "/ballots/{page}", due=F("held_on")),
    Line("duty_report", (Role.DEPUTY,), forums.reports_to_publish, "述职报告", "scroll-text",
         _("有 %(n)s 次述职等您公开报告"), "述职评议", "写报告", "/forums/reviews/{page}", due=F("due_on")),
    Line("duty_plan", (Role.DEPUTY,), forums.plans_to_hand_in, "整改方案", "file-pen-line",
         _("有 %(n)s 份反馈书等您交整改方案"), "述职评议", "交方案", "/forums/reviews/{page}",
         due=F("due_on")),
    Line("duty_done", (Role.DEPUTY,), forums.rectifying_to_report, "整改回告", "list-checks",
         _("有 %(n)s 项整改等您回告"), "述职评议", "回告", "/forums/reviews/{page}", due=F("due_on")),
    Line("duty_test", HOSTS, forums.tests_to_prepare, "述职测评", "stamp",
         _("有 %(n)s 次评议会还没有筹备测评"), "述职评议", "筹备", "/forums/reviews/meetings/{page}",
         due=F("held_on")),
    Line("duty_feedback", HOSTS, forums.feedback_to_write, "书面反馈", "send",
         _("有 %(n)s 位代表的测评结果还没有书面反馈"), "述职评议", "反馈", "/forums/reviews/{page}",
         due=F("meeting__feedback_due_on")),
    Line("duty_judge", HOSTS, forums.rectifying_to_judge, "整改回告", "inbox",
         _("有 %(n)s 份整改回告等您审核"), "述职评议", "审核", "/forums/reviews/{page}"),
    Line("step", UNITS, projects.milestones_due, "报进度", "construction",
         _("有 %(n)s 个节点该报进度了"), "民生实事", "报进度", "/projects/work/{page}", "project_id",
         F("due_on")),
    Line("report", UNITS, projects.reports_due, "定期报进度", "construction",
         _("有 %(n)s 个项目这一期还没有报进度"), "民生实事", "报进度", "/projects/work/{page}",
         due=F("report_due_on")),
    Line("visit", (Role.DEPUTY,), projects.visits_due, "项目监督", "eye",
         _("有 %(n)s 个您监督的项目该去看看了"), "民生实事", "去看看", "/projects/work/{page}"),
    Line("begin", HOSTS, projects.rounds_to_begin, "开始征集", "megaphone",
         _("明年的民生实事该开始征集了"), "民生实事", "开始征集", "/projects/rounds/new"),
    Line("publish", HOSTS, projects.plans_unpublished, "实施计划", "flag",
         _("有 %(n)s 个票决的项目要公布实施计划"), "民生实事", "去公布", "/projects/work/{page}",
         due=F("plan_due_on")),
    Line("change", HOSTS, projects.changes_open, "项目调整", "file-pen-line",
         _("有 %(n)s 份项目调整等录入决定"), "民生实事", "录入", "/projects/work/{page}", "project_id"),
    Line("petition_late", OFFICE, plans.petitions_late, "提请逾期", "stamp",
         _("有 %(n)s 件报市委的提请逾期没有答复"), "部署和落实", "催询", "/plans/petitions/{page}",
         due=F("due_on")),
    Line("superior", OFFICE, plans.documents_open, "上级文件", "files",
         _("有 %(n)s 份上级文件还没有下文"), "部署和落实", "分解", "/plans/documents?tab=open"),
    Line("progress", OFFICE, plans.reports_open, "进展待审", "inbox",
         _("有 %(n)s 项任务报了进展等您审"), "部署和落实", "审", "/plans/tasks/reports"),
    Line("petition", CHAIRS, plans.petitions_to_decide, "提请", "stamp",
         _("有 %(n)s 件提请等主任会议"), "部署和落实", "安排", "/plans/petitions/{page}"),
    Line("plan", CHAIRS, plans.plans_to_approve, "实施方案", "flag",
         _("有 %(n)s 份方案等您批准"), "部署和落实", "批", "/plans/{page}"),
    Line("work_minutes", CHAIRS, plans.minutes_to_sign, "签发纪要", "stamp",
         _("有 %(n)s 次工作会的纪要等您签发"), "部署和落实", "签发", "/plans/meetings/{page}"),
    Line("work_meeting", OWNERS, plans.notices_open, "会议通知", "users",
         _("有 %(n)s 次工作会等您回执"), "部署和落实", "回执", "/plans/meetings/{page}", "meeting_id",
         TruncDate("meeting__held_at")),
    Line("plan_task", OWNERS, plans.tasks_due, "方案任务", "list-checks",
         _("有 %(n)s 项方案任务该报进展了"), "部署和落实", "报进展", "/plans/tasks", due=F("due_on")),
)  # fmt: skip


def lines_for(actor: Actor) -> dict[str, Line]:
    """Return the lines of the actor's roles."""
    return {line.name: line for line in reversed(LINES) if actor.has(*line.roles)}


def congress_lists(actor: Actor) -> dict[str, Waiting]:
    """Return the lists whose lengths stand on the actor's first screen."""
    return {name: Waiting(one.rows(actor), one.page, one.due) for name, one in lines_for(actor).items()}


def congress_todos(actor: Actor, told: Mapping[str, Told]) -> list[Todo]:
    """Return a line for each list in which something waits, in the order of the table."""
    mine = lines_for(actor)
    return [_todo(one, told[one.name]) for one in LINES if one.name in told and mine.get(one.name) is one]


def congress_waiting(actor: Actor) -> list[Todo]:
    """Return the lines of an actor whose first screen counts nothing else (one query, or none)."""
    lists = congress_lists(actor)
    return congress_todos(actor, waiting_of(**lists)) if lists else []


def _todo(line: Line, told: Told) -> Todo:
    title = str(line.title) % {"n": told.number}
    return Todo(
        line.kind, line.icon, title, gettext(line.meta), line.verb, line.link.format(page=told.page), told.due
    )
