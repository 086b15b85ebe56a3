"""The acts on an item of disclosure and on a meeting, each with its form."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from lianxin.common.actions import ActionBook, NoInput
from lianxin.common.actor import Actor
from lianxin.common.errors import NotFound
from lianxin.villages import services
from lianxin.villages.models import DisclosureItem, MeetingTopic, VillageMeeting
from lianxin.villages.permissions import may, may_meet
from lianxin.villages.services.meeting_step import facts_of as meeting_facts
from lianxin.villages.services.step import facts_of
from lianxin.villages.workflow import DISCLOSURE, MEETING


class Form(BaseModel):
    """A form that refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Content(Form):
    """要公开的内容."""

    text: str = Field(default="", title="文字说明", max_length=4000)
    table: list[list[str]] = Field(default_factory=list, title="表格")


class Correction(Content):
    """更正."""

    reason: str = Field(title="哪里改了、为什么改", min_length=4, max_length=200)


class MayNote(Form):
    """审核意见."""

    note: str = Field(default="", title="审核意见", max_length=500)


class Note(Form):
    """退回理由."""

    note: str = Field(title="要改哪里", min_length=4, max_length=500)


class Urgent(Form):
    """发通知."""

    urgent_reason: str = Field(default="", title="紧急的理由（提前不满十天才填）", max_length=200)


class Topic(Form):
    """议题."""

    title: str = Field(title="议题", min_length=4, max_length=120)
    matter: str = Field(title="这是哪一类事")
    authorises: str = Field(default="", title="授权哪一类事（只有授权议题才选）")


class Count(Form):
    """到会人数."""

    present: int = Field(title="到会人数", ge=0, le=100_000)
    households_present: int = Field(default=0, title="到会的户代表", ge=0, le=100_000)


class Vote(Form):
    """表决."""

    topic: UUID = Field(title="议题")
    in_favour: int = Field(title="同意", ge=0)
    against: int = Field(title="不同意", ge=0)
    abstained: int = Field(title="弃权", ge=0)


class Minutes(Form):
    """会议记录."""

    minutes: str = Field(title="会议记录", min_length=10, max_length=8000)


class Telling(Form):
    """办理情况或结果."""

    topic: UUID = Field(title="哪一件")
    text: str = Field(title="写给村民看的话", min_length=5, max_length=1000)


class Photo(Form):
    """照片."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)
    photo: bytes = Field(title="照片")


BOOK: ActionBook[DisclosureItem] = ActionBook(
    DISCLOSURE, state=lambda row: row.state, facts=facts_of, may=may
)
MEETING_BOOK: ActionBook[VillageMeeting] = ActionBook(
    MEETING, state=lambda row: row.state, facts=meeting_facts, may=may_meet
)


def _run(service: Any, name: str, **fixed: Any) -> Any:
    def run(*, actor: Actor, obj: Any, form: BaseModel, request_id: str | None) -> Any:
        given = {field: getattr(form, field) for field in type(form).model_fields}
        if isinstance(given.get("topic"), UUID):
            given["topic"] = _topic(obj, given["topic"])
        return service(actor=actor, request_id=request_id, **{name: obj}, **given, **fixed)

    return run


def _topic(meeting: VillageMeeting, pk: UUID) -> MeetingTopic:
    found = meeting.topics.filter(pk=pk).first()
    if found is None:
        raise NotFound("没有找到这个议题，请刷新后再看。")
    return found


_DISCLOSURE: tuple[tuple[str, type[BaseModel], Any], ...] = (
    ("submit", Content, services.disclosure_submit),
    ("correct", Correction, services.disclosure_correct),
    ("approve", MayNote, services.disclosure_approve),
    ("send_back", Note, services.disclosure_send_back),
    ("publish", NoInput, services.disclosure_publish),
    ("post_board", Photo, services.disclosure_board_photo),
)
_MEETING: tuple[tuple[str, type[BaseModel], Any], ...] = (
    ("add_topic", Topic, services.topic_add),
    ("give_notice", Urgent, services.meeting_notice),
    ("count", Count, services.meeting_count),
    ("count_one", NoInput, services.meeting_count_one),
    ("vote", Vote, services.topic_vote),
    ("write_minutes", Minutes, services.meeting_minutes),
    ("add_photo", Photo, services.meeting_photo),
    ("carry_out", Telling, services.topic_carry),
    ("show_result", Telling, services.topic_show),
)
for _name, _form, _service in _DISCLOSURE:
    BOOK.bind(_name, _form, _run(_service, "item"))
for _name, _form, _service in _MEETING:
    MEETING_BOOK.bind(_name, _form, _run(_service, "meeting"))
for _name in ("open_sign_in", "declare_valid", "record_talk", "decide"):
    MEETING_BOOK.bind(_name, NoInput, _run(services.meeting_move, "meeting", act=_name))
