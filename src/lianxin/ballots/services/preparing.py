"""Preparing a vote: what is voted on and by which method, who counts and who watches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lianxin.audit.services import record
from lianxin.ballots.models import (
    Ballot,
    BallotOfficer,
    BallotOption,
    OfficerKind,
    Purpose,
)
from lianxin.ballots.papers import SIGNS
from lianxin.ballots.permissions import may_hold
from lianxin.ballots.services.methods import Method, method_errors
from lianxin.ballots.services.step import step
from lianxin.ballots.workflow import TELLER
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid, NotFound
from lianxin.common.writes import write
from lianxin.notifications.services import Recipient, enqueue
from lianxin.people.actors import actor_for
from lianxin.people.models import Account, CongressLevel, Deputy
from lianxin.rulebook.selectors import value

SATISFACTION = (
    ("satisfied", "满意"),
    ("basically_satisfied", "基本满意"),
    ("dissatisfied", "不满意"),
    ("unknown", "不了解"),
)
MOST_OPTIONS = len(SIGNS)


@dataclass(frozen=True, slots=True)
class NewOption:
    """One thing to be voted on; `key` is the upper room's own word for it, `owner` a deputy it is about."""

    key: str
    label: str
    note: str = ""
    owner: UUID | None = None


def level_of(body: str) -> str:
    """Return the level of a body of ours by its place: the city's congress or a town's."""
    return CongressLevel.CITY if body.endswith("000000") else CongressLevel.TOWN


@write
def ballot_prepare(  # noqa: PLR0913 - what a vote is made of
    *,
    actor: Actor,
    body: str,
    purpose: str,
    subject: str,
    session: str,
    held_on: date,
    options: Sequence[NewOption],
    method: Method,
    about_kind: str = "",
    about_id: UUID | None = None,
    request_id: str | None = None,
) -> Ballot:
    """Prepare a vote of the congress of `body` (12-digit code); nobody is asked yet."""
    level = level_of(body)
    if not may_hold(actor, body, level):
        raise Denied("市里的票决由人大代工委筹备，镇里的由本镇主席团筹备。")
    _check(purpose, subject, session, options, method)
    ballot = Ballot.objects.create(
        home6=body[:6],
        division_code=body,
        purpose=purpose,
        subject=subject.strip()[:80],
        session=session.strip()[:80],
        held_on=held_on,
        level=level,
        mode=method.mode,
        places=method.places,
        grades=[list(one) for one in method.grades],
        shortfall=method.shortfall,
        tie_rule=method.tie_rule,
        about_kind=about_kind,
        about_id=about_id,
    )
    options_write(ballot, options)
    record(
        actor=actor,
        tag="ballot.prepare",
        kind="ballot",
        target=ballot.id,
        home6=ballot.home6,
        facts={"purpose": purpose, "options": len(options), "places": method.places},
    )
    return ballot


def options_write(ballot: Ballot, options: Sequence[NewOption]) -> None:
    """Write the options in their order."""
    BallotOption.objects.bulk_create([option_of(ballot, n, one) for n, one in enumerate(options, start=1)])


def option_of(ballot: Ballot, number: int, one: NewOption) -> BallotOption:
    """Return the row of an option."""
    return BallotOption(
        ballot=ballot,
        home6=ballot.home6,
        key=one.key,
        number=number,
        label=one.label.strip()[:120],
        note=one.note.strip()[:300],
        owner_id=one.owner,
    )


def _check(  # noqa: PLR0913 - what a vote is made of
    purpose: str,
    subject: str,
    session: str,
    options: Sequence[NewOption],
    method: Method,
    round_number: int = 1,
) -> None:
    errors: dict[str, str] = {}
    if purpose not in Purpose.values:
        errors["purpose"] = "请选票决的是什么。"
    if len(subject.strip()) < 4:
        errors["subject"] = "请写票决的名称，至少 4 个字。"
    if len(session.strip()) < 4:
        errors["session"] = "请写在哪次会议上票决，至少 4 个字。"
    if said := said_of_options(options):
        errors["options"] = said
    errors |= method_errors(method, purpose=purpose, options=len(options), round_number=round_number)
    if errors:
        raise Invalid("有几项还没填好。", fields=errors)


def said_of_options(options: Sequence[NewOption]) -> str:
    """Return what is wrong with a list of options, or nothing."""
    if len(options) > MOST_OPTIONS:
        return f"一张票最多列 {MOST_OPTIONS} 项。"
    if any(len(one.label.strip()) < 2 for one in options):
        return "每一项至少写 2 个字。"
    if len({one.key for one in options}) != len(options):
        return "有两项用了同一个编号。"
    if len({one.label.strip() for one in options}) != len(options):
        return "有两项名称一样，请写得能分清。"
    return ""


@write
def ballot_change(
    *,
    actor: Actor,
    ballot: Ballot,
    options: Sequence[NewOption],
    method: Method,
    request_id: str | None = None,
) -> Ballot:
    """Change options and method; once papers are handed out nothing of it changes any more."""
    _check(ballot.purpose, ballot.subject, ballot.session, options, method, ballot.round_number)
    step(
        actor=actor,
        ballot=ballot,
        act="change_method",
        facts={"options": len(options), "places": method.places},
        mode=method.mode,
        places=method.places,
        grades=[list(one) for one in method.grades],
        shortfall=method.shortfall,
        tie_rule=method.tie_rule,
        method_passed_on=None,
    )
    ballot.options.all().delete()
    options_write(ballot, options)
    return ballot


@write
def method_pass(*, actor: Actor, ballot: Ballot, request_id: str | None = None) -> Ballot:
    """Note that the meeting has passed its method of voting."""
    return step(actor=actor, ballot=ballot, act="pass_method", method_passed_on=clock.today())


@write
def teller_appoint(
    *, actor: Actor, ballot: Ballot, account_id: UUID, request_id: str | None = None
) -> BallotOfficer:
    """Appoint a teller: somebody with an account whom no option is about; two count apart."""
    account = Account.objects.filter(pk=account_id, is_active=True).first()
    if account is None or not actor_for(account.pk).has(*TELLER):
        raise NotFound("没有找到这个人，请从列出的人里选。")
    if ballot.options.filter(owner_id__in=Deputy.objects.filter(account=account).values("id")).exists():
        raise Invalid("他自己在选票上，不能当计票人。", fields={"teller": "请另选一位。"})
    if ballot.officers.filter(account_id=account_id).exists():
        raise Conflict("他已经是计票人或监票人了。")
    most = value("ballot.tellers", home6=ballot.home6)
    officer = _appoint(actor, ballot, OfficerKind.TELLER, most, account.display_name, account_id, None)
    enqueue(
        to=Recipient.account(account_id),
        subject=f"请您担任计票人：{ballot.subject}",
        text=f"{ballot.session}，{ballot.held_on}。开箱后请到「票决」里录入。",
        link=f"/ballots/{ballot.id}/entry",
        about_kind="ballot",
        about_id=ballot.id,
        home6=ballot.home6,
        dedupe=f"ballot-teller:{ballot.id}",
    )
    return officer


@write
def scrutineer_appoint(
    *, actor: Actor, ballot: Ballot, deputy: Deputy, request_id: str | None = None
) -> BallotOfficer:
    """Note a scrutineer whom the meeting has chosen among its deputies."""
    if ballot.options.filter(owner_id=deputy.pk).exists():
        raise Invalid("他自己在选票上，不能当监票人。", fields={"scrutineer": "请另选一位。"})
    if ballot.officers.filter(deputy=deputy).exists():
        raise Conflict("他已经是监票人了。")
    if deputy.account_id and ballot.officers.filter(account_id=deputy.account_id).exists():
        raise Conflict("他已经是计票人了，不能同时监票。")
    return _appoint(actor, ballot, OfficerKind.SCRUTINEER, 9, deputy.name, deputy.account_id, deputy)


def _appoint(  # noqa: PLR0913 - the columns of an officer
    actor: Actor,
    ballot: Ballot,
    kind: OfficerKind,
    most: int,
    name: str,
    account_id: UUID | None,
    deputy: Deputy | None,
) -> BallotOfficer:
    step(actor=actor, ballot=ballot, act="appoint", facts={"kind": kind.value})
    taken = set(ballot.officers.filter(kind=kind).values_list("slot", flat=True))
    free = [slot for slot in range(1, most + 1) if slot not in taken]
    if not free:
        raise Conflict(f"{kind.label}已经够 {most} 名了，要换人请先去掉一名。")
    return BallotOfficer.objects.create(
        ballot=ballot,
        home6=ballot.home6,
        kind=kind,
        slot=free[0],
        account_id=account_id,
        deputy=deputy,
        name=name[:40],
    )


@write
def officer_release(
    *, actor: Actor, ballot: Ballot, officer: BallotOfficer, request_id: str | None = None
) -> Ballot:
    """Take a teller or scrutineer off again, before papers are handed out."""
    step(actor=actor, ballot=ballot, act="release", facts={"kind": officer.kind})
    officer.delete()
    return ballot
