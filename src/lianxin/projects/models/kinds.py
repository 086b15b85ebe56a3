"""States and kinds as people read them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.projects import workflow


class Level(models.TextChoices):
    """Whose congress it is."""

    CITY = "city", _("市级")
    TOWN = "town", _("镇级")


class RoundState(models.TextChoices):
    """States of a round as people read them."""

    COLLECTING = workflow.Round.COLLECTING.value, _("征集中")
    SCREENING = workflow.Round.SCREENING.value, _("筛选中")
    CANDIDATES = workflow.Round.CANDIDATES.value, _("候选已定")
    PAPERS = workflow.Round.PAPERS.value, _("材料已发，等票决")
    VOTED = workflow.Round.VOTED.value, _("已票决")
    ANNOUNCED = workflow.Round.ANNOUNCED.value, _("已公告")


class WishState(models.TextChoices):
    """States of a wish as people read them."""

    WISHED = workflow.Wish.WISHED.value, _("意愿")
    TAKEN = workflow.Wish.TAKEN.value, _("已归入项目")
    REFUSED = workflow.Wish.REFUSED.value, _("未列入")


class WishChannel(models.TextChoices):
    """How a wish came."""

    ONLINE = "online", _("网上")
    PAPER = "paper", _("纸表")
    DEPUTY = "deputy", _("代表征集")


class ProjectState(models.TextChoices):
    """States of a project as people read them."""

    POOL = workflow.State.POOL.value, _("储备")
    WITHDRAWN = workflow.State.WITHDRAWN.value, _("不列入候选")
    CANDIDATE = workflow.State.CANDIDATE.value, _("候选")
    NOT_CHOSEN = workflow.State.NOT_CHOSEN.value, _("未入选")
    APPROVED = workflow.State.APPROVED.value, _("正式")
    UNDERWAY = workflow.State.UNDERWAY.value, _("实施中")
    BEHIND = workflow.State.BEHIND.value, _("滞后")
    SUSPENDED = workflow.State.SUSPENDED.value, _("暂缓")
    TERMINATED = workflow.State.TERMINATED.value, _("终止")
    DONE = workflow.State.DONE.value, _("完工")
    EVALUATED = workflow.State.EVALUATED.value, _("已测评")
    RECTIFYING = workflow.State.RECTIFYING.value, _("整改")


class OpinionKind(models.TextChoices):
    """The three opinions on a card."""

    FEASIBILITY = "feasibility", _("可行性")
    FINANCE = "finance", _("财政")
    LEGAL = "legal", _("合法性")


class PreviewKind(models.TextChoices):
    """Who hears of the candidates before the congress."""

    PARTY = "party", _("党委")
    COMMITTEE = "committee", _("常委会或主席团")


class ChangeKind(models.TextChoices):
    """What may happen to a project during the year."""

    CHANGE = "change", _("重大调整")
    SUSPEND = "suspend", _("暂缓")
    TERMINATE = "terminate", _("终止")


class Grade(models.TextChoices):
    """The three grades of the yearly test and of the residents' poll."""

    SATISFIED = "satisfied", _("满意")
    BASICALLY = "basically_satisfied", _("基本满意")
    DISSATISFIED = "dissatisfied", _("不满意")
