"""Words of a vote: what for, how marked, where it stands, who counts; where a trial stands."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.ballots import workflow
from lianxin.ballots.electronic.workflow import State


class Purpose(models.TextChoices):
    """What a vote is held for; the room treats all alike."""

    PROJECTS = "projects", _("民生实事项目票决")
    PROJECT_TEST = "project_test", _("民生实事项目满意度测评")
    DUTY_REVIEW = "duty_review", _("述职测评")
    OTHER = "other", _("其他表决")


class BallotMode(models.TextChoices):
    """How a paper is marked."""

    APPROVAL = "approval_max_n", _("在各项里选，最多选规定的项数")
    PER_ITEM = "per_item", _("逐项表示赞成、反对、弃权")
    GRADES = "grades", _("逐项评等次")


class Shortfall(models.TextChoices):
    """What happens when fewer pass than were to be chosen."""

    ACCEPT = "accept_fewer", _("有几项算几项")
    ROUND = "second_round", _("没过半数的再投一轮")


class TieRule(models.TextChoices):
    """How a further vote among the tied is decided."""

    MOST_VOTES = "most_votes", _("得票多的当选")
    MAJORITY = "majority", _("仍要全体代表过半数")


class Progress(models.TextChoices):
    """States as people read them."""

    PREPARING = workflow.State.PREPARING.value, _("筹备")
    SIGNING_IN = workflow.State.SIGNING_IN.value, _("签到")
    QUORATE = workflow.State.QUORATE.value, _("到会够数")
    SUSPENDED = workflow.State.SUSPENDED.value, _("人数不够，休会")
    VOTING = workflow.State.VOTING.value, _("发票投票")
    COUNTING = workflow.State.COUNTING.value, _("计票")
    MATCHED = workflow.State.MATCHED.value, _("核对一致")
    DECIDED = workflow.State.DECIDED.value, _("待公布")
    ANNOUNCED = workflow.State.ANNOUNCED.value, _("已公布")
    VOID = workflow.State.VOID.value, _("作废")


class OfficerKind(models.TextChoices):
    """Who counts and who watches."""

    TELLER = "teller", _("计票人")
    SCRUTINEER = "scrutineer", _("监票人")


class TrialProgress(models.TextChoices):
    """States as people read them."""

    KEYS = State.KEYS.value, _("监票人制钥匙")
    CARDS = State.CARDS.value, _("等码卡")
    READY = State.READY.value, _("可以开投")
    OPEN = State.OPEN.value, _("正在投")
    CLOSED = State.CLOSED.value, _("等监票人开锁")
    UNSEALED = State.UNSEALED.value, _("等纸票公布")
    PUBLISHED = State.PUBLISHED.value, _("已公布")
    ABANDONED = State.ABANDONED.value, _("停用，只用纸票")


class Coming(models.TextChoices):
    """What the list of the meeting says of a deputy."""

    PRESENT = "present", _("到会")
    LEAVE = "leave", _("请假")
    LEFT = "left", _("离会")
