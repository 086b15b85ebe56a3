"""Writing, submitting and taking back a suggestion: only a deputy, only at his own level."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import SYSTEM, Actor
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.common.writes import write
from lianxin.congress.models import CongressSession
from lianxin.congress.rules import not_taking
from lianxin.congress.selectors import session_now
from lianxin.handling.services import withdraw_all
from lianxin.people.actors import deputy_of, seats_of
from lianxin.people.models import CongressLevel, Seat
from lianxin.rulebook.services import value
from lianxin.search.index import index_put
from lianxin.suggestions.models import Suggestion, SuggestionEvent
from lianxin.suggestions.rules import is_repetition
from lianxin.suggestions.services.assigning import address_parts
from lianxin.suggestions.services.attaching import fingerprint
from lianxin.suggestions.services.citing import adopt_sources, citable, cite, release_sources
from lianxin.suggestions.services.step import due, hold, met, step, tell_body, tell_deputies

LEAST_NEWS = 10


@dataclass(frozen=True)
class Draft:
    """What a deputy writes."""

    title: str
    situation: str = ""
    analysis: str = ""
    proposal: str = ""
    demands: tuple[str, ...] = ()
    kind: str = "suggestion"
    category: str = ""
    suggested_unit: str = ""
    agree_to_publish: bool = False
    confidential: bool = False
    wants_meeting: bool = False
    fast_track: bool = False
    fast_track_reason: str = ""
    what_is_new: str = ""
    at_session: bool = False


@write
def suggestion_draft(
    *,
    actor: Actor,
    body_code: str,
    draft: Draft,
    opinions: tuple[UUID, ...] = (),
    request_id: str | None = None,
) -> Suggestion:
    """Begin a suggestion to one's own congress, from opinions or from nothing."""
    seat, quotes = _own_seat(actor, body_code), citable(actor, opinions)
    suggestion = Suggestion(
        home6=body_code[:6], division_code=body_code, level=seat.level, term=seat.term, lead=seat.deputy
    )
    _write(suggestion, draft)
    suggestion.save(force_insert=True)
    cite(suggestion, quotes)
    SuggestionEvent.objects.create(
        suggestion=suggestion,
        at=clock.now(),
        actor_id=actor.id,
        actor_name=actor.name,
        act="draft",
        to_state=suggestion.state,
    )
    record(
        actor=actor,
        tag="suggestion.draft",
        kind="suggestion",
        target=suggestion.id,
        home6=suggestion.home6,
        facts={"body": body_code, "opinions": [str(pk) for pk in opinions]},
    )
    return suggestion


@write
def suggestion_edit(
    *, actor: Actor, suggestion: Suggestion, draft: Draft, seen_hash: str = "", request_id: str | None = None
) -> Suggestion:
    """Change the text; every co-signature is void, for it confirmed another text."""
    if seen_hash and seen_hash != suggestion.text_hash:
        raise Invalid(
            "您打开后文字已被改过，请先看最新的再改；您写的内容还在。", fields={"title": "请核对最新文字。"}
        )
    step(actor=actor, suggestion=suggestion, act="edit")
    before, old = suggestion.text_hash, _whole(suggestion)
    _write(suggestion, draft)
    fields = {name: getattr(suggestion, name) for name in (*Draft.__dataclass_fields__, "text_hash")}
    if Suggestion.objects.filter(pk=suggestion.pk, text_hash=before).update(**fields) != 1:
        raise Conflict("这件刚刚在别处改过，请先看最新的文字；您写的内容还在。")
    if suggestion.text_hash != before:
        suggestion.cosignatures.filter(state="confirmed").update(state="void")
        edited = suggestion.events.filter(act="edit").order_by("-at", "-id")[:1]
        suggestion.events.filter(pk__in=list(edited.values_list("pk", flat=True))).update(
            facts={"before": old, "before_hash": before}
        )
    return suggestion


def _whole(suggestion: Suggestion) -> str:
    """Return the text as one piece, so that those who co-signed it can see what changed."""
    parts = [suggestion.title, suggestion.situation, suggestion.analysis, suggestion.proposal]
    return "\n".join([*parts, *suggestion.demands])


@write
def suggestion_submit(*, actor: Actor, suggestion: Suggestion, request_id: str | None = None) -> Suggestion:
    """File the suggestion with one's own congress (代表法第二十四、三十六条)."""
    session, today = None, clock.today()
    if suggestion.lead.account_id == actor.id:
        _not_said_before(suggestion)
        session = _filed_at(suggestion)
    step(actor=actor, suggestion=suggestion, act="submit", submitted_on=today, congress_session=session)
    rule = "express.accept_workdays" if suggestion.fast_track else "suggestion.review_workdays"
    due(suggestion, "review", rule)
    due(suggestion, "receipt", "suggestion.ack_days")
    adopt_sources(actor, suggestion)
    reindex(suggestion)
    tell_body(
        suggestion,
        f"待审核：{suggestion.title}",
        dedupe=f"submitted:{suggestion.text_hash[:8]}:{_times_submitted(suggestion)}",
    )
    return suggestion


@write
def suggestion_withdraw(
    *, actor: Actor, suggestion: Suggestion, note: str, request_id: str | None = None
) -> Suggestion:
    """Take the suggestion back in writing; handling ends at once and everybody is told."""
    main = Suggestion.objects.select_related("lead").filter(merged=suggestion.pk).first()
    suggestion.merged_into = main
    if main is not None:
        hold(main)
    step(actor=actor, suggestion=suggestion, act="withdraw", note=note, outcome="withdrawn", merged_into=None)
    withdraw_all(actor=actor, kind="suggestion", matter_id=suggestion.id, note=note)
    for open_one in ("review", "receipt", "assign"):
        met(suggestion, open_one)
    release_sources(suggestion, "代表撤回了建议，这件事回到联络站继续办。")
    _set_free(suggestion)
    if main is not None:
        _leave(suggestion, main)
    tell_deputies(suggestion, f"已撤回：{suggestion.title}", dedupe="withdrawn")
    tell_body(suggestion, f"代表撤回：{suggestion.title}", dedupe="withdrawn")
    return suggestion


def reindex(suggestion: Suggestion) -> None:
    """Put the paper into the index, under its number as soon as it has one."""
    index_put(
        kind="suggestion",
        object_id=suggestion.id,
        home6=suggestion.home6,
        title=suggestion.title,
        text=f"{suggestion.situation}{suggestion.proposal}",
        scope_code=suggestion.division_code,
        number=suggestion.number or "",
    )


def _leave(suggestion: Suggestion, main: Suggestion) -> None:
    """The paper that it was merged into goes on alone: its units answer those who are left."""
    address_parts(main)
    words = f"并案的一件已由代表撤回：{main.title}"
    tell_deputies(main, words, dedupe=f"left:{suggestion.id}", only_lead=True)


def _set_free(suggestion: Suggestion) -> None:
    """Papers merged into a withdrawn one are handled on their own again."""
    for paper in list(suggestion.merged.select_related("lead")):
        step(actor=SYSTEM, suggestion=paper, act="follow_unmerged", merged_into=None)
        due(paper, "assign", "suggestion.assign_workdays")
        tell_deputies(paper, f"并案的建议已撤回，恢复单独办理：{paper.title}", dedupe="unmerged")
        tell_body(paper, f"恢复单独办理，请交办：{paper.title}", dedupe="unmerged")


def _not_said_before(suggestion: Suggestion) -> None:
    """Ask what is new where the deputy filed nearly the same within a year (不得重复提出)."""
    if len(suggestion.what_is_new.strip()) >= LEAST_NEWS:
        return
    months = value("suggestion.duplicate_months", home6=suggestion.home6)
    since = clock.today() - timedelta(days=31 * months)
    earlier = Suggestion.objects.filter(lead=suggestion.lead_id, submitted_on__gte=since)
    for old in earlier.exclude(pk=suggestion.pk).exclude(state__in=["rejected", "withdrawn"]):
        if is_repetition(_said(suggestion), _said(old)):
            words = f"您一年内提过几乎相同的建议（{old.number or old.title}），请写明这次有什么新情况。"
            raise Refused(words, fields={"what_is_new": f"请至少写 {LEAST_NEWS} 个字。"})


def _filed_at(suggestion: Suggestion) -> CongressSession | None:
    """Return the session that the paper is filed at; one sent back for mending keeps its session."""
    if not suggestion.at_session or suggestion.congress_session is not None:
        return suggestion.congress_session if suggestion.at_session else None
    session = session_now(suggestion.division_code)
    closed = "现在没有开会，请改为闭会期间提出。"
    refusal = not_taking(session.span, clock.today(), clock.now()) if session else closed
    if refusal:
        raise Refused(refusal, fields={"at_session": refusal})
    return session


def _times_submitted(suggestion: Suggestion) -> int:
    return suggestion.events.filter(act="submit").count()


def _said(suggestion: Suggestion) -> str:
    return "".join([suggestion.title, suggestion.situation, suggestion.proposal, *suggestion.demands])


def _own_seat(actor: Actor, body_code: str) -> Seat:
    if deputy_of(actor) is None:
        raise Denied("只有人大代表可以提出建议；工作人员可以帮忙准备材料，不能代为提出。")
    seats = [seat for seat in seats_of(actor) if seat.body_code == body_code]
    if not seats or seats[0].level not in {CongressLevel.CITY, CongressLevel.TOWN}:
        raise Denied("建议要提给您所在的那一级人大：市代表提给市人大，镇代表提给镇人大主席团。")
    return seats[0]


def _write(suggestion: Suggestion, draft: Draft) -> None:
    for name in Draft.__dataclass_fields__:
        given = getattr(draft, name)
        setattr(suggestion, name, list(given) if name == "demands" else given)
    if draft.fast_track and draft.at_session:
        raise Invalid("直通车用于闭会期间的建议。", fields={"fast_track": "大会期间的建议按会议程序交办。"})
    if draft.fast_track and len(draft.fast_track_reason.strip()) < 5:
        raise Invalid("直通车要写明理由。", fields={"fast_track_reason": "请写明为什么要走直通车。"})
    suggestion.text_hash = fingerprint(suggestion)
