"""The acts on an election, each with its form."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from lianxin.common.actions import ActionBook, NoInput
from lianxin.common.actor import Actor
from lianxin.common.errors import NotFound
from lianxin.elections import services
from lianxin.elections.models import VillageElection
from lianxin.elections.permissions import may
from lianxin.elections.services.step import facts_of
from lianxin.elections.workflow import ELECTION


class Form(BaseModel):
    """A form that refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Committee(Form):
    """选举委员会."""

    names: list[str] = Field(title="姓名，按得票多少", min_length=1, max_length=20)
    serving: int = Field(title="委员会人数", ge=1, le=20)


class Roll(Form):
    """登记人数."""

    living_here: int = Field(title="户籍在村、住在村", ge=0)
    living_away: int = Field(default=0, title="户籍在村、不住村，本人表示参加", ge=0)
    from_outside: int = Field(default=0, title="户籍不在村、住满一年，经会议同意", ge=0)
    outside_agreed: bool = Field(default=False, title="会议已经同意")


class Day(Form):
    """投票日."""

    voting_on: date = Field(title="投票日")


class Objection(Form):
    """申诉."""

    asks_to_add: bool = Field(title="要求补登")
    received_on: date = Field(title="哪天提出")


class Decision(Form):
    """对申诉的决定."""

    objection: UUID = Field(title="哪一件")
    upheld: bool = Field(title="成立")


class Nomination(Form):
    """候选人."""

    post: str = Field(title="职位")
    name: str = Field(title="姓名", min_length=2, max_length=20)
    is_woman: bool = Field(default=False, title="妇女")


class Withdrawal(Form):
    """退出."""

    candidate: UUID = Field(title="谁")


class Proxies(Form):
    """委托投票."""

    proxies: int = Field(title="委托投票的人数", ge=0)
    most_for_one: int = Field(default=0, title="一个人最多接受几人委托", ge=0)
    written: bool = Field(default=False, title="都是书面委托")
    near_relative: bool = Field(default=False, title="都委托给近亲属")


class Tick(Form):
    """本地步骤."""

    key: str = Field(title="哪一步")
    note: str = Field(default="", title="说明", max_length=200)


class Voting(Form):
    """投票的准备."""

    booths: int = Field(title="秘密写票处", ge=0, le=99)
    tellers: int = Field(title="监票人和计票人", ge=0, le=99)


class Count(Form):
    """计票结果."""

    issued: int = Field(title="发出选票", ge=0)
    returned: int = Field(title="收回选票", ge=0)
    valid: int = Field(title="有效票", ge=0)
    void: int = Field(title="废票", ge=0)
    votes: dict[str, int] = Field(title="每人得票")
    announced: list[str] = Field(default_factory=list, title="当场宣布当选的人")


class Handover(Form):
    """移交."""

    handed_over_on: date = Field(title="哪天移交完")
    no_relatives: bool = Field(default=False, title="监督委员会成员不是当选人的近亲属")


class Filing(Form):
    """备案."""

    number: str = Field(title="备案号", min_length=4, max_length=40)


class Complaint(Form):
    """举报."""

    about: str = Field(title="举报的是哪一类事")
    received_on: date = Field(title="哪天收到")
    to_congress: bool = Field(default=False, title="由市人大调查")


class Finding(Form):
    """调查结论."""

    complaint: UUID = Field(title="哪一件")
    upheld: bool = Field(title="属实")
    finding: str = Field(title="调查结论", min_length=10, max_length=1000)


BOOK: ActionBook[VillageElection] = ActionBook(ELECTION, state=lambda row: row.state, facts=facts_of, may=may)
CHILDREN = {"objection": "objections", "candidate": "candidates", "complaint": "complaints"}


def _run(service: Any) -> Any:
    def run(*, actor: Actor, obj: VillageElection, form: BaseModel, request_id: str | None) -> Any:
        given = {field: getattr(form, field) for field in type(form).model_fields}
        for name in CHILDREN.keys() & given.keys():
            given[name] = _child(obj, name, given[name])
        return service(actor=actor, election=obj, request_id=request_id, **given)

    return run


def _child(election: VillageElection, name: str, pk: UUID) -> Any:
    found = getattr(election, CHILDREN[name]).filter(pk=pk).first()
    if found is None:
        raise NotFound("没有找到这一项，请刷新后再看。")
    return found


_ACTS: tuple[tuple[str, type[BaseModel], Any], ...] = (
    ("committee", Committee, services.committee_set),
    ("begin_registration", NoInput, services.registration_begin),
    ("register", Roll, services.roll_register),
    ("publish_list", Day, services.list_publish),
    ("move_day", Day, services.day_move),
    ("object", Objection, services.objection_note),
    ("decide_objection", Decision, services.objection_decide),
    ("nominate", Nomination, services.candidate_add),
    ("withdraw", Withdrawal, services.candidate_withdraw),
    ("proxies", Proxies, services.proxies_publish),
    ("tick", Tick, services.step_tick),
    ("open_voting", Voting, services.voting_open),
    ("count", Count, services.round_count),
    ("declare", NoInput, services.round_declare),
    ("reorganise", Day, services.election_reorganise),
    ("open_next", Voting, services.next_round_open),
    ("leave_open", NoInput, services.vacancy_leave),
    ("woman_seat", NoInput, services.woman_seat_add),
    ("hand_over", Handover, services.handover_note),
    ("file", Filing, services.election_file),
    ("complain", Complaint, services.complaint_note),
    ("close_complaint", Finding, services.complaint_close),
    ("annul", NoInput, services.election_annul),
)
for _name, _form, _service in _ACTS:
    BOOK.bind(_name, _form, _run(_service))
