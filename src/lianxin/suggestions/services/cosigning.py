"""Co-signing (联名): each invited deputy confirms the very text, or does not."""

from __future__ import annotations

from uuid import UUID

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Invalid
from lianxin.common.writes import write
from lianxin.notifications.services import Channel, Recipient, enqueue
from lianxin.people.models import Deputy
from lianxin.suggestions.models import Cosignature, Suggestion
from lianxin.suggestions.services.step import WAITING, deputy_seated, step, tell_deputies
from lianxin.suggestions.workflow import State


@write
def cosigners_invite(
    *, actor: Actor, suggestion: Suggestion, deputies: list[UUID], request_id: str | None = None
) -> Suggestion:
    """Invite deputies of the same congress."""
    invited = [_invitable(suggestion, deputy) for deputy in Deputy.objects.filter(pk__in=deputies)]
    if len(invited) != len(set(deputies)) or not invited:
        raise Invalid("请从同级代表名单里选人。", fields={"deputies": "有人不在名单里。"})
    fresh = suggestion.state == State.COSIGNING
    step(actor=actor, suggestion=suggestion, act="invite", facts={"deputies": [str(pk) for pk in deputies]})
    for deputy in invited:
        row, made = Cosignature.objects.get_or_create(suggestion=suggestion, deputy=deputy)
        if not made and row.state in {"removed", "declined"}:
            Cosignature.objects.filter(pk=row.pk).update(state="invited", text_hash="")
    _ask(suggestion, invited if fresh else None)
    return suggestion


@write
def cosigners_reask(*, actor: Actor, suggestion: Suggestion, request_id: str | None = None) -> Suggestion:
    """Ask anew whoever has not confirmed the text as it now reads; the old consent went to another text."""
    step(actor=actor, suggestion=suggestion, act="reask")
    _ask(suggestion)
    return suggestion


@write
def cosign_answer(
    *,
    actor: Actor,
    suggestion: Suggestion,
    agree: bool,
    words: str = "",
    seen_hash: str = "",
    request_id: str | None = None,
) -> Suggestion:
    """Say yes to the text that was read, or no; a second click finds that it is done."""
    step(actor=actor, suggestion=suggestion, act="cosign" if agree else "decline", note=words)
    now = Suggestion.objects.values_list("text_hash", flat=True).get(pk=suggestion.pk)
    if agree and now != (seen_hash or suggestion.text_hash):
        raise Conflict("文字刚刚改过，请看过新的文字再联名。")
    mine = suggestion.cosignatures.filter(deputy__account=actor.id, state__in=WAITING)
    state = "confirmed" if agree else "declined"
    if mine.update(state=state, text_hash=now if agree else "", words=words[:200]) != 1:
        raise Conflict("您已经表过态了。")
    subject = f"{actor.name}{'同意' if agree else '不参加'}联名：{suggestion.title}"
    tell_deputies(suggestion, subject, dedupe=f"cosign:{actor.id}:{suggestion.text_hash[:8]}", only_lead=True)
    return suggestion


@write
def cosigner_remove(
    *, actor: Actor, suggestion: Suggestion, deputy: UUID, request_id: str | None = None
) -> Suggestion:
    """Take an invited deputy off the list, so that the rest can be submitted."""
    step(actor=actor, suggestion=suggestion, act="remove_cosigner", facts={"deputy": str(deputy)})
    if suggestion.cosignatures.filter(deputy=deputy).exclude(state="removed").update(state="removed") != 1:
        raise Conflict("这位代表不在联名名单里。")
    return suggestion


def _invitable(suggestion: Suggestion, deputy: Deputy) -> Deputy:
    if deputy.pk == suggestion.lead_id:
        raise Invalid("您自己是领衔代表，不用再邀请。", fields={"deputies": "请选别的代表。"})
    if not deputy_seated(deputy, suggestion.division_code):
        raise Invalid(f"{deputy.name}代表不是同级在任代表。", fields={"deputies": "只能邀请同级在任代表。"})
    return deputy


def _ask(suggestion: Suggestion, only: list[Deputy] | None = None) -> None:
    """Tell those whose answer is awaited, once for each text, and let the week of the reminder begin."""
    awaited = suggestion.cosignatures.filter(state__in=WAITING)
    if only is not None:
        awaited = awaited.filter(deputy__in=only)
    for row in awaited.select_related("deputy"):
        _tell_asked(suggestion, row)
    awaited.update(asked_at=clock.now())


def _tell_asked(suggestion: Suggestion, row: Cosignature) -> None:
    again = row.state == "void"
    words = "文字改过，请重新确认联名" if again else f"{suggestion.lead.name}代表邀请您联名"
    text = f"{suggestion.text_hash[:8]}:{suggestion.events.filter(act='edit').count()}"
    if row.deputy.account_id:
        enqueue(
            to=Recipient.account(row.deputy.account_id),
            subject=f"{words}：{suggestion.title}",
            text="",
            link=f"/deputy/suggestions/{suggestion.id}",
            about_kind="suggestion",
            about_id=suggestion.id,
            home6=suggestion.home6,
            dedupe=f"invited:{suggestion.id}:{text}",
            channels=(Channel.IN_APP, Channel.EMAIL),
        )
