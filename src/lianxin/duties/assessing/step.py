"""The one way in which a yearly file moves: permission, rule, row, event, audit, notice."""

from __future__ import annotations

from typing import Any

from lianxin.audit.moving import Trail, move
from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor, ActorKind
from lianxin.common.errors import Denied
from lianxin.duties.assessing.permissions import may
from lianxin.duties.assessment_workflow import ASSESSMENT, BODY, Facts, State
from lianxin.duties.models import ReviewAvoidance, YearlyFile
from lianxin.notifications.services import Recipient, enqueue
from lianxin.rulebook.services import value

TRAIL = Trail("assessment", "yearly_file")


def facts_of(file: YearlyFile, actor: Actor | None = None) -> Facts:
    """Return the plain facts that guards look at."""
    return Facts(
        today=clock.today(),
        year=file.year,
        generate_month=value("assessment.generate_month", home6=file.home6),
        object_by=file.object_by,
        sign_by=file.sign_by,
        open_objections=file.objections.filter(state="open").count() if file.state == State.OBJECTING else 0,
        is_self=actor is not None and actor.id is not None and file.deputy.account_id == actor.id,
        avoided=actor is not None and avoids(actor, file),
        decided=bool(file.result),
    )


def avoids(actor: Actor, file: YearlyFile) -> bool:
    """Say whether the actor has declared to stand aside from this deputy."""
    if actor.id is None:
        return False
    return ReviewAvoidance.objects.filter(account_id=actor.id, deputy_id=file.deputy_id).exists()


def step(
    *,
    actor: Actor,
    file: YearlyFile,
    act: str,
    note: str = "",
    facts: dict[str, Any] | None = None,
    **changes: Any,
) -> YearlyFile:
    """Move the file by `act` and set `changes`, on the record."""
    allowed = may(actor, act, file) if ASSESSMENT.acts[act].by else actor.kind is ActorKind.SYSTEM
    if not allowed:
        raise Denied("您没有办理这一步的权限。")
    to = ASSESSMENT.next_state(file.state, act, facts_of(file, actor))
    return move(file, actor=actor, act=act, to=to, trail=TRAIL, note=note, facts=facts, **changes)


def on_trail(actor: Actor, file: YearlyFile, act: str, facts: dict[str, Any] | None = None) -> None:
    """Append an act to the trail."""
    record(
        actor=actor,
        tag=f"{TRAIL.tag}.{act}",
        kind=TRAIL.kind,
        target=file.id,
        home6=file.home6,
        facts=facts,
    )


def tell_deputy(file: YearlyFile, subject: str, text: str, *, dedupe: str) -> None:
    """Tell the deputy about his file."""
    if file.deputy.account_id is None:
        return
    enqueue(
        to=Recipient.account(file.deputy.account_id),
        subject=subject,
        text=text,
        link=f"/deputy/duty-score/files/{file.id}",
        about_kind="yearly_file",
        about_id=file.id,
        home6=file.home6,
        dedupe=f"{dedupe}:{file.id}",
    )


def tell_body(file: YearlyFile, subject: str, text: str, *, dedupe: str) -> None:
    """Tell the body that reviews the file."""
    for role in BODY:
        enqueue(
            to=Recipient.role(role, file.body_code),
            subject=subject,
            text=text,
            link=f"/office/assessment/{file.id}",
            about_kind="yearly_file",
            about_id=file.id,
            home6=file.home6,
            dedupe=f"{dedupe}:{file.id}",
        )
