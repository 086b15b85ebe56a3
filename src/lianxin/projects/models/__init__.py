"""A year's round of one congress, the wishes, the projects with their milestones, tests and changes.

No row names a resident: a wish is found again by its code, a support and a poll answer stand once for
a browser's keyed token. How a deputy votes is nowhere: the ballots' room gives sums only.
"""

from lianxin.projects.models.kinds import (
    ChangeKind,
    Grade,
    Level,
    OpinionKind,
    PreviewKind,
    ProjectState,
    RoundState,
    WishChannel,
    WishState,
)
from lianxin.projects.models.rounds import (
    Preview,
    Project,
    ProjectEvent,
    ProjectRound,
    RoundEvent,
    Wish,
    WishEvent,
    WishSupport,
)
from lianxin.projects.models.work import (
    CardOpinion,
    Change,
    Milestone,
    PollAnswer,
    Rectification,
    Supervisor,
    Visit,
    YearTest,
)

__all__ = [
    "CardOpinion",
    "Change",
    "ChangeKind",
    "Grade",
    "Level",
    "Milestone",
    "OpinionKind",
    "PollAnswer",
    "Preview",
    "PreviewKind",
    "Project",
    "ProjectEvent",
    "ProjectRound",
    "ProjectState",
    "Rectification",
    "RoundEvent",
    "RoundState",
    "Supervisor",
    "Visit",
    "Wish",
    "WishChannel",
    "WishEvent",
    "WishState",
    "WishSupport",
    "YearTest",
]
