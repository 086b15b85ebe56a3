"""The acts on a version, each with its form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from lianxin.charters import services
from lianxin.charters.models import CharterClause, CharterText
from lianxin.charters.permissions import may
from lianxin.charters.services.step import facts_of
from lianxin.charters.workflow import CHARTERS
from lianxin.common.actions import ActionBook, NoInput
from lianxin.common.actor import Actor
from lianxin.common.errors import NotFound
from lianxin.villages.models import MeetingTopic


class Form(BaseModel):
    """A form that refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Until(Form):
    """征求意见."""

    until: date = Field(title="征求意见到哪天")


class Paper(Form):
    """纸质意见."""

    words: str = Field(title="意见", max_length=500)
    clause: UUID | None = Field(default=None, title="关于哪一条")


class MayNote(Form):
    """预审通过."""

    note: str = Field(default="", title="预审意见", max_length=500)


class Note(Form):
    """退回或责令改正."""

    note: str = Field(title="哪一条、违反哪部法律、怎么改", max_length=500)


class Vote(Form):
    """登记表决."""

    topic: UUID = Field(title="哪次会、哪个议题")


class Effective(Form):
    """公布."""

    effective_on: date = Field(title="从哪天起生效")


BOOK: ActionBook[CharterText] = ActionBook(CHARTERS, state=lambda row: row.state, facts=facts_of, may=may)


def _run(service: Callable[..., Any]) -> Callable[..., Any]:
    def run(*, actor: Actor, obj: CharterText, form: BaseModel, request_id: str | None) -> Any:
        given = {name: getattr(form, name) for name in type(form).model_fields}
        if isinstance(given.get("topic"), UUID):
            given["topic"] = _topic(obj, given["topic"])
        if given.get("clause"):
            given["clause"] = _clause(obj, given["clause"])
        return service(actor=actor, text=obj, request_id=request_id, **given)

    return run


def _topic(text: CharterText, pk: UUID) -> MeetingTopic:
    found = MeetingTopic.objects.select_related("meeting").filter(pk=pk)
    topic = found.filter(meeting__division_code=text.division_code).first()
    if topic is None:
        raise NotFound("没有找到这次会议的议题，请刷新后再选。")
    return topic


def _clause(text: CharterText, pk: UUID) -> CharterClause:
    found = text.clauses.filter(pk=pk).first()
    if found is None:
        raise NotFound("没有找到这一条，请刷新后再选。")
    return found


_ACTS: tuple[tuple[str, type[BaseModel], Callable[..., Any]], ...] = (
    ("open_comments", Until, services.comments_open),
    ("paper_comment", Paper, services.comment_from_paper),
    ("ask_check", NoInput, services.check_ask),
    ("check_pass", MayNote, services.check_pass),
    ("check_return", Note, services.check_return),
    ("record_vote", Vote, services.vote_record),
    ("redraft", NoInput, services.redraft),
    ("publish", Effective, services.charter_publish),
    ("send", NoInput, services.charter_send),
    ("file", NoInput, services.charter_file),
    ("order_correction", Note, services.correction_order),
)
for _name, _form, _service in _ACTS:
    BOOK.bind(_name, _form, _run(_service))
