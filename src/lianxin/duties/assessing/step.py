"""The one way in which a yearly file moves: permission, rule, row, event, audit, notice."""

from __future__ import annotations

from typing import Any

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor, ActorKind
from lianxin.common.errors import Conflict, Denied
from lianxin.duties.assessing.permissions import may
from lianxin.duties.assessment_workflow import ASSESSMENT, BODY, Facts, State
from lianxin.duties.models import FileEvent, ReviewAvoidance, YearlyFile
from lianxin.notifications.services import Recipient, enqueue
from lianxin.rulebook.services import value


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
    old = file.state
    changes["state"] = ASSESSMENT.next_state(old, act, facts_of(file, actor))
    if YearlyFile.objects.filter(pk=file.pk, state=old).update(**changes) != 1:
        raise Conflict("这一步刚刚有人办过了，请刷新后再看。")
    for name, changed in changes.items():
        setattr(file, name, changed)
    FileEvent.objects.create(
        file=file,
        at=clock.now(),
        actor_id=actor.id,
        actor_name=actor.name,
        act=act,
        from_state=old,
        to_state=file.state,
        note=note,
        facts=facts or {},
    )
    on_trail(actor, file, act, facts)
    return file


def on_trail(actor: Actor, file: YearlyFile, act: str, facts: dict[str, Any] | None = None) -> None:
    """Append an act to the trail."""
    record(
        actor=actor,
        tag=f"assessment.{act}",
        kind="yearly_file",
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
