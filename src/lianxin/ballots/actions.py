"""The acts on a vote, each with its form."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from lianxin.ballots import services
from lianxin.ballots.models import Ballot, OfficerKind
from lianxin.ballots.permissions import may
from lianxin.ballots.services.step import facts_of
from lianxin.ballots.workflow import BALLOT
from lianxin.common.actions import ActionBook, NoInput
from lianxin.common.actor import Actor
from lianxin.common.errors import NotFound
from lianxin.people.selectors import deputies_of_body


class Form(BaseModel):
    """A form that refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class MethodForm(Form):
    """票决办法."""

    places: int = Field(title="应选数", ge=1, le=99)
    shortfall: str = Field(title="过半数的不够应选数时")
    tie_rule: str = Field(title="末位票数相等，再投一轮时")


class Appointment(Form):
    """定一名计票人或监票人."""

    kind: OfficerKind = Field(title="定谁")
    person: UUID = Field(title="请选一位")


class Release(Form):
    """换人."""

    officer: UUID = Field(title="去掉谁")


class Present(Form):
    """到会人数."""

    present: int = Field(title="到会人数", ge=0, le=9_999)


class Issued(Form):
    """发出张数."""

    issued: int = Field(title="发出多少张", ge=0, le=9_999)


class Returned(Form):
    """收回张数."""

    returned: int = Field(title="收回多少张", ge=0, le=9_999)


class Reason(Form):
    """原因."""

    reason: str = Field(title="原因", min_length=4, max_length=200)


class Bundle(Form):
    """哪一捆."""

    number: int = Field(title="哪一捆", ge=1)


class Scan(Form):
    """签字的报告单."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)
    scan: bytes = Field(title="扫描件")


class Announcement(Form):
    """公布."""

    chair: str = Field(title="由谁宣布", min_length=2, max_length=40)


def _change(*, actor: Actor, obj: Ballot, form: MethodForm, request_id: str | None) -> Ballot:
    kept = obj.options.all()
    method = services.Method(
        obj.mode, form.places, form.shortfall, form.tie_rule, [(key, words) for key, words in obj.grades]
    )
    options = [services.NewOption(one.key, one.label, one.note, one.owner_id) for one in kept]
    return services.ballot_change(
        actor=actor, ballot=obj, options=options, method=method, request_id=request_id
    )


def _appoint(*, actor: Actor, obj: Ballot, form: Appointment, request_id: str | None) -> Any:
    if form.kind == OfficerKind.TELLER:
        return services.teller_appoint(actor=actor, ballot=obj, account_id=form.person, request_id=request_id)
    deputy = deputies_of_body(obj.division_code).filter(pk=form.person).first()
    if deputy is None:
        raise NotFound("没有找到这位代表，请从列出的人里选。")
    return services.scrutineer_appoint(actor=actor, ballot=obj, deputy=deputy, request_id=request_id)


def _release(*, actor: Actor, obj: Ballot, form: Release, request_id: str | None) -> Ballot:
    officer = obj.officers.filter(pk=form.officer).first()
    if officer is None:
        raise NotFound("没有找到这个人，请刷新后再看。")
    return services.officer_release(actor=actor, ballot=obj, officer=officer, request_id=request_id)


def _recount(*, actor: Actor, obj: Ballot, form: Bundle, request_id: str | None) -> Ballot:
    batch = obj.batches.filter(count_run=obj.count_run, number=form.number).first()
    if batch is None:
        raise NotFound("没有这一捆，请刷新后再看。")
    return services.batch_recount(actor=actor, ballot=obj, batch=batch, request_id=request_id)


def _run(service: Any) -> Any:
    def run(*, actor: Actor, obj: Ballot, form: BaseModel, request_id: str | None) -> Any:
        given = {field: getattr(form, field) for field in type(form).model_fields}
        return service(actor=actor, ballot=obj, request_id=request_id, **given)

    return run


BOOK: ActionBook[Ballot] = ActionBook(BALLOT, state=lambda row: row.state, facts=facts_of, may=may)
_PLAIN: tuple[tuple[str, type[BaseModel], Any], ...] = (
    ("pass_method", NoInput, services.method_pass),
    ("open", NoInput, services.ballot_open),
    ("sign_in", Present, services.ballot_sign_in),
    ("declare_quorum", NoInput, services.ballot_declare_quorum),
    ("suspend", Reason, services.ballot_suspend),
    ("issue", Issued, services.ballot_issue),
    ("close_box", Returned, services.ballot_close_box),
    ("decide", NoInput, services.ballot_decide),
    ("attach_scan", Scan, services.scan_attach),
    ("announce", Announcement, services.ballot_announce),
    ("void", Reason, services.ballot_void),
    ("next_round", NoInput, services.ballot_next_round),
    ("start_anew", NoInput, services.ballot_start_anew),
)
for _name, _form, _service in _PLAIN:
    BOOK.bind(_name, _form, _run(_service))
BOOK.bind("change_method", MethodForm, _change)
BOOK.bind("appoint", Appointment, _appoint)
BOOK.bind("release", Release, _release)
BOOK.bind("recount_batch", Bundle, _recount)
