"""Drafting: a new version from the model text or from the one in force, clause by clause."""

from __future__ import annotations

from uuid import UUID

from lianxin.audit.services import record
from lianxin.charters.hints import hints_of
from lianxin.charters.models import CharterClause, CharterKind, CharterText, RevisionRound
from lianxin.charters.permissions import may_start
from lianxin.charters.rules import community_words
from lianxin.charters.selectors import MODELS, in_force, latest, round_open_now
from lianxin.charters.services.step import step
from lianxin.charters.workflow import OPEN, State
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.common.ids import uuid7
from lianxin.common.writes import write
from lianxin.people.terms import refuse_ended_term
from lianxin.rulebook.models import Clause
from lianxin.villages.hiding import hidden
from lianxin.villages.models import VillageProfile
from lianxin.villages.numbers import UNREGISTERED

SOURCES = ("model", "current")
MOST_CLAUSES = 60


@write
def charter_start(
    *, actor: Actor, village: str, kind: str, source: str = "model", request_id: str | None = None
) -> CharterText:
    """Begin a new version; the one in force stays as it is until the new one's day."""
    if not may_start(actor, village):
        raise Denied("只有本村村委会可以发起修订。")
    profile = VillageProfile.objects.filter(division_code=village).first()
    if profile is None:
        raise Refused(f"{UNREGISTERED}，登记后再修订。")
    if kind not in CharterKind.values or source not in SOURCES:
        raise Invalid("请选修订哪一份、从哪里开始。", fields={"kind": "请从列出的选项中选一个。"})
    last = latest(village, kind)
    if last is not None and last.state in OPEN:
        raise Conflict("已经有一版正在修订，请接着办，不用另起一份。")
    text = _new_version(profile, kind, last)
    _fill(text, source)
    facts = {"kind": kind, "number": text.number, "source": source}
    record(actor=actor, tag="charter.start", kind="charter", target=text.id, home6=text.home6, facts=facts)
    return text


def _new_version(profile: VillageProfile, kind: str, last: CharterText | None) -> CharterText:
    return CharterText.objects.create(
        home6=profile.home6,
        division_code=profile.division_code,
        kind=kind,
        number=last.number + 1 if last else 1,
        is_community=profile.is_community,
        earlier=last if last and last.state == State.CORRECTION else in_force(profile.division_code, kind),
        model_slug=MODELS[kind],
        round=_round_of(profile.home6),
    )


def _round_of(home6: str) -> RevisionRound | None:
    """Return the round that a new text belongs to; one of an ended term takes no more in."""
    row = round_open_now(home6)
    if row is not None:
        refuse_ended_term(row.due_on, home6)
    return row


def _fill(text: CharterText, source: str) -> None:
    """Copy the clauses to begin with; a clause known from the earlier version keeps its origin."""
    before = list(text.earlier.clauses.filter(is_removed=False)) if text.earlier else []
    if source == "current" and before:
        rows = [_copy(text, place, one.heading, one.words, one.anchor, one.origin)
                for place, one in enumerate(before, 1)]  # fmt: skip
    else:
        known = {one.anchor: one.origin for one in before if one.anchor}
        rows = [
            _copy(text, place, one.heading, _here(text, one.text), one.anchor, known.get(one.anchor))
            for place, one in enumerate(model_clauses(text.model_slug), 1)
        ]
    CharterClause.objects.bulk_create(rows)


def model_clauses(slug: str) -> list[Clause]:
    """Return the clauses of a model text (示范文本)."""
    return list(Clause.objects.filter(institution__slug=slug).order_by("id"))


def _here(text: CharterText, words: str) -> str:
    return community_words(words) if text.is_community else words


def _copy(  # noqa: PLR0913 - a clause has as many parts
    text: CharterText, place: int, heading: str, words: str, anchor: str, origin: UUID | None
) -> CharterClause:
    return CharterClause(
        text=text,
        position=place,
        heading=_here(text, heading),
        words=words,
        was=words,
        anchor=anchor,
        origin=origin or uuid7(),
    )


@write
def clause_add(
    *, actor: Actor, text: CharterText, heading: str, words: str, reason: str, request_id: str | None = None
) -> CharterClause:
    """Add a clause at the end, with the reason why."""
    fields = _said(words, reason, heading)
    if text.clauses.count() >= MOST_CLAUSES:
        raise Invalid(f"一份文本最多 {MOST_CLAUSES} 条，请合并几条。")
    last = text.clauses.order_by("-position").values_list("position", flat=True).first() or 0
    clause = CharterClause(text=text, position=last + 1, **fields)
    step(actor=actor, text=text, act="edit", facts={"clause": str(clause.id), "what": "add"})
    clause.save(force_insert=True)
    return clause


@write
def clause_change(
    *, actor: Actor, clause: CharterClause, words: str, reason: str, kept_why: str = "",
    request_id: str | None = None,
) -> CharterClause:  # fmt: skip
    """Write a clause anew; a hinted clause is kept only with the reason why it may stay."""
    unchanged = words.strip() == clause.was
    fields = _said(words, reason or ("—" if unchanged else ""))
    fields["reason"] = "" if unchanged else fields["reason"]
    why = kept_why.strip()[:200]
    if why and len(why) < 4:
        raise Invalid("请写明为什么可以保留。", fields={"kept_why": "至少 4 个字，镇里会看到。"})
    fields["kept_why"] = hidden(why)[0] if hints_of(fields["words"]) else ""
    return _changed(actor, clause, "change", **fields, is_removed=False)


@write
def clause_remove(
    *, actor: Actor, clause: CharterClause, reason: str, request_id: str | None = None
) -> CharterClause:
    """Take a clause out; it stays readable in this version as taken out, with the reason."""
    why = _reason(reason)
    return _changed(actor, clause, "remove", is_removed=True, reason=why)


@write
def clause_move(
    *, actor: Actor, clause: CharterClause, up: bool, request_id: str | None = None
) -> CharterClause:
    """Change places with the clause above or below."""
    others = clause.text.clauses.exclude(pk=clause.pk)
    near = (
        others.filter(position__lt=clause.position).order_by("-position").first()
        if up
        else others.filter(position__gt=clause.position).order_by("position").first()
    )
    if near is None:
        return clause
    mine, theirs = clause.position, near.position
    CharterClause.objects.filter(pk=near.pk).update(position=mine)
    return _changed(actor, clause, "move", position=theirs)


def _changed(actor: Actor, clause: CharterClause, what: str, **fields: object) -> CharterClause:
    step(actor=actor, text=clause.text, act="edit", facts={"clause": str(clause.id), "what": what})
    CharterClause.objects.filter(pk=clause.pk).update(**fields)
    clause.refresh_from_db()
    return clause


def _said(words: str, reason: str, heading: str | None = None) -> dict[str, str]:
    """Return what was typed, with numbers of papers and telephones hidden."""
    errors, typed = {}, words.strip()
    if not 4 <= len(typed) <= 1000:
        errors["words"] = "新文写 4 到 1000 个字。"
    if heading is not None and not 2 <= len(heading.strip()) <= 40:
        errors["heading"] = "给这一条起个名，2 到 40 个字。"
    if not reason.strip():
        errors["reason"] = "请写为什么这样改，群众和镇里会看到。"
    if errors:
        raise Invalid("有几项还没填好，写的字都还在。", fields=errors)
    found = {"words": hidden(typed)[0], "reason": hidden(reason.strip()[:200])[0]}
    return found if heading is None else {**found, "heading": heading.strip()}


def _reason(reason: str) -> str:
    if len(reason.strip()) < 2:
        raise Invalid("请写为什么删掉这一条。", fields={"reason": "请写理由，群众和镇里会看到。"})
    return hidden(reason.strip()[:200])[0]
