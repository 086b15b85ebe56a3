"""Rows of this room: documents of superiors, petitions, plans with their tasks, work meetings."""

from lianxin.plans.models.documents import DocumentFile, DocumentLevel, DocumentLink, SuperiorDocument
from lianxin.plans.models.meetings import (
    MeetingDecision,
    MeetingMinutes,
    MeetingSeat,
    WorkMeeting,
    WorkMeetingEvent,
)
from lianxin.plans.models.petitions import Petition, PetitionEvent, PetitionText
from lianxin.plans.models.plans import (
    Plan,
    PlanEvent,
    PlanTask,
    PlanVersion,
    ProgressReport,
    ReportState,
    TaskEvent,
)

__all__ = [
    "DocumentFile",
    "DocumentLevel",
    "DocumentLink",
    "MeetingDecision",
    "MeetingMinutes",
    "MeetingSeat",
    "Petition",
    "PetitionEvent",
    "PetitionText",
    "Plan",
    "PlanEvent",
    "PlanTask",
    "PlanVersion",
    "ProgressReport",
    "ReportState",
    "SuperiorDocument",
    "TaskEvent",
    "WorkMeeting",
    "WorkMeetingEvent",
]
